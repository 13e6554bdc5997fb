import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestRising, risingZ } from './subsequence.js';
import { Random } from './replay/random.case.js';

/** The length, by the textbook's n². */
function slowly(values: readonly number[]): number {
  const best = values.map(() => 1);
  values.forEach((value, i) => {
    for (let j = 0; j < i; j++)
      if ((values[j] as number) < value) best[i] = Math.max(best[i] as number, (best[j] as number) + 1);
  });
  return Math.max(0, ...best);
}

test('is rising, made of the values in their order, and as long as any', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 }), (values) => {
      const run = longestRising(values);
      for (let i = 1; i < run.length; i++) {
        expect(run[i] as number).toBeGreaterThan(run[i - 1] as number);
        expect(values[run[i] as number] as number).toBeGreaterThan(values[run[i - 1] as number] as number);
      }
      expect(run.length).toBe(slowly(values));
    }),
    { seed: 7, numRuns: 300 }
  );
});

test('random order is near 0, a line far beyond', () => {
  const random = new Random(3);
  const shuffled = random.shuffled(Array.from({ length: 2_000 }, (_, i) => i));
  expect(Math.abs(risingZ(longestRising(shuffled).length, 2_000))).toBeLessThan(4);
  expect(risingZ(500, 540)).toBeGreaterThan(100);
});
