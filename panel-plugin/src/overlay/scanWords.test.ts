import { describe, expect, it } from 'vitest';
import { FROM } from '../testing/panel';
import { HOUR, scan } from '../testing/scans';
import { addressesText, flagsText, labelOf, rateText, scanText, scanWords, titleOf } from './scanWords';

const PAIR = scan({
  kind: 'synchronised',
  proto: 'tcp',
  flags: 'syn',
  order: 'ascending',
  pace: 'slow',
  severity: 'high',
  score: 0.934,
  sources: ['198.51.100.21', '198.51.100.45'],
  sourceCount: 2,
  targets: ['203.0.113.7'],
  targetCount: 1,
  maxPort: 65_529,
  ports: 8192,
  events: 16_384,
  rate: 1.01,
  tool: 'nmap',
  toolSure: 'likely',
});

describe('scanWords', () => {
  it('tells what, when, who, whom, which ports, how fast, with what, how sure', () => {
    expect(scanWords(PAIR, 'utc')).toEqual({
      title: 'Slow ascending synchronised scan',
      time: '2026-11-22 01:00:00 – 03:00:00',
      rows: [
        ['Severity', 'high · score 0.93'],
        ['Packets', 'TCP SYN'],
        ['Sources', '198.51.100.21, 198.51.100.45'],
        ['Targets', '203.0.113.7'],
        ['Ports', '1 – 65529, 8,192 different'],
        ['Events', '16,384, 1 a second'],
        ['Tool', 'nmap (likely)'],
      ],
    });
  });

  it('says nothing of what the frame does not tell', () => {
    expect(scanWords(scan(), 'utc').rows).toEqual([['Ports', '1 – 1024']]);
  });

  it('takes the title of the frame, tells what goes on and what is known, and names a lone port', () => {
    const words = scanWords(
      scan({ title: 'A title', ongoing: true, known: 'our scanner', minPort: 22, maxPort: 22, proto: 'tcp' }),
      'Europe/Oslo'
    );
    expect([words.title, words.time]).toEqual(['A title', '2026-11-22 02:00:00 – 04:00:00, goes on']);
    expect(words.rows).toEqual([
      ['Packets', 'TCP'],
      ['Ports', '22 · ssh'],
      ['Known', 'our scanner'],
    ]);
  });

  it('reads as lines on the clipboard', () => {
    expect(scanText(scanWords(scan(), 'utc'))).toBe('Vertical scan\n2026-11-22 01:00:00 – 03:00:00\nPorts\t1 – 1024');
  });
});

describe('titleOf', () => {
  it.each([
    [{ kind: 'vertical', order: 'random', pace: 'fast' }, 'Fast random-order vertical scan'],
    [{ kind: 'decoy', order: 'mixed' }, 'Scan behind decoys'],
    [{ kind: 'spike', pace: 'slow' }, 'Port spike'],
    [{ kind: 'constructor' }, 'Constructor'],
  ])('of %o is %s', (given, title) => {
    expect(titleOf(scan(given))).toBe(title);
  });
});

describe('labelOf', () => {
  it.each([
    [{}, 'vertical'],
    [{ flags: 'syn', proto: 'tcp', order: 'ascending' }, 'vertical ↗'],
    [{ flags: 'xmas', proto: 'tcp' }, 'Xmas vertical'],
    [{ flags: 'other:FIN+SYN+PSH+URG' }, 'FIN+SYN+PSH+URG vertical'],
    [{ proto: 'udp', order: 'descending' }, 'UDP vertical ↘'],
    [{ kind: 'synchronised', sourceCount: 2 }, 'synchronised ×2'],
    [{ kind: 'horizontal', minPort: 7547, maxPort: 7547, sourceCount: 1 }, 'horizontal 7547'],
    [{ kind: 'x'.repeat(100) }, `${'x'.repeat(23)}…`],
  ])('of %o is %s', (given, label) => {
    expect(labelOf(scan(given))).toBe(label);
  });
});

describe('the parts', () => {
  it('flags: in their usual writing, others by their letters, unknown words as they are', () => {
    expect(['syn', 'null', 'synfin', 'other:FIN+URG', 'toString'].map(flagsText)).toEqual([
      'SYN',
      'NULL',
      'SYN+FIN',
      'FIN+URG',
      'toString',
    ]);
  });

  it('addresses: a few, and how many more there are', () => {
    const four = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
    expect(addressesText(four, 1134)).toBe('192.0.2.1, 192.0.2.2, 192.0.2.3 and 1,131 more');
    expect(addressesText(four, undefined)).toBe('192.0.2.1, 192.0.2.2, 192.0.2.3 and 1 more');
    expect([addressesText([], 7), addressesText([], undefined)]).toEqual(['7', '']);
  });

  it('rates: in the unit that gives them digits', () => {
    expect([250, 1, 0.5, 1 / 90, 1 / 40_000, 0].map(rateText)).toEqual([
      '250 a second',
      '1 a second',
      '30 a minute',
      '40 an hour',
      '2.2 a day',
      '0 a day',
    ]);
  });

  it('a finding of an instant', () => {
    const { time } = scanWords(scan({ start: FROM + HOUR, end: FROM + HOUR }), 'utc');
    expect(time).toBe('2026-11-22 01:00:00.000 – 01:00:00.000');
  });
});
