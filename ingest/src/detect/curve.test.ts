import { describe, expect, test } from 'vitest';
import { curveOf, piecesOf } from './curve.js';
import type { Knot } from './finding.js';

/** Where a polyline on the log axis is at a time, in octaves. */
function heightAt(curve: readonly Knot[], time: number): number {
  const i = curve.findIndex(([at]) => at >= time);
  const [before, after] = [curve[Math.max(0, i - 1)] as Knot, curve[i] as Knot];
  const part = after[0] === before[0] ? 0 : (time - before[0]) / (after[0] - before[0]);
  return Math.log2(before[1]) + part * (Math.log2(after[1]) - Math.log2(before[1]));
}

const byQuarterOctave = (line: readonly Knot[]): Knot[] =>
  line.filter(
    ([, port], i) => i === 0 || Math.floor(4 * Math.log2(port)) !== Math.floor(4 * Math.log2((line[i - 1] as Knot)[1]))
  );

const elbowed: Knot[] = Array.from({ length: 270 }, (_, i): Knot => {
  const port = 400 + i * 240;
  return [port < 10_000 ? port * 1000 : 10_000_000 + (port - 10_000) * 100, port];
});

describe('the overlay', () => {
  test('stays within 2 % of the axis of every point, elbow or not', () => {
    const curve = curveOf('ascending', byQuarterOctave(elbowed), elbowed);
    expect(curve.length).toBeLessThanOrEqual(64);
    for (const [time, port] of elbowed)
      expect(Math.abs(heightAt(curve, time) - Math.log2(port)) / 16).toBeLessThan(0.02);
  });

  test('never turns back, even where points jitter', () => {
    const jittered: Knot[] = [
      [0, 1],
      [10, 8],
      [20, 5],
      [30, 64],
    ];
    const ports = curveOf('ascending', jittered, jittered).map(([, port]) => port);
    expect(ports).toEqual([...ports].sort((a, b) => a - b));
  });

  test('is none without an order', () => expect(curveOf('random', elbowed, elbowed)).toEqual([]));
});

describe('straight pieces', () => {
  test('meet at the elbow', () => {
    const [first, second, none] = piecesOf(elbowed);
    expect(none).toBeUndefined();
    expect(second?.from[1]).toBeGreaterThan(8_500);
    expect(second?.from[1]).toBeLessThan(11_500);
    expect(first?.slope).toBeCloseTo(1, 1);
    expect(second?.slope).toBeCloseTo(10, 0);
  });

  test('are one for an even scan', () => {
    const even: Knot[] = Array.from({ length: 100 }, (_, i) => [i * 1000, 1000 - i]);
    expect(piecesOf(even).map(({ slope }) => Math.round(slope))).toEqual([-1]);
  });

  test('are none when all came at once', () => {
    expect(piecesOf(Array.from({ length: 10 }, (_, i): Knot => [5, i]))).toEqual([]);
  });
});
