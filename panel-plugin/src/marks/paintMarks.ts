import type { ScanInk } from '../overlay/ink';
import { edgeOf, inSight, xOf, type Plane, type Rect } from '../overlay/plane';
import type { Marks } from './readMarks';

/** The part of a canvas that is drawn on. */
export type MarkPen = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'stroke' | 'lineWidth' | 'strokeStyle' | 'lineJoin'
>;

/** A mark is a diamond around the place, at least so large that its dot shows inside; CSS pixels. */
const LEAST = 9;
const LINE = 1;
const HALO = 3;

/** Where the marks in sight go, on half pixels so that their lines are sharp. */
export function framesOf(marks: Marks, plane: Plane): Rect[] {
  const frames: Rect[] = [];
  for (let i = 0; i < marks.length; i++) {
    const rect = grown({
      left: xOf(plane, marks.from[i]!),
      right: xOf(plane, marks.to[i]!),
      top: edgeOf(plane, marks.y1[i]!),
      bottom: edgeOf(plane, marks.y0[i]!),
    });
    if (inSight(plane, rect)) {
      frames.push(rect);
    }
  }
  return frames;
}

function grown({ left, right, top, bottom }: Rect): Rect {
  const wide = Math.max(0, LEAST - (right - left)) / 2;
  const high = Math.max(0, LEAST - (bottom - top)) / 2;
  const sharp = (at: number) => Math.round(at) + 0.5;
  return { left: sharp(left - wide), right: sharp(right + wide), top: sharp(top - high), bottom: sharp(bottom + high) };
}

/**
 * Diamonds around what is marked: a shape that no cell and no finding has, so that it needs no colour to be told. All
 * halos come first, so that none covers a neighbour's line.
 */
export function paintMarks(pen: MarkPen, frames: readonly Rect[], { ink }: { ink: ScanInk }): void {
  pen.lineJoin = 'miter';
  for (const [width, style] of [[HALO, ink.halo] as const, [LINE, ink.line.single] as const]) {
    pen.lineWidth = width;
    pen.strokeStyle = style;
    pen.beginPath();
    for (const { left, right, top, bottom } of frames) {
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      pen.moveTo(x, top);
      pen.lineTo(right, y);
      pen.lineTo(x, bottom);
      pen.lineTo(left, y);
      pen.closePath();
    }
    pen.stroke();
  }
}
