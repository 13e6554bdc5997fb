import { describe, expect, test } from 'vitest';
import { inStep } from './lockstep.js';
import type { Pair } from './lockstep.js';

const HOUR = 3_600_000;
const pair = (changes: Partial<Pair>): Pair => ({
  dst_ip: '::ffff:203.0.113.1',
  proto: 6,
  flags: 2,
  source_1: '::ffff:198.51.100.1',
  source_2: '::ffff:198.51.100.2',
  shared_ports: 270,
  ports_1: 270,
  ports_2: 270,
  lag_p10_ms: 0,
  lag_ms: 190,
  lag_p90_ms: 1_000,
  start_ms: 0,
  stop_ms: 4 * HOUR,
  same_order: 1,
  ...changes,
});

describe('in step', () => {
  test('the same ports in the same order at one lag', () => expect(inStep(pair({}))).toBe(true));
  test('with half of the lines of a long scan lost', () => expect(inStep(pair({ shared_ports: 140 }))).toBe(true));
  test('minutes behind, in a scan of hours', () => {
    expect(inStep(pair({ lag_p10_ms: 299_000, lag_ms: 300_000, lag_p90_ms: 301_000 }))).toBe(true);
  });
  test('a scan of a second under many names', () => {
    expect(inStep(pair({ stop_ms: 1_000, lag_p90_ms: 1_000, lag_ms: 0 }))).toBe(true);
  });
});

describe('not in step', () => {
  test.each([
    ['nine ports', { shared_ports: 9, ports_1: 9, ports_2: 9 }],
    ['half of few ports', { shared_ports: 12, ports_1: 24, ports_2: 24 }],
    ['another order, as two fast scans have', { same_order: 0.6 }],
    ['a lag that wanders', { lag_p10_ms: -200_000, lag_p90_ms: 200_000 }],
    [
      'one script run twice, minutes apart',
      { stop_ms: 242_000, lag_p10_ms: 240_000, lag_ms: 240_000, lag_p90_ms: 240_000 },
    ],
    ['no order at all to compare', { same_order: Number.NaN }],
  ])('%s', (_, changes) => expect(inStep(pair(changes))).toBe(false));
});
