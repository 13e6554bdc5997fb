import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../dialect.js';
import { newHead, readHead } from './head.js';

/** A zone two hours ahead of UTC, lines of 22 November 2026, noon. */
const CONTEXT: Context = {
  received: Date.UTC(2026, 10, 22, 12),
  year: undefined,
  toUtc: (year, month, day, hour, minute, second, ms) => Date.UTC(year, month, day, hour - 2, minute, second, ms),
  actionOf: () => 'unknown',
};

function read(line: string, context = CONTEXT): { time: string; host: string; app: string; message: string } {
  const head = newHead();
  readHead(line, context, head);
  return {
    time: head.time > 0 ? new Date(head.time).toISOString() : String(head.time),
    host: line.slice(head.hostStart, head.hostEnd),
    app: line.slice(head.appStart, head.appEnd),
    message: line.slice(head.at),
  };
}

describe('readHead: the stamp', () => {
  test.each([
    ['Nov 22 03:04:05 h m: x', '2026-11-22T01:04:05.000Z'],
    ['Nov  2 03:04:05 h m: x', '2026-11-02T01:04:05.000Z'],
    ['Nov 2 03:04:05 h m: x', '2026-11-02T01:04:05.000Z'],
    ['nov 22 03:04:05.678 h m: x', '2026-11-22T01:04:05.678Z'],
    ['Nov 22 2025 03:04:05 h m: x', '2025-11-22T01:04:05.000Z'],
    ['Nov 22 03:04:05 2025 h m: x', '2025-11-22T01:04:05.000Z'],
    ['Nov 22 03:04:05 0815 m: x', '2026-11-22T01:04:05.000Z'],
    ['2025 Nov 22 03:04:05 h m: x', '2025-11-22T01:04:05.000Z'],
    ['Sun Nov 22 03:04:05 2026 h m: x', '2026-11-22T01:04:05.000Z'],
    ['[Sun Nov 22 03:04:05 2026] m: x', '2026-11-22T01:04:05.000Z'],
    ['Sun 2026-11-22 03:04:05 UTC h m: x', '2026-11-22T03:04:05.000Z'],
    ['Sun 2026-11-22 03:04:05 EET h m: x', '2026-11-22T01:04:05.000Z'],
    ['2026-11-22T03:04:05Z h m: x', '2026-11-22T03:04:05.000Z'],
    ['2026-11-22t03:04:05z h m: x', '2026-11-22T03:04:05.000Z'],
    ['2026-11-22T03:04:05.9+01:00 h m: x', '2026-11-22T02:04:05.900Z'],
    ['2026-11-22T03:04:05.123456-0500 h m: x', '2026-11-22T08:04:05.123Z'],
    ['2026-11-22T03:04:05.123456789+05:30 h m: x', '2026-11-21T21:34:05.123Z'],
    ['2026-11-22T03:04:05+01 h m: x', '2026-11-22T02:04:05.000Z'],
    ['2026-11-22T03:04:05 h m: x', '2026-11-22T01:04:05.000Z'],
    ['2026-11-22 03:04:05,250 h m: x', '2026-11-22T01:04:05.250Z'],
    ['2026-11-22 03:04:05 +0100 h m: x', '2026-11-22T02:04:05.000Z'],
    ['2026-11-22 03:04:05 UTC h m: x', '2026-11-22T03:04:05.000Z'],
    ['2024-02-29T00:00:00Z h m: x', '2024-02-29T00:00:00.000Z'],
    ['2016-12-31T23:59:60Z h m: x', '2017-01-01T00:00:00.000Z'],
    ['1795316645.250000 h m: x', '2026-11-22T03:04:05.250Z'],
    ['nov/22 03:04:05 m: x', '2026-11-22T01:04:05.000Z'],
    ['nov/22/2025 03:04:05 m: x', '2025-11-22T01:04:05.000Z'],
    ['03:04:05 m: x', '2026-11-22T01:04:05.000Z'],
  ])('of %j is %s', (line, time) => {
    expect(read(line).time).toBe(time);
    expect(read(line).message).toBe('m: x');
  });

  test.each([
    'Nov 31 03:04:05 h m: x',
    'Nov 0 03:04:05 h m: x',
    'Nov 22 24:04:05 h m: x',
    'Nov 22 03:60:05 h m: x',
    'Nov 22 03:04:61 h m: x',
    'Feb 29 2025 03:04:05 h m: x',
    '2026-13-01T00:00:00Z h m: x',
    '2026-00-01T00:00:00Z h m: x',
    '2026-02-30T00:00:00 h m: x',
    '2026-11-22T25:00:00Z h m: x',
    '2026-11-22T03:04:05+99:00 h m: x',
    '1969-12-31T23:59:59Z h m: x',
    '2106-01-01T00:00:00Z h m: x',
    '9999999999 h m: x',
    '2299-12-31T00:00:00+00:00 h m: x',
  ])('of %j is no time that the store holds', (line) => {
    expect(read(line).time).toBe('-1');
  });

  test.each([
    '',
    'x',
    'MMM 22 03:04:05 h',
    'Nov',
    'Nov 22',
    'Nov 22 03:04',
    '2026-11-22',
    '2026-11-22T03:04',
    '20:1',
    '179531664 x',
  ])('%j starts with none', (line) => {
    expect(read(line)).toEqual({ time: '0', host: '', app: '', message: line });
  });
});

describe('readHead: the host', () => {
  test.each([
    ['<134>Nov 22 03:04:05 gw kernel: x', 'gw', 'kernel: x'],
    ['<134>Nov 22 03:04:05 192.0.2.1 x', '192.0.2.1', 'x'],
    ['<134>Nov 22 03:04:05 2001:db8::1 x', '2001:db8::1', 'x'],
    ['<134>Nov 22 03:04:05 fw.example.org user.info kernel: x', 'fw.example.org', 'kernel: x'],
    ['<134>Nov 22 03:04:05 user.info kernel: x', '', 'kernel: x'],
    ['<134>Nov 22 03:04:05 kern.example.org kernel: x', 'kern.example.org', 'kernel: x'],
    ['<134>Nov 22 03:04:05 UDM UDM [x] y', 'UDM', '[x] y'],
    ['<134>Nov 22 03:04:05 UDM UDM2 [x] y', 'UDM', 'UDM2 [x] y'],
    ['<134>Nov 22 03:04:05 kernel: x', '', 'kernel: x'],
    ['<134>Nov 22 03:04:05 filterlog[7]: x', '', 'filterlog[7]: x'],
    ['<134>Nov 22 03:04:05 [x] y', '', '[x] y'],
    ['<134>Nov 22 03:04:05 firewall,info x', '', 'firewall,info x'],
    ['<134>Nov 22 03:04:05 IN=eth0 x', '', 'IN=eth0 x'],
    ['<134>Nov 22 03:04:05: %X', '', '%X'],
    ['<111>:Nov 22 03:04:05 gw x', 'gw', 'x'],
    ['<134>gw x', '', 'gw x'],
    ['gw kernel: x', '', 'gw kernel: x'],
    ['\u00ef\u00bb\u00bfNov 22 03:04:05 gw x', 'gw', 'x'],
  ])('of %j is %j', (line, host, message) => {
    expect(read(line)).toMatchObject({ host, message });
  });
});

describe('readHead: RFC 5424', () => {
  test.each([
    ['<134>1 2026-11-22T03:04:05Z gw app 12 id - x', 'gw', 'app', 'x'],
    ['<134>1 2026-11-22T03:04:05Z gw app 12 id [a b="c"][d] x', 'gw', 'app', 'x'],
    ['<134>1 2026-11-22T03:04:05Z gw app - - [a b="\\"]" c="d"] x', 'gw', 'app', 'x'],
    ['<134>1 2026-11-22T03:04:05Z gw app - - [UFW BLOCK] x', 'gw', 'app', '[UFW BLOCK] x'],
    ['<134>1 2026-11-22T03:04:05Z gw app - - [x]IN=', 'gw', 'app', '[x]IN='],
    ['<134>1 2026-11-22T03:04:05Z - - - - - \u00ef\u00bb\u00bfx', '', '', 'x'],
    ['<134>1 2026-11-22T03:04:05Z gw app', 'gw', '', 'app'],
  ])('%j', (line, host, app, message) => {
    expect(read(line)).toEqual({ time: '2026-11-22T03:04:05.000Z', host, app, message });
  });

  test('a nil stamp is none, and a head that is none is not read as one', () => {
    expect(read('<134>1 - gw app - - - x')).toEqual({ time: '0', host: 'gw', app: 'app', message: 'x' });
    expect(read('<134>1 yesterday gw app - - - x').message).toBe('1 yesterday gw app - - - x');
  });
});

test('never reads beyond the line', () => {
  const piece = fc.constantFrom(
    '<1>',
    '1 ',
    'Nov ',
    '22 ',
    '03:04:05',
    ' ',
    '2026-11-22',
    'T',
    'Z',
    '[',
    ']',
    '="',
    '-',
    '\\',
    'x',
    ': '
  );
  const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (line) => {
      const head = newHead();
      readHead(line, CONTEXT, head);
      for (const at of [head.at, head.hostStart, head.hostEnd, head.appStart, head.appEnd]) {
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThanOrEqual(line.length);
      }
      expect(Number.isInteger(head.time)).toBe(true);
    }),
    { seed: 20_261_122, numRuns: 20_000 }
  );
});
