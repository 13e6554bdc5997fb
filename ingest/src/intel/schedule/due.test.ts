import { expect, test } from 'vitest';
import { waitMs } from './due.js';

const MINUTE = 60_000;
const turn = { intervalMs: 360 * MINUTE, failures: 0, retryAfterMs: undefined, chance: 0.5 };

test('waits for the interval, 10 % more or less', () => {
  expect([0, 0.5, 1].map((chance) => Math.round(waitMs({ ...turn, chance }) / MINUTE))).toEqual([324, 360, 396]);
});

test('tries again sooner after a failure, later after each, and never more often than when all is well', () => {
  const waits = [1, 2, 3, 6, 7, 1_000].map((failures) => waitMs({ ...turn, failures }) / MINUTE);
  expect(waits).toEqual([10, 20, 40, 320, 360, 360]);
  expect(waitMs({ ...turn, intervalMs: 5 * MINUTE, failures: 1 }) / MINUTE).toBe(5);
});

test('waits at least as long as the server asks', () => {
  expect(waitMs({ ...turn, failures: 1, retryAfterMs: 45 * MINUTE }) / MINUTE).toBe(45);
  expect(waitMs({ ...turn, failures: 3, retryAfterMs: 1 }) / MINUTE).toBe(40);
});
