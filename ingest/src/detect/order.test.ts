import { describe, expect, test } from 'vitest';
import { orderOf, paceOf } from './order.js';

const steps = (n: number, up: number, down: number, rho: number) => ({ n, up, down, rho });

describe('order of ports', () => {
  test.each([
    ['every step to the next port', steps(20, 1, 0, 1), 'ascending'],
    ['a fifth of the steps out of line', steps(100, 0.8, 0.05, 0.99), 'ascending'],
    ['sent in small groups: no step to the next, yet in order', steps(100, 0.1, 0.1, 0.97), 'ascending'],
    ['downwards', steps(600, 0, 1, -1), 'descending'],
    ['2/n of the steps to a neighbour, as chance has it', steps(500, 0.002, 0.002, 0.03), 'random'],
    ['half in order', steps(100, 0.5, 0, 0.6), 'mixed'],
    ['seven ports say nothing', steps(7, 1, 0, 1), ''],
  ])('%s', (_, given, word) => expect(orderOf(given)).toBe(word));
});

describe('pace', () => {
  test('slow is 5 s from port to port for an hour', () => expect(paceOf(5, 0, 3_600_000)).toBe('slow'));
  test('a few seconds apart is fast, however long', () => expect(paceOf(4.9, 0, 36_000_000)).toBe('fast'));
  test('minutes are no slow scan', () => expect(paceOf(30, 0, 3_599_999)).toBe('fast'));
});
