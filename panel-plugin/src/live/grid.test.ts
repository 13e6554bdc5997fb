import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bin, logRows } from '../bin';
import type { Cells } from '../cells';
import { LiveGrid } from './grid';

const FROM = Date.parse('2026-11-25T12:00:00Z');
const STEP = 500;
const SPAN = 60_000;

interface Probe {
  at: number;
  port: number;
  klass: number;
  n: number;
}
const probe: fc.Arbitrary<Probe> = fc.record({
  at: fc.integer({ min: 0, max: SPAN - 1 }),
  port: fc.oneof(fc.constantFrom(0, 1, 22, 65535), fc.integer({ min: 0, max: 65535 })),
  klass: fc.constantFrom(0, 1, 3, 4, 8),
  n: fc.integer({ min: 1, max: 5 }),
});

/** Cells as a list that does not depend on the order within a column. */
const listOf = (cells: Cells) =>
  Array.from({ length: cells.length }, (_, i) => [
    cells.x0[i],
    cells.x1[i],
    cells.y0[i],
    cells.y1[i],
    ...cells.classes.map((one) => `${one.id}: ${one.counts[i]}`),
  ]).sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[2]) - Number(b[2]));

function gridOf(probes: Probe[]): LiveGrid {
  const grid = new LiveGrid(STEP, 32);
  for (const { at, port, klass, n } of probes) {
    grid.add(FROM + at, port, klass, n);
  }
  return grid;
}

function binned(probes: Probe[], from = 0): Cells {
  const kept = probes.filter((each) => each.at >= from);
  const points = {
    length: kept.length,
    time: Float64Array.from(kept, (each) => FROM + each.at),
    port: Int32Array.from(kept, (each) => each.port),
    klass: Uint8Array.from(kept, (each) => each.klass),
    count: Float64Array.from(kept, (each) => each.n),
  };
  return bin(points, { from: FROM, step: STEP, length: SPAN / STEP }, logRows(32)).cells;
}

describe('LiveGrid', () => {
  it('holds the cells that binning all at once makes, whatever the order of events', () => {
    fc.assert(
      fc.property(fc.array(probe, { maxLength: 300 }), (probes) => {
        const cells = gridOf(probes).sorted();
        expect(listOf(cells)).toEqual(listOf(binned(probes)));
        expect(cells.classes.map(({ id, total }) => [id, total])).toEqual(
          binned(probes).classes.map(({ id, total }) => [id, total])
        );
        expect([...cells.x0]).toEqual([...cells.x0].sort((a, b) => a - b));
      }),
      { seed: 7, numRuns: 100 }
    );
  });

  it('lets go of what ended before a time, and takes events after that as before', () => {
    fc.assert(
      fc.property(fc.array(probe, { maxLength: 200 }), fc.array(probe, { maxLength: 50 }), (first, then) => {
        const grid = gridOf(first);
        grid.forget(FROM + SPAN / 2);
        const later = then.filter((each) => each.at >= SPAN / 2);
        for (const { at, port, klass, n } of later) {
          grid.add(FROM + at, port, klass, n);
        }
        expect(listOf(grid.sorted())).toEqual(listOf(binned([...first, ...later], SPAN / 2)));
      }),
      { seed: 7, numRuns: 100 }
    );
  });

  it('grows beyond the room that it begins with', () => {
    const probes = Array.from({ length: 20_000 }, (_, i) => ({
      at: i % SPAN,
      port: (i * 7919) % 65536,
      klass: 0,
      n: 1,
    }));
    const cells = gridOf(probes).sorted();
    expect(cells.classes[0]?.total).toBe(20_000);
    expect(cells.length).toBe(binned(probes).length);
  });

  it('gives only what is in sight, and some cells with the totals of all', () => {
    const grid = new LiveGrid(STEP, 64);
    const numbers = [9, 0, 5].map((second) => grid.add(FROM + second * 1000, 22, 0, second + 1));
    expect([...grid.sorted(FROM + 2000).x0]).toEqual([FROM + 5000, FROM + 9000]);
    const picked = grid.pick(Int32Array.from(numbers.slice(0, 2)));
    expect([...picked.x0]).toEqual([FROM, FROM + 9000]);
    expect([...picked.classes[0]!.counts, picked.classes[0]!.total]).toEqual([1, 10, 17]);
  });

  it('sorts times that are years apart', () => {
    const grid = new LiveGrid(STEP, 64);
    grid.add(FROM, 22, 0, 1);
    grid.add(FROM - 20 * 365 * 86_400_000, 23, 0, 1);
    expect([...grid.sorted().y0]).toEqual([23, 22]);
  });
});
