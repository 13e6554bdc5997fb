import { DataFrameType, type DataFrame, type Field } from '@grafana/data';
import { PORTS_END, type Cells, type ClassCounts } from '../cells';
import { classFrom, className, UNTOLD } from '../classes';

/** What the data source tells about a grid, in `meta.custom`; all of it may be missing in frames of others. */
export interface GridMeta {
  readonly stepMs?: number;
  readonly rowsPerOctave?: number;
  /** The newest stored event, told when the answer is empty. */
  readonly newestMs?: number | null;
}

export function isCells(frame: DataFrame): boolean {
  return frame.meta?.type === DataFrameType.HeatmapCells && named(frame, 'yMin') !== undefined;
}

/** `meta.custom`, each value only if it has the type it should have. */
export function gridMeta(frame: DataFrame): GridMeta {
  const custom: Record<string, unknown> = frame.meta?.custom ?? {};
  const number = (key: string): number | undefined =>
    typeof custom[key] === 'number' && Number.isFinite(custom[key]) ? custom[key] : undefined;
  return {
    stepMs: number('stepMs'),
    rowsPerOctave: number('rowsPerOctave'),
    newestMs: number('newestMs') ?? null,
  };
}

/**
 * Columns from a `heatmap-cells` frame with `xMax`, `yMin`, `yMax`, `count` and one field a class (label `class`).
 * Rows without a count (the two that pin the cell width for Grafana's own Heatmap) are left out. A frame without
 * class fields becomes one class. Rows are put in order when they are not.
 */
export function cellsOf(frame: DataFrame): Cells {
  const right = named(frame, 'xMax');
  const x = (right ?? named(frame, 'xMin') ?? named(frame, 'x'))?.values ?? [];
  const yMin = named(frame, 'yMin')?.values ?? [];
  const yMax = named(frame, 'yMax')?.values ?? [];
  const classFields = classFieldsOf(frame);
  const rows = orderOf(x, yMin, yMax, classFields);
  const step = gridMeta(frame).stepMs ?? narrowestGap(x);
  const length = rows.length;
  const cells = {
    length,
    x0: new Float64Array(length),
    x1: new Float64Array(length),
    y0: new Uint32Array(length),
    y1: new Uint32Array(length),
    widest: step,
  };
  const shift = right === undefined ? 0 : step;
  for (let i = 0; i < length; i++) {
    const row = rows[i]!;
    cells.x0[i] = x[row] - shift;
    cells.x1[i] = cells.x0[i]! + step;
    cells.y0[i] = edgeFrom(yMin[row]);
    cells.y1[i] = Math.max(cells.y0[i]! + 1, edgeFrom(yMax[row]));
  }
  const classes = classFields.map((one) => countsOf(one.id, one.field, rows)).filter((one) => one.total > 0);
  return { ...cells, classes };
}

function named(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name === name);
}

/** 0.5, where the strip without port begins, is edge 0. */
export function edgeFrom(value: number): number {
  return Math.min(Math.max(Math.floor(value), 0), PORTS_END);
}

interface ClassField {
  readonly id: number;
  readonly field: Field;
}

function classFieldsOf(frame: DataFrame): ClassField[] {
  const found: ClassField[] = [];
  for (const field of frame.fields) {
    const id = classFrom(field.labels?.class);
    if (id !== undefined) {
      found.push({ id, field });
    }
  }
  const count = named(frame, 'count') ?? named(frame, 'value');
  return found.length > 0 || count === undefined ? found : [{ id: UNTOLD, field: count }];
}

/** Row numbers of the cells to keep, by time. */
function orderOf(x: number[], yMin: number[], yMax: number[], classes: ClassField[]): Uint32Array {
  const rows = new Uint32Array(x.length);
  let length = 0;
  let sorted = true;
  let last = -Infinity;
  for (let row = 0; row < x.length; row++) {
    const t = x[row]!;
    if (Number.isFinite(t) && yMax[row]! > yMin[row]! && classes.some((one) => one.field.values[row] > 0)) {
      rows[length++] = row;
      sorted &&= t >= last;
      last = t;
    }
  }
  const kept = rows.subarray(0, length);
  return sorted ? kept : kept.sort((a, b) => x[a]! - x[b]!);
}

/** Cell width of a frame that does not tell it: the least distance of two times, or a minute. */
function narrowestGap(x: number[]): number {
  let least = Infinity;
  const times = Float64Array.from(x).sort();
  for (let i = 1; i < times.length; i++) {
    const gap = times[i]! - times[i - 1]!;
    if (gap > 0 && gap < least) {
      least = gap;
    }
  }
  return Number.isFinite(least) ? least : 60_000;
}

function countsOf(id: number, field: Field, rows: Uint32Array): ClassCounts {
  const counts = new Float64Array(rows.length);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const n = field.values[rows[i]!];
    if (n > 0) {
      counts[i] = n;
      total += n;
    }
  }
  return { id, name: className(id), counts, total };
}
