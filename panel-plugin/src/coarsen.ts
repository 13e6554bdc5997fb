import { bin, logRows, type Points } from './bin';
import type { Cells } from './cells';

/**
 * Merges rows of a grid that are too fine for the panel's height, by a whole factor, so that every row stays as tall
 * as its neighbours. A query knows a panel's width but never its height; this makes up for it.
 * @param rowsPerOctave of the grid as it came, @param wanted at most after it
 * @returns the grid itself when its rows are tall enough or do not divide
 */
export function coarsen(cells: Cells, stepMs: number, rowsPerOctave: number, wanted: number): Coarsened {
  const factor = [2, 4, 8, 16, 32, 64].find((n) => rowsPerOctave / n <= wanted);
  if (cells.length === 0 || rowsPerOctave <= wanted || factor === undefined || rowsPerOctave % factor !== 0) {
    return { cells, rowsPerOctave };
  }
  const merged = rowsPerOctave / factor;
  const from = cells.x0[0]!;
  const length = Math.round((cells.x0[cells.length - 1]! - from) / stepMs) + 1;
  return { cells: bin(pointsOf(cells), { from, step: stepMs, length }, logRows(merged)).cells, rowsPerOctave: merged };
}

export interface Coarsened {
  readonly cells: Cells;
  readonly rowsPerOctave: number;
}

/** One point a cell and class, at the cell's lower left corner. */
function pointsOf(cells: Cells): Points {
  let length = 0;
  for (const { counts } of cells.classes) {
    for (let i = 0; i < cells.length; i++) {
      length += counts[i]! > 0 ? 1 : 0;
    }
  }
  const time = new Float64Array(length);
  const port = new Int32Array(length);
  const klass = new Uint8Array(length);
  const count = new Float64Array(length);
  let at = 0;
  for (const { id, counts } of cells.classes) {
    for (let i = 0; i < cells.length; i++) {
      if (counts[i]! > 0) {
        time[at] = cells.x0[i]!;
        port[at] = cells.y0[i]!;
        klass[at] = id;
        count[at++] = counts[i]!;
      }
    }
  }
  return { length, time, port, klass, count };
}
