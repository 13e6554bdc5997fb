// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { bin, logRows } from './bin';
import { countSources, rangeOf } from './detail';
import type { Probes } from './frames/points';

/** Rows of [time, port, class, source]. */
function probes(rows: ReadonlyArray<readonly [number, number, number, string]>, count?: number[]): Probes {
  const sources = ['', ...new Set(rows.map((row) => row[3]).filter(Boolean))];
  return {
    length: rows.length,
    time: Float64Array.from(rows, (row) => row[0]),
    port: Int32Array.from(rows, (row) => row[1]),
    klass: Uint8Array.from(rows, (row) => row[2]),
    source: Uint32Array.from(rows, (row) => sources.indexOf(row[3])),
    sources,
    count: count && Float64Array.from(count),
    filterBy: undefined,
  };
}
const RANGE = { from: 1000, to: 2000, portFrom: 80, portTo: 82, classes: [0, 1] };

describe('rangeOf', () => {
  it('covers the cell, with the classes that are in it and shown', () => {
    const rows = probes([[1000, 80, 0, 'a'], [1500, 80, 1, 'b'], [1500, 443, 5, 'c']]); // prettier-ignore
    const { cells } = bin(rows, { from: 0, step: 1000, length: 9 }, logRows(64));
    expect(rangeOf(cells, 0, () => true)).toEqual({ from: 1000, to: 2000, portFrom: 80, portTo: 81, classes: [0, 1] });
    expect(rangeOf(cells, 0, (id) => id !== 0).classes).toEqual([1]);
  });
});

describe('countSources', () => {
  it('counts distinct sources in the half-open cell, the busiest first', () => {
    const rows = probes([
      [1000, 80, 0, 'a'],
      [1999, 81, 1, 'b'],
      [1500, 80, 0, 'b'],
      [2000, 80, 0, 'late'],
      [999, 80, 0, 'early'],
      [1500, 82, 0, 'above'],
      [1500, 79, 0, 'below'],
      [1500, 80, 4, 'hidden'],
      [1500, 80, 0, ''],
    ]);
    expect(countSources(rows, RANGE)).toEqual({
      sources: 2,
      top: [
        { source: 'b', events: 2 },
        { source: 'a', events: 1 },
      ],
    });
  });

  it('adds up what rows stand for', () => {
    const rows = probes([[1000, 80, 0, 'a'], [1000, 80, 0, 'b'], [1001, 80, 0, 'b']], [10, 2, NaN]); // prettier-ignore
    expect(countSources(rows, RANGE)?.top).toEqual([
      { source: 'a', events: 10 },
      { source: 'b', events: 2 },
    ]);
  });

  it('names the first ten, and counts all', () => {
    const rows = probes(Array.from({ length: 30 }, (_, i) => [1000 + i, 80, 0, `source ${i}`]));
    const detail = countSources(rows, RANGE);
    expect([detail?.sources, detail?.top.length]).toEqual([30, 10]);
  });

  it('tells nothing when the rows name no source', () => {
    const { source: _, ...rows } = probes([[1000, 80, 0, 'a']]);
    expect(countSources(rows, RANGE)).toBeUndefined();
  });
});
