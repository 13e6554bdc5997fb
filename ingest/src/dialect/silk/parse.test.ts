import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { formatFiles, formatLines, hasFormats, WHERE } from '../formats.case.js';
import { countVerdicts, readAll } from '../reader.case.js';
import { reasons, silk } from './parse.js';

describeDialect({ dialect: silk, reasons, url: import.meta.url });

describe('silk: lines below a title', () => {
  const read = (...lines: readonly string[]): readonly unknown[] => readAll(silk.open!(), lines);

  test('are read by it, in any choice and order of columns', () => {
    expect(
      read(
        'pro|                                    dIP|dPort|                                    sIP|sPort|initialF|   type| in|',
        '  6|                            203.0.113.9|   23|                          198.51.100.23|40112| S      | innull|  3|'
      )
    ).toEqual([
      'header',
      {
        proto: 'tcp',
        srcIp: '198.51.100.23',
        dstIp: '203.0.113.9',
        srcPort: 40112,
        dstPort: 23,
        action: 'drop',
        direction: 'in',
        ifaceIn: '3',
        attrs: { initial_flags: 'S', type: 'innull' },
      },
    ]);
  });

  test('may be parted by commas, without one at the end, with seconds since the epoch and names in full', () => {
    expect(
      read(
        'sIP,dIP,protocol,iType,iCode,sTime,sensor,packets',
        '2001:db8:17::23,2001:db8::9,58,128,0,1795316645.678,S0,4',
        '2001:db8:17::23,2001:db8::9,58,128,0'
      )
    ).toEqual([
      'header',
      {
        time: '2026-11-22T03:04:05.678Z',
        proto: 'ipv6-icmp',
        srcIp: '2001:db8:17::23',
        dstIp: '2001:db8::9',
        sensor: 'S0',
        icmpType: 128,
        icmpCode: 0,
        packets: 4,
      },
      'truncated',
    ]);
  });

  test.each([
    ['2026/11/22T03:04:05.678', true],
    ['2026-11-22 03:04:05.678', true],
    ['11/22/2026 03:04:05.678', true],
    ['1795316645.678', true],
    ['2026-13-22 03:04:05.678', false],
    ['22.11.2026', false],
  ])('have times in any of its formats: %s', (time, good) => {
    const [, event] = read('sIP|dIP|sTime|', `198.51.100.23|203.0.113.9|${time}|`);
    if (good) expect(event).toMatchObject({ time: '2026-11-22T03:04:05.678Z' });
    else expect(event).toBe('time-range');
  });

  test('name one address at least, which must be one', () => {
    expect(
      read('dIP|dPort|pro|', '203.0.113.9|23|6|', '203.0.113.|23|6|', '|23|6|', 'sIP|sPort|pro|', '198.51.100.23|9|6|')
    ).toEqual([
      'header',
      { proto: 'tcp', dstIp: '203.0.113.9', dstPort: 23 },
      'bad-address',
      'no-address',
      'header',
      { proto: 'tcp', srcIp: '198.51.100.23', srcPort: 9 },
    ]);
  });

  test('that fit it no longer are none of its; neither is a sentence that names a column', () => {
    expect(read('sIP|dIP|pro|', 'sshd[811]: x | y', 'the column sIP | is missing')).toEqual([
      'header',
      'unclaimed',
      'unclaimed',
    ]);
    expect(read('198.51.100.23|203.0.113.9|6|')).toEqual(['unclaimed']);
  });
});

/** Verdicts of every real line; in one file the targets were made anonymous. */
const VERDICTS = {
  'transcribed__rwcut-default.log': { header: 1, ok: 4 },
  'transcribed__rwcut-dur-anon.log': { header: 1, 'bad-address': 3 },
  'transcribed__rwcut-fields.log': { header: 1, ok: 3 },
  'transcribed__rwcut-icmp-sensorname.log': { header: 1, ok: 2 },
  'transcribed__rwcut-v6width.log': { header: 1, ok: 6 },
};

describe.skipIf(!hasFormats)(`silk: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = formatFiles('silk').map((file) => [
      file,
      countVerdicts(readAll(silk.open!(), formatLines('silk', file))),
    ]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('an echo request is one', () => {
    const events = readAll(silk.open!(), formatLines('silk', 'transcribed__rwcut-icmp-sensorname.log'));
    expect(events.at(-1)).toEqual({
      time: '2021-12-16T16:15:55.787Z',
      proto: 'icmp',
      srcIp: '10.0.2.15',
      dstIp: '195.88.55.16',
      icmpType: 8,
      icmpCode: 0,
      sensor: 'tcpdump',
      packets: 2,
      bytes: 168,
      durationMs: 1002,
    });
  });
});
