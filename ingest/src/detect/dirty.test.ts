import { expect, test } from 'vitest';
import { byDay, merged } from './dirty.js';

test('ranges that touch are one', () => {
  const ranges = [
    { from: 50, to: 60 },
    { from: 0, to: 10 },
    { from: 10, to: 20 },
    { from: 55, to: 57 },
  ];
  expect(merged(ranges)).toEqual([
    { from: 0, to: 20 },
    { from: 50, to: 60 },
  ]);
  expect(merged(ranges, 30)).toEqual([{ from: 0, to: 60 }]);
  expect(merged([])).toEqual([]);
});

test('a backfill is cut at midnights, the earliest day first, and nothing of it is left out', () => {
  const hour = 3_600_000;
  expect(byDay({ from: 20 * hour, to: 50 * hour })).toEqual([
    { from: 20 * hour, to: 24 * hour },
    { from: 24 * hour, to: 48 * hour },
    { from: 48 * hour, to: 50 * hour },
  ]);
  expect(byDay({ from: 5, to: 6 })).toEqual([{ from: 5, to: 6 }]);
});
