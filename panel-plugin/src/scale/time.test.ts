// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binWidth, formatWidth } from './time';

const DAY = 86_400_000;

describe('binWidth', () => {
  it.each([
    [DAY, 1500, 60_000],
    [DAY, 1440, 60_000],
    [DAY, 1439, 120_000],
    [3_600_000, 1500, 5000],
    [30 * DAY, 1000, 3_600_000],
    [1, 1000, 1],
    [3650 * DAY, 1000, 4 * DAY],
  ])('a range of %i ms in at most %i columns takes bins of %i ms', (span, wide, step) => {
    expect(binWidth({ from: 0, to: span }, wide)).toBe(step);
  });

  it('never makes more columns than asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 * DAY }), fc.integer({ min: 1, max: 5000 }), (span, wide) => {
        expect(span / binWidth({ from: 0, to: span }, wide)).toBeLessThanOrEqual(wide + 1e-9);
      }),
      { seed: 5 }
    );
  });
});

describe('formatWidth', () => {
  it.each([
    [250, '250 ms'],
    [10_000, '10 s'],
    [120_000, '2 min'],
    [3_600_000, '1 h'],
    [2 * DAY, '2 d'],
  ])('%i ms reads %s', (ms, text) => expect(formatWidth(ms)).toBe(text));
});
