import { describe, expect, it } from 'vitest';
import { bin, logRows } from './bin';
import { rangeOf } from './detail';
import { cellWords, copyText, portText, timeText } from './words';

const AT = Date.parse('2026-11-22T13:32:00Z');

describe('timeText', () => {
  it('gives the range of a cell in the dashboard’s zone', () => {
    expect(timeText(AT, AT + 120_000, 'utc')).toBe('2026-11-22 13:32:00 – 13:34:00');
    expect(timeText(AT, AT + 120_000, 'Asia/Tokyo')).toBe('2026-11-22 22:32:00 – 22:34:00');
  });

  it('repeats the date where the day changes, and tells milliseconds in narrow cells', () => {
    expect(timeText(AT, AT + 86_400_000, 'utc')).toBe('2026-11-22 13:32:00 – 2026-11-23 13:32:00');
    expect(timeText(AT, AT + 50, 'utc')).toBe('2026-11-22 13:32:00.000 – 13:32:00.050');
  });
});

describe('portText', () => {
  it.each([
    [{ portFrom: 22, portTo: 23, classes: [0] }, 'port 22 · ssh'],
    [{ portFrom: 514, portTo: 515, classes: [1, 5] }, 'port 514 · syslog'],
    [{ portFrom: 514, portTo: 515, classes: [0, 1] }, 'port 514 · shell'],
    [{ portFrom: 1024, portTo: 1036, classes: [0] }, 'ports 1024 – 1035'],
    [{ portFrom: 65535, portTo: 65536, classes: [0] }, 'port 65535'],
    [{ portFrom: 0, portTo: 1, classes: [3] }, 'no port'],
  ])('%j reads %j', (range, text) => expect(portText(range)).toBe(text));
});

describe('cellWords and copyText', () => {
  it('list the classes of the cell with their counts, and copy them as lines', () => {
    const points = {
      length: 3,
      time: Float64Array.of(AT, AT, AT),
      port: Int32Array.of(53, 53, 53),
      klass: Uint8Array.of(0, 1, 1),
      count: Float64Array.of(1, 1200, 34),
    };
    const { cells } = bin(points, { from: AT, step: 60_000, length: 1 }, logRows(64));
    const words = cellWords(
      cells,
      0,
      rangeOf(cells, 0, () => true),
      'utc',
      (id) => `#00000${id}`
    );
    expect(words.classes).toEqual([
      { name: 'TCP/IPv4', count: '1', colour: '#000000' },
      { name: 'UDP/IPv4', count: '1,234', colour: '#000001' },
    ]);
    expect(copyText(words, [{ source: '192.0.2.1', events: 7 }])).toBe(
      '2026-11-22 13:32:00 – 13:33:00\nport 53 · domain\nTCP/IPv4\t1\nUDP/IPv4\t1,234\n192.0.2.1\t7'
    );
  });
});
