import { clip, distance, pointAt, type Line } from './line';
import { inside, inSight, rectOf, xOf, yOf, type Plane, type Rect } from './plane';
import type { Scan } from './scan';
import { styleOf } from './style';

/** A finding in pixels. */
export type Shape =
  | {
      readonly form: 'curve';
      /** The parts in sight. */
      readonly lines: readonly Line[];
      /** The point from which it goes on, when that is in sight. */
      readonly open: Line | undefined;
      readonly bounds: Rect;
    }
  | {
      readonly form: 'box' | 'band';
      /** A little outside of what it holds, so that no dot is covered; cut at the plot's edges. */
      readonly bounds: Rect;
      /** Whether its start and its end are drawn: not when they are out of sight, and no end while it goes on. */
      readonly start: boolean;
      readonly end: boolean;
      readonly top: boolean;
      readonly bottom: boolean;
      readonly open: boolean;
    };

/** Room between a box and the dots in it. */
const MARGIN = 4;
/** A band taller than this is drawn as the box that it is. */
const TALLEST_BAND = 24;
/** Length of the dotted mark at a finding that goes on. */
export const ONWARD = 14;

/** What is drawn of a finding; undefined when nothing of it is in sight. */
export function shapeOf(scan: Scan, plane: Plane): Shape | undefined {
  const rect = rectOf(plane, scan.start, scan.end, scan.minPort, scan.maxPort);
  if (!inSight(plane, rect)) {
    return undefined;
  }
  const { form } = styleOf(scan.kind);
  if (form === 'curve' && scan.curve.length > 1 && scan.order !== 'random' && scan.order !== 'mixed') {
    return curve(scan, plane, rect);
  }
  const tall = rect.bottom - rect.top > TALLEST_BAND;
  return box(scan, plane, rect, form === 'band' && !tall ? 'band' : 'box');
}

/** Knots to pixels, straight between them: what is straight on the log axis stays so. */
export function lineOf(scan: Scan, plane: Plane): Line {
  const line = new Float64Array(scan.curve.length * 2);
  scan.curve.forEach(([time, port], i) => {
    line[2 * i] = xOf(plane, time);
    line[2 * i + 1] = yOf(plane, port);
  });
  return line;
}

function curve(scan: Scan, plane: Plane, rect: Rect): Shape | undefined {
  const { width, height } = plane;
  const line = lineOf(scan, plane);
  const lines = clip(line, width, height);
  if (lines.length === 0) {
    return undefined;
  }
  const [x, y] = [line[line.length - 2]!, line[line.length - 1]!];
  const visible = scan.ongoing && x >= 0 && x <= width && y >= 0 && y <= height;
  const open = visible ? Float64Array.of(x, y, Math.min(x + ONWARD, width), y) : undefined;
  return { form: 'curve', lines, open, bounds: cut(rect, width, height) };
}

function box(scan: Scan, { width, height }: Plane, rect: Rect, form: 'box' | 'band'): Shape {
  const grown = {
    left: rect.left - MARGIN,
    right: rect.right + MARGIN,
    top: rect.top - MARGIN,
    bottom: rect.bottom + MARGIN,
  };
  // An edge that lies within the margin of the plot's own is drawn on it: the finding itself is whole in sight
  return {
    form,
    bounds: cut(grown, width, height),
    start: rect.left >= 0,
    end: rect.right <= width && !scan.ongoing,
    top: rect.top >= -1,
    bottom: rect.bottom <= height + 1,
    open: scan.ongoing && rect.right <= width,
  };
}

function cut(rect: Rect, width: number, height: number): Rect {
  return {
    left: Math.max(rect.left, 0),
    right: Math.min(rect.right, width),
    top: Math.max(rect.top, 0),
    bottom: Math.min(rect.bottom, height),
  };
}

/** How far a point lies from what is drawn of a shape; Infinity when that is nowhere near. */
export function distanceTo(shape: Shape, x: number, y: number): number {
  if (shape.form === 'curve') {
    return Math.min(...shape.lines.map((line) => distance(line, x, y)));
  }
  const { left, right, top, bottom } = shape.bounds;
  const across = Math.max(left - x, x - right, 0);
  const down = Math.max(top - y, y - bottom, 0);
  // Inside a box that is too small to have an inside, its edges are near all the same
  return Math.min(
    shape.start ? Math.hypot(x - left, down) : Infinity,
    shape.end ? Math.hypot(x - right, down) : Infinity,
    shape.top ? Math.hypot(y - top, across) : Infinity,
    // A band has no line there, and the cells of its port can be pointed at
    shape.bottom && shape.form === 'box' ? Math.hypot(y - bottom, across) : Infinity
  );
}

/** Whether a point lies in what a finding covers. A curve covers nothing. */
export function covers(shape: Shape, x: number, y: number): boolean {
  return shape.form !== 'curve' && inside(shape.bounds, x, y);
}

/** A point of a shape, for a tooltip that follows no pointer: in the middle of a curve, at the end of a box. */
export function anchorOf(shape: Shape): { x: number; y: number } {
  if (shape.form !== 'curve') {
    const { right, top, bottom } = shape.bounds;
    return { x: right, y: (top + bottom) / 2 };
  }
  return pointAt(shape.lines[0]!, 0.5);
}
