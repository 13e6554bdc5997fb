import type { DataFrame } from '@grafana/data';
import type { Cells } from './cells';
import { cellsOf, gridMeta, isCells, type GridMeta } from './frames/cells';
import type { FieldNames } from './frames/fields';
import { probesOf, readable, type Probes, type Readable } from './frames/points';
import { isScans } from './overlay/readScans';

/**
 * What the panel got: cells counted by the data source, rows to count itself, or neither, with the reason.
 * `skipped` counts frames that are not in the picture and could have been.
 */
export type Input =
  | {
      readonly kind: 'cells';
      readonly cells: Cells;
      readonly grid: GridMeta;
      readonly refId: string | undefined;
      readonly skipped: number;
    }
  | { readonly kind: 'points'; readonly probes: Probes; readonly skipped: number }
  | { readonly kind: 'none'; readonly missing: 'data' | 'time' | 'port'; readonly fields: readonly string[] };

/**
 * Reads a panel's frames. The first frame of cells wins over rows, since rows beside it (annotations, a table) are
 * not what the picture is of. Findings (overlay/) are drawn over it and are no rows of it. Frames without time or port are passed over while another frame has both.
 */
export function readFrames(all: readonly DataFrame[], names: FieldNames = {}): Input {
  const frames = all.filter((frame) => !isScans(frame));
  const [cells, ...more] = frames.filter(isCells);
  if (cells) {
    return { kind: 'cells', cells: cellsOf(cells), grid: gridMeta(cells), refId: cells.refId, skipped: more.length };
  }
  const filled = frames.filter((frame) => frame.length > 0);
  const found: Readable[] = [];
  let missing: 'data' | 'time' | 'port' = 'data';
  for (const frame of filled) {
    const read = readable(frame, names);
    if (typeof read === 'object') {
      found.push(read);
    } else if (missing !== 'port') {
      missing = read;
    }
  }
  if (found.length > 0) {
    return { kind: 'points', probes: probesOf(found), skipped: filled.length - found.length };
  }
  return { kind: 'none', missing, fields: [...new Set(filled.flatMap((frame) => frame.fields.map((f) => f.name)))] };
}
