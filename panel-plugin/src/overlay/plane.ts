import { fromTop, octave, rowMiddle, type PortScale } from '../scale/port';
import type { TimeScale } from '../scale/time';

/** The plotted rectangle in CSS pixels, with the scales that the cells are painted by. */
export interface Plane {
  readonly time: TimeScale;
  readonly ports: PortScale;
  readonly width: number;
  readonly height: number;
}

/** CSS pixels from the plane's left and top; edges may lie outside of it. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels from the left of a time. */
export function xOf({ time, width }: Plane, ms: number): number {
  return ((ms - time.from) / (time.to - time.from)) * width;
}

/** Pixels from the top of the lower edge of a port's row. */
export function edgeOf({ ports, height }: Plane, port: number): number {
  return fromTop(ports, octave(port)) * height;
}

/** Pixels from the top of the middle of a port's row: where its dots lie. */
export function yOf({ ports, height }: Plane, port: number): number {
  return fromTop(ports, rowMiddle(port)) * height;
}

/** What a span of time and ports covers; both ports are in it. */
export function rectOf(plane: Plane, start: number, end: number, minPort: number, maxPort: number): Rect {
  return {
    left: xOf(plane, start),
    right: xOf(plane, end),
    top: edgeOf(plane, maxPort + 1),
    bottom: edgeOf(plane, minPort),
  };
}

export function inSight({ width, height }: Plane, rect: Rect): boolean {
  return rect.right >= 0 && rect.left <= width && rect.bottom > 0 && rect.top < height;
}

export function inside(rect: Rect, x: number, y: number): boolean {
  return x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom;
}
