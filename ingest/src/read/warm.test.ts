import { expect, test } from 'vitest';
import type { ReadOptions } from './options.js';
import { warm } from './warm.js';

const OPTIONS: ReadOptions = {
  dialect: 'auto',
  timezone: 'UTC',
  year: undefined,
  lineLimit: 65_536,
  own: ['192.0.2.0/24'],
  actions: [],
};

test('every line of the warm-up is read: a refused one would warm the way of refusals', () => {
  expect(warm(OPTIONS, Date.UTC(2026, 1, 3, 4, 5, 6))).toBe(8_000);
});

test('a dialect named by the user that does not know them is no fault', () => {
  expect(warm({ ...OPTIONS, dialect: 'zeek' }, Date.UTC(2026, 1, 3))).toBe(0);
});
