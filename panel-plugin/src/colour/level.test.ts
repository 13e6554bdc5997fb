// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { NO_CELLS, type Cells } from '../cells';
import { leveller, levelOf, survey } from './level';
import { LEVELS } from './palette';

/** One class a list of counts; as many cells as the longest. */
function cells(...classes: number[][]): Cells {
  const length = Math.max(...classes.map((counts) => counts.length));
  return {
    ...NO_CELLS,
    length,
    classes: classes.map((counts, id) => ({
      id,
      name: String(id),
      counts: Float64Array.from({ length }, (_, i) => counts[i] ?? 0),
      total: counts.reduce((a, b) => a + b, 0),
    })),
  };
}
const all = () => true;
const fullCount = (what: Cells, shown: (id: number) => boolean) => survey(what, shown).full;

describe('levelOf', () => {
  it('runs from the first level at one event to the last at the full count', () => {
    const scale = leveller(1000);
    expect([levelOf(scale, 1), levelOf(scale, 1000), levelOf(scale, 1e9)]).toEqual([0, LEVELS - 1, LEVELS - 1]);
  });

  it('takes equal steps for equal ratios', () => {
    const scale = leveller(2 ** 21);
    const steps = [1, 2, 4, 8, 1024, 2048, 4096, 2 ** 20].map((n) => levelOf(scale, n));
    expect(steps).toEqual([0, 3, 6, 9, 30, 33, 36, 60]);
  });

  it('never falls as counts rise, also where the table ends', () => {
    const scale = leveller(5000);
    for (let n = 1; n < 6000; n++) {
      expect(levelOf(scale, n + 1)).toBeGreaterThanOrEqual(levelOf(scale, n));
    }
  });

  it('takes parts of an event for one', () => {
    expect([levelOf(leveller(64), 0.25), levelOf(leveller(64), 1.75)]).toEqual([0, 0]);
  });

  it('survives a full count of one', () => {
    expect(levelOf(leveller(1), 1)).toBe(0);
  });
});

describe('survey', () => {
  it('counts the cells that hold something shown', () => {
    const some = cells([1, 0, 3], [0, 0, 2]);
    expect([survey(some, all).occupied, survey(some, (id) => id === 1).occupied]).toEqual([2, 1]);
  });

  it('is never under 64, so that a quiet day does not glow', () => {
    expect([fullCount(cells([1, 1, 2]), all), fullCount(NO_CELLS, all)]).toEqual([64, 64]);
  });

  it('follows busy cells, within a quarter octave above the busiest', () => {
    const full = fullCount(cells(Array.from({ length: 100 }, () => 5000)), all);
    expect(full).toBeGreaterThanOrEqual(5000);
    expect(full).toBeLessThan(5000 * 1.2);
  });

  it('lets four cells in a thousand be brighter than the scale', () => {
    const usual = Array.from({ length: 5000 }, () => 200);
    expect(fullCount(cells([...usual, 1e9, 1e9]), all)).toBeLessThan(250);
    expect(fullCount(cells([...usual, ...Array.from({ length: 50 }, () => 1e9)]), all)).toBeGreaterThanOrEqual(1e9);
  });

  it('adds up the classes that are shown, and only those', () => {
    const both = cells([100], [900]);
    expect(fullCount(both, all)).toBeGreaterThanOrEqual(1000);
    expect(fullCount(both, (id) => id === 0)).toBeLessThan(130);
  });
});
