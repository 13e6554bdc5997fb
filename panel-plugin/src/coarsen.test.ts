// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { bin, logRows, type Points } from './bin';
import { coarsen } from './coarsen';

const COLUMNS = { from: 0, step: 60_000, length: 5 };
const length = 2000;
const POINTS: Points = {
  length,
  time: Float64Array.from({ length }, (_, i) => (i * 149) % 300_000),
  port: Int32Array.from({ length }, (_, i) => (i * 7919) % 65_536),
  klass: Uint8Array.from({ length }, (_, i) => i % 2),
};
const fine = bin(POINTS, COLUMNS, logRows(64)).cells;

describe('coarsen', () => {
  it.each([32, 16, 8])('gives what binning into %i rows an octave gives', (rows) => {
    const merged = coarsen(fine, 60_000, 64, rows);
    expect(merged.rowsPerOctave).toBe(rows);
    expect(merged.cells).toEqual(bin(POINTS, COLUMNS, logRows(rows)).cells);
  });

  it('leaves a grid alone that is coarse enough', () => {
    expect(coarsen(fine, 60_000, 64, 64)).toEqual({ cells: fine, rowsPerOctave: 64 });
    expect(coarsen(fine, 60_000, 64, 100).cells).toBe(fine);
  });

  it('leaves a grid alone whose rows do not divide', () => {
    expect(coarsen(fine, 60_000, 33, 16)).toEqual({ cells: fine, rowsPerOctave: 33 });
  });
});
