// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { bin, logRows } from './bin';
import { hit } from './hit';
import type { View } from './paint';
import { fromTop, portScale, rowMiddle } from './scale/port';

const VIEW: View = {
  time: { from: 0, to: 100_000 },
  ports: portScale(1, 65536),
  width: 1000,
  height: 800,
  dot: 2,
  tall: 8,
};
const all = () => true;

/** Cells of 1 s (10 px) for [second, port, class]. */
function cells(rows: ReadonlyArray<readonly [number, number, number?]>) {
  const points = {
    length: rows.length,
    time: Float64Array.from(rows, (row) => row[0] * 1000),
    port: Int32Array.from(rows, (row) => row[1]),
    klass: Uint8Array.from(rows, (row) => row[2] ?? 0),
  };
  return bin(points, { from: 0, step: 1000, length: 100 }, logRows(64)).cells;
}

const yOf = (port: number) => fromTop(VIEW.ports, rowMiddle(port)) * VIEW.height;

describe('hit', () => {
  it('finds the cell under the pointer', () => {
    const grid = cells([[10, 22], [50, 443], [50, 22]]); // prettier-ignore
    const index = hit(grid, VIEW, all, 505, yOf(443), 4);
    expect([grid.x0[index], grid.y0[index]]).toEqual([50_000, 440]);
  });

  it('takes the whole row of a low port, painted or not', () => {
    const grid = cells([[10, 1]]);
    const middle = yOf(1);
    expect([hit(grid, VIEW, all, 105, middle - 20, 0), hit(grid, VIEW, all, 105, middle + 20, 0)]).toEqual([0, 0]);
  });

  it('reaches a few pixels, and no further', () => {
    const grid = cells([[10, 5000]]);
    const y = yOf(5000);
    expect(hit(grid, VIEW, all, 100 - 4, y, 4)).toBe(0);
    expect(hit(grid, VIEW, all, 100 - 5, y, 4)).toBe(-1);
    expect(hit(grid, VIEW, all, 105, y - 8, 4)).toBe(-1);
  });

  it('prefers the cell that holds the pointer to one whose middle is nearer', () => {
    const grid = cells([[10, 1], [10, 2]]); // prettier-ignore
    const justBelow = fromTop(VIEW.ports, 1) * VIEW.height + 1;
    expect(grid.y0[hit(grid, VIEW, all, 105, justBelow, 4)]).toBe(1);
    expect(grid.y0[hit(grid, VIEW, all, 105, justBelow - 2, 4)]).toBe(2);
  });

  it('of several in reach takes the nearest', () => {
    const grid = cells([[10, 5000], [12, 5000]]); // prettier-ignore
    expect(grid.x0[hit(grid, VIEW, all, 113, yOf(5000), 9)]).toBe(10_000);
    expect(grid.x0[hit(grid, VIEW, all, 117, yOf(5000), 9)]).toBe(12_000);
  });

  it('passes over what the legend hides', () => {
    const grid = cells([[10, 53, 1]]);
    expect(hit(grid, VIEW, (id) => id !== 1, 105, yOf(53), 4)).toBe(-1);
    expect(hit(grid, VIEW, all, 105, yOf(53), 4)).toBe(0);
  });

  it('finds nothing in nothing', () => {
    expect(hit(cells([]), VIEW, all, 5, 5, 4)).toBe(-1);
  });
});
