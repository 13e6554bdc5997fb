import type { ClassId } from './classes';

/**
 * What is painted: rectangles of time × port with a count a class, as columns, sorted by left edge.
 * All edges are half-open. Ports are whole numbers; the row [0, 1) is "no port".
 */
export interface Cells {
  readonly length: number;
  /** Left and right edge, epoch ms. */
  readonly x0: Float64Array;
  readonly x1: Float64Array;
  /** Lowest port in the cell, and one past the highest (at most 65536). */
  readonly y0: Uint32Array;
  readonly y1: Uint32Array;
  readonly classes: readonly ClassCounts[];
  /** Width of the widest cell, ms: how far left of a time a search must start. */
  readonly widest: number;
}

export interface ClassCounts {
  readonly id: ClassId;
  readonly name: string;
  /** One number a cell. */
  readonly counts: Float64Array;
  readonly total: number;
}

export const NO_CELLS: Cells = {
  length: 0,
  x0: new Float64Array(),
  x1: new Float64Array(),
  y0: new Uint32Array(),
  y1: new Uint32Array(),
  classes: [],
  widest: 0,
};

/** One past the last port: the upper end of the port axis. */
export const PORTS_END = 65536;

/** First index in sorted `values` whose value is not below `wanted`. */
export function lowerBound(values: Float64Array, wanted: number, end = values.length): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
