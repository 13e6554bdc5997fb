// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bin, logRows, OUTSIDE, type Points } from './bin';

const COLUMNS = { from: 0, step: 1000, length: 10 };

/** Points of class 0 from [time, port] or [time, port, class, count]. */
function points(rows: ReadonlyArray<readonly [number, number, number?, number?]>): Points {
  const counted = rows.some((row) => row[3] !== undefined);
  return {
    length: rows.length,
    time: Float64Array.from(rows, (row) => row[0]),
    port: Int32Array.from(rows, (row) => row[1]),
    klass: Uint8Array.from(rows, (row) => row[2] ?? 0),
    ...(counted ? { count: Float64Array.from(rows, (row) => row[3] ?? 1) } : {}),
  };
}

describe('logRows', () => {
  it('cuts where floor(k·log2(port)) changes, in whole ports', () => {
    const rows = logRows(64);
    expect([...rows.edges.subarray(0, 5)]).toEqual([0, 1, 2, 3, 4]);
    for (let port = 1; port < 65535; port += 7) {
      const row = rows.of[port]!;
      const own = Math.floor(64 * Math.log2(port));
      expect(Math.floor(64 * Math.log2(rows.edges[row]!))).toBe(own);
      expect(Math.floor(64 * Math.log2(rows.edges[row + 1]! - 1))).toBe(own);
    }
  });

  it('covers every port once, from the strip without port to 65535', () => {
    const rows = logRows(16);
    expect([rows.edges[0], rows.edges[rows.length]]).toEqual([0, 65536]);
    for (let port = 0; port < 65536; port++) {
      const row = rows.of[port]!;
      expect(port >= rows.edges[row]! && port < rows.edges[row + 1]!).toBe(true);
    }
  });

  it('leaves out what lies outside a zoom', () => {
    const rows = logRows(65536, 1000, 1010);
    expect(rows.length).toBe(10);
    expect([rows.of[999], rows.of[1000], rows.of[1009], rows.of[1010]]).toEqual([OUTSIDE, 0, 9, OUTSIDE]);
  });
});

describe('bin', () => {
  it('counts repeated and unsorted points, sorted by time, then port', () => {
    const { cells } = bin(points([[5500, 80], [100, 443], [900, 443], [5600, 22]]), COLUMNS, logRows(64)); // prettier-ignore
    expect([...cells.x0]).toEqual([0, 5000, 5000]);
    expect([...cells.x1]).toEqual([1000, 6000, 6000]);
    expect([...cells.y0]).toEqual([440, 22, 80]);
    expect([...cells.classes[0]!.counts]).toEqual([2, 1, 1]);
    expect(cells.widest).toBe(1000);
  });

  it('keeps classes apart within a cell', () => {
    const { cells } = bin(points([[0, 53, 0], [1, 53, 1], [2, 53, 1]]), COLUMNS, logRows(64)); // prettier-ignore
    expect(cells.length).toBe(1);
    expect(cells.classes.map(({ id, total }) => [id, total])).toEqual([[0, 1], [1, 2]]); // prettier-ignore
  });

  it('adds up counts', () => {
    const { cells } = bin(points([[0, 53, 0, 2.5], [1, 53, 0, 4]]), COLUMNS, logRows(64)); // prettier-ignore
    expect(cells.classes[0]).toMatchObject({ total: 6.5 });
  });

  it('counts by reason what it cannot place, and what is out of sight apart', () => {
    const rows = [[NaN, 80], [Infinity, 80], [0, -1], [0, 70000], [0, 80, 0, NaN], [0, 80, 0, 0], [-1, 80], [10_000, 80], [9999, 80]] as const; // prettier-ignore
    const { cells, refused, outside } = bin(points(rows), COLUMNS, logRows(64));
    expect(refused).toEqual({ time: 2, port: 2, count: 2 });
    expect(outside).toBe(2);
    expect(cells.length).toBe(1);
  });

  it('makes no cells of nothing', () => {
    const { cells, refused } = bin(points([]), COLUMNS, logRows(64));
    expect(cells).toMatchObject({ length: 0, classes: [] });
    expect(refused).toEqual({ time: 0, port: 0, count: 0 });
  });

  it('loses and doubles nothing: cells, refused and outside add up to the points', () => {
    const row = fc.tuple(
      fc.oneof(fc.integer({ min: -2000, max: 12_000 }), fc.constant(NaN)),
      fc.integer({ min: -5, max: 65_540 }),
      fc.constantFrom(0, 1, 4, 16)
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 200 }), fc.constantFrom(1, 16, 64, 4096), (rows, perOctave) => {
        const { cells, refused, outside } = bin(points(rows), COLUMNS, logRows(perOctave));
        const counted = cells.classes.reduce((sum, one) => sum + one.counts.reduce((a, b) => a + b, 0), 0);
        expect(counted + refused.time + refused.port + refused.count + outside).toBe(rows.length);
        const keys = Array.from(cells.x0, (x, i) => x * 100_000 + cells.y0[i]!);
        expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
      }),
      { seed: 6 }
    );
  });
});
