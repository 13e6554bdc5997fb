import { lowerBound, type Cells } from './cells';
import type { View } from './paint';
import { fromTop, octave } from './scale/port';

/**
 * The cell under a pixel, or the nearest one within `reach`; −1 when there is none. A cell that holds the pixel wins
 * over nearer middles; cells without shown events are not there.
 * @param x @param y in the view's pixels, from its left and top
 * @param reach how far from a cell's edge the pointer may be, same unit
 */
export function hit(
  cells: Cells,
  view: View,
  shown: (id: number) => boolean,
  x: number,
  y: number,
  reach: number
): number {
  const perMs = view.width / (view.time.to - view.time.from);
  const at = view.time.from + x / perMs;
  const slack = (reach + view.dot) / perMs;
  const classes = cells.classes.filter((one) => shown(one.id));
  const end = lowerBound(cells.x0, at + slack, cells.length);
  let best = -1;
  let bestDistance = Infinity;
  for (let i = lowerBound(cells.x0, at - slack - cells.widest, cells.length); i < end; i++) {
    const left = (cells.x0[i]! - view.time.from) * perMs;
    const right = (cells.x1[i]! - view.time.from) * perMs;
    const bottom = fromTop(view.ports, octave(cells.y0[i]!)) * view.height;
    const top = fromTop(view.ports, octave(cells.y1[i]!)) * view.height;
    const outside = Math.hypot(beyond(x, left, right, view.dot), beyond(y, top, bottom, view.dot));
    if (outside > reach || !classes.some((one) => one.counts[i]! > 0)) {
      continue;
    }
    const toMiddle = Math.hypot(x - (left + right) / 2, y - (top + bottom) / 2);
    // Inside beats outside by more than any distance on screen
    const distance = outside * 1e6 + toMiddle;
    if (distance < bestDistance) {
      best = i;
      bestDistance = distance;
    }
  }
  return best;
}

/** How far `at` lies outside [from, to], which is at least a dot wide; 0 inside. */
function beyond(at: number, from: number, to: number, dot: number): number {
  const grow = Math.max(0, (dot - (to - from)) / 2);
  return Math.max(from - grow - at, at - to - grow, 0);
}
