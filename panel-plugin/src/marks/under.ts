import { lowerBound, type Cells } from '../cells';
import type { Marks } from './readMarks';

/** Calls back with each mark that shares time and ports with a cell's, until told `true`. */
function over(marks: Marks, from: number, to: number, y0: number, y1: number, found: (mark: number) => boolean): void {
  const end = lowerBound(marks.from, to, marks.length);
  for (let i = lowerBound(marks.from, from - marks.widest, marks.length); i < end; i++) {
    if (marks.to[i]! > from && marks.y0[i]! < y1 && marks.y1[i]! > y0 && found(i)) {
      return;
    }
  }
}

/** The mark that says most about a place: the one with the highest score; −1 when there is none. */
export function markOver(marks: Marks, from: number, to: number, y0: number, y1: number): number {
  let best = -1;
  over(marks, from, to, y0, y1, (i) => {
    if (best < 0 || marks.score[i]! > marks.score[best]!) {
      best = i;
    }
    return false;
  });
  return best;
}

/** The cells that lie under a mark, the others left out. */
export function onlyMarked(cells: Cells, marks: Marks): Cells {
  const kept = new Uint32Array(cells.length);
  let length = 0;
  for (let i = 0; i < cells.length; i++) {
    let marked = false;
    over(marks, cells.x0[i]!, cells.x1[i]!, cells.y0[i]!, cells.y1[i]!, () => (marked = true));
    if (marked) {
      kept[length++] = i;
    }
  }
  const rows = kept.subarray(0, length);
  const numbers = (from: Float64Array) => Float64Array.from(rows, (row) => from[row]!);
  const edges = (from: Uint32Array) => Uint32Array.from(rows, (row) => from[row]!);
  return {
    length,
    x0: numbers(cells.x0),
    x1: numbers(cells.x1),
    y0: edges(cells.y0),
    y1: edges(cells.y1),
    widest: cells.widest,
    classes: cells.classes
      .map((one) => {
        const counts = numbers(one.counts);
        return { ...one, counts, total: counts.reduce((sum, n) => sum + n, 0) };
      })
      .filter((one) => one.total > 0),
  };
}
