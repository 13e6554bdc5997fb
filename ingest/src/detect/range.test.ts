import { describe, expect, test } from 'vitest';
import { parseTime, rangeOf } from './range.js';

describe('a time', () => {
  test.each([
    ['2026-11-22', '2026-11-22T00:00:00.000Z'],
    ['2026-11-22T13:00:00Z', '2026-11-22T13:00:00.000Z'],
    ['2026-11-22 13:00', '2026-11-22T13:00:00.000Z'],
    ['2026-11-22T13:00:00.5', '2026-11-22T13:00:00.500Z'],
    ['2026-11-22T13:00:00+02:00', '2026-11-22T11:00:00.000Z'],
  ])('%s', (text, iso) => expect(new Date(parseTime(text)).toISOString()).toBe(iso));

  test.each(['yesterday', '22/11/2026', '2026-13-01', '', '1'])('%j is refused with a sentence', (text) => {
    expect(() => parseTime(text)).toThrow(/is no time: write/);
  });
});

describe('a range', () => {
  const newest = Date.parse('2026-11-22T23:59:59Z');
  test('is by default the 24 hours that end with the newest event', () => {
    expect(rangeOf(undefined, undefined, newest)).toEqual({ from: newest + 1 - 86_400_000, to: newest + 1 });
  });
  test('is refused when it is empty', () => {
    expect(() => rangeOf('2026-11-23', '2026-11-22', newest)).toThrow(/give --from a time before --to/);
  });
});
