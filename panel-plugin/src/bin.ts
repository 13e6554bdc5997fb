import { PORTS_END, type Cells, type ClassCounts } from './cells';
import { CLASS_IDS, className } from './classes';

/** Probes as columns, in any order. */
export interface Points {
  readonly length: number;
  /** Epoch ms; NaN where the row has no time. */
  readonly time: Float64Array;
  /** 0…65535 (0: no port); negative where the row has none that can be read. */
  readonly port: Int32Array;
  readonly klass: Uint8Array;
  /** Events a row stands for; missing means one each. */
  readonly count?: Float64Array;
}

/** Rows of ports: which row each port falls in, and each row's edges. */
export interface Rows {
  readonly length: number;
  /** Row of ports 0…65535, or `OUTSIDE`. */
  readonly of: Uint32Array;
  /** Edges: row r holds ports [edges[r], edges[r + 1]). */
  readonly edges: Uint32Array;
}

export const OUTSIDE = 0xffffffff;

/** Columns of time: column c is [from + c·step, from + (c + 1)·step). */
export interface Columns {
  readonly from: number;
  readonly step: number;
  readonly length: number;
}

/** How many rows could not be placed, by reason. Rows outside the grid are not refused but merely out of sight. */
export interface Refused {
  readonly time: number;
  readonly port: number;
  readonly count: number;
}

export interface Binned {
  readonly cells: Cells;
  readonly refused: Refused;
  /** Rows (not events) outside the grid. */
  readonly outside: number;
}

/** Rows of a log axis over [from, to): `perOctave` bins an octave, as the store's pyramid cuts them, never finer than a port. */
export function logRows(perOctave: number, from = 0, to = PORTS_END): Rows {
  const of = new Uint32Array(PORTS_END).fill(OUTSIDE);
  const edges: number[] = [];
  let bin = Number.NaN;
  for (let port = Math.max(0, from); port < Math.min(to, PORTS_END); port++) {
    const own = port === 0 ? -1 : Math.floor(perOctave * Math.log2(port));
    if (own !== bin) {
      bin = own;
      edges.push(port);
    }
    of[port] = edges.length - 1;
  }
  const length = edges.length;
  edges.push(Math.min(to, PORTS_END));
  return { length, of, edges: Uint32Array.from(edges) };
}

/**
 * Counts points into a grid and keeps the occupied cells, sorted by time, then port.
 * Costs one pass over the grid and two over the points; nothing is allocated per point.
 */
export function bin(points: Points, columns: Columns, rows: Rows): Binned {
  const { time, port, klass, count, length } = points;
  const slots = columns.length * rows.length;
  const cellOf = new Uint32Array(slots);
  const slotOf = new Uint32Array(length).fill(OUTSIDE);
  const seen = new Uint8Array(CLASS_IDS);
  let noTime = 0;
  let noPort = 0;
  let noCount = 0;
  let outside = 0;
  const { from, step } = columns;
  for (let i = 0; i < length; i++) {
    const t = time[i]!;
    const p = port[i]!;
    if (!Number.isFinite(t)) {
      noTime++;
    } else if (!(p >= 0 && p < PORTS_END)) {
      noPort++;
    } else if (count !== undefined && !(count[i]! > 0)) {
      noCount++;
    } else {
      const column = Math.floor((t - from) / step);
      const row = rows.of[p]!;
      if (column < 0 || column >= columns.length || row === OUTSIDE) {
        outside++;
      } else {
        const slot = column * rows.length + row;
        slotOf[i] = slot;
        cellOf[slot] = 1;
        seen[klass[i]!] = 1;
      }
    }
  }
  const cells = layOut(cellOf, columns, rows);
  const classes = countClasses(points, slotOf, cellOf, seen, cells.x0.length);
  return {
    cells: { ...cells, length: cells.x0.length, classes, widest: columns.step },
    refused: { time: noTime, port: noPort, count: noCount },
    outside,
  };
}

/** Numbers the occupied slots in order, in place, and writes their edges. */
function layOut(cellOf: Uint32Array, columns: Columns, rows: Rows) {
  let length = 0;
  for (let slot = 0; slot < cellOf.length; slot++) {
    length += cellOf[slot]!;
  }
  const x0 = new Float64Array(length);
  const x1 = new Float64Array(length);
  const y0 = new Uint32Array(length);
  const y1 = new Uint32Array(length);
  let cell = 0;
  for (let column = 0, slot = 0; column < columns.length; column++) {
    const left = columns.from + column * columns.step;
    for (let row = 0; row < rows.length; row++, slot++) {
      if (cellOf[slot] !== 0) {
        x0[cell] = left;
        x1[cell] = left + columns.step;
        y0[cell] = rows.edges[row]!;
        y1[cell] = rows.edges[row + 1]!;
        cellOf[slot] = cell++;
      }
    }
  }
  return { x0, x1, y0, y1 };
}

function countClasses(
  points: Points,
  slotOf: Uint32Array,
  cellOf: Uint32Array,
  seen: Uint8Array,
  cells: number
): ClassCounts[] {
  const columns: Array<Float64Array | undefined> = Array.from(seen, (is) => (is ? new Float64Array(cells) : undefined));
  const totals = new Float64Array(CLASS_IDS);
  const { klass, count } = points;
  for (let i = 0; i < points.length; i++) {
    const slot = slotOf[i]!;
    if (slot !== OUTSIDE) {
      const n = count === undefined ? 1 : count[i]!;
      const id = klass[i]!;
      columns[id]![cellOf[slot]!]! += n;
      totals[id]! += n;
    }
  }
  const classes: ClassCounts[] = [];
  columns.forEach((counts, id) => {
    if (counts !== undefined) {
      classes.push({ id, name: className(id), counts, total: totals[id]! });
    }
  });
  return classes;
}
