import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Context } from '../dialect.js';
import { BAD_TIME, timeOfDay, utcOf, yearlessTime, zonedTime } from './clock.js';

const DAY = 86_400_000;

const context = (received: string, year?: number): Context => ({
  received: Date.parse(received),
  year,
  toUtc: Date.UTC,
  actionOf: () => 'unknown',
});

const iso = (time: number): string => (time === BAD_TIME ? 'none' : new Date(time).toISOString());

describe('yearlessTime', () => {
  test.each([
    ['2026-12-31T23:59:59Z', 11, 31, '2026-12-31'],
    ['2027-01-01T00:00:01Z', 11, 31, '2026-12-31'],
    ['2026-12-31T23:59:59Z', 0, 1, '2027-01-01'],
    ['2026-12-30T23:59:59Z', 0, 1, '2026-01-01'],
    ['2026-11-22T12:00:00Z', 10, 23, '2026-11-23'],
    ['2026-11-22T12:00:00Z', 10, 24, '2025-11-24'],
    ['2026-03-01T00:00:00Z', 1, 29, '2024-02-29'],
    ['2024-02-28T12:00:00Z', 1, 29, '2024-02-29'],
    ['2024-02-27T12:00:00Z', 1, 29, '2020-02-29'],
    ['2103-06-01T00:00:00Z', 1, 29, '2096-02-29'],
  ])('received %s, month %d, day %d: %s', (received, month, day, date) => {
    expect(iso(yearlessTime(context(received), month, day, 6, 0, 0, 0))).toBe(`${date}T06:00:00.000Z`);
  });

  test('takes the year that is given', () => {
    expect(iso(yearlessTime(context('2026-11-22T00:00:00Z', 2011), 0, 1, 6, 0, 0, 0))).toBe('2011-01-01T06:00:00.000Z');
    expect(iso(yearlessTime(context('2026-11-22T00:00:00Z', 2011), 1, 29, 6, 0, 0, 0))).toBe('none');
  });

  test.each([
    [1, 30],
    [3, 31],
    [0, 0],
    [-1, 1],
    [12, 1],
  ])('month %d has no day %d', (month, day) => {
    expect(yearlessTime(context('2026-11-22T00:00:00Z'), month, day, 6, 0, 0, 0)).toBe(BAD_TIME);
  });

  test('is no time before 1970, or when nobody knows when the line arrived', () => {
    expect(yearlessTime(context('1970-01-01T00:00:00Z'), 5, 1, 0, 0, 0, 0)).toBe(BAD_TIME);
    expect(yearlessTime(context('never'), 5, 1, 0, 0, 0, 0)).toBe(BAD_TIME);
  });

  test('lies within the year that ends a day after arrival, whatever was asked before', () => {
    const moment = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2100, 0, 1) });
    fc.assert(
      fc.property(moment, moment, (received, stamp) => {
        const date = new Date(stamp);
        fc.pre(!(date.getUTCMonth() === 1 && date.getUTCDate() === 29));
        const time = yearlessTime(
          { ...context('2026-11-22T00:00:00Z'), received },
          date.getUTCMonth(),
          date.getUTCDate(),
          date.getUTCHours(),
          date.getUTCMinutes(),
          date.getUTCSeconds(),
          0
        );
        expect(time).toBeLessThanOrEqual(received + DAY);
        expect(time).toBeGreaterThan(received - 366 * DAY);
        expect(new Date(time).toISOString().slice(5, 19)).toBe(date.toISOString().slice(5, 19));
      }),
      { seed: 20_261_122, numRuns: 5_000 }
    );
  });
});

describe('timeOfDay', () => {
  test.each([
    ['2026-11-22T12:00:00Z', 11, '2026-11-22T11:00:00.000Z'],
    ['2026-11-22T12:00:00Z', 13, '2026-11-22T13:00:00.000Z'],
    ['2026-11-22T12:00:00Z', 14, '2026-11-21T14:00:00.000Z'],
    ['2026-11-22T23:30:00Z', 0, '2026-11-23T00:00:00.000Z'],
    ['2026-11-22T00:10:00Z', 23, '2026-11-21T23:00:00.000Z'],
  ])('received %s, at %d: %s', (received, hour, time) => {
    expect(iso(timeOfDay(context(received), hour, 0, 0, 0))).toBe(time);
  });

  test('is none for an hour that is none, or an arrival that is none', () => {
    expect(timeOfDay(context('2026-11-22T12:00:00Z'), 24, 0, 0, 0)).toBe(BAD_TIME);
    expect(timeOfDay(context('never'), 1, 0, 0, 0)).toBe(BAD_TIME);
  });
});

test('utcOf counts as Date.UTC does', () => {
  const part = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
  fc.assert(
    fc.property(part(1970, 2105), part(0, 11), part(1, 31), part(0, 23), part(-1500, 1500), part(0, 60), (...at) => {
      expect(utcOf(...at)).toBe(Date.UTC(...at));
    }),
    { seed: 20_261_122, numRuns: 5_000 }
  );
});

test('zonedTime asks the zone each time, since the answer may depend on the line before', () => {
  let asked = 0;
  const counting: Context = {
    ...context('2026-11-22T00:00:00Z'),
    toUtc: (...at) => Date.UTC(...at) + 3_600_000 * asked++,
  };
  const times = [0, 1].map(() => iso(zonedTime(counting, 2026, 9, 25, 2, 30, 0, 0)));
  expect(times).toEqual(['2026-10-25T02:30:00.000Z', '2026-10-25T03:30:00.000Z']);
});
