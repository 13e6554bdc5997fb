import type { Cells } from '../cells';
import { paint, raster, type Ink, type Raster, type View } from '../paint';
import type { TimeScale } from '../scale/time';

/** How much longer than the window the raster is: while the window slides along it, only what is new is painted. */
const LONGER = 0.25;

/** Pixels of a raster that were painted, from its left. */
export interface Stripe {
  readonly left: number;
  readonly width: number;
}

/** A raster that reaches beyond the right edge of a window, with what is painted on it. */
export class Ring {
  readonly view: View;
  readonly raster: Raster;
  private readonly window: View;

  /** @param window what is in view now; the raster begins with it */
  constructor(window: View, pixels?: Uint32Array<ArrayBuffer>) {
    const width = widthOf(window);
    const perMs = window.width / (window.time.to - window.time.from);
    const from = window.time.from;
    this.window = window;
    this.view = { ...window, width, time: { from, to: from + width / perMs } };
    this.raster = raster(width, window.height, pixels);
  }

  /** Whether a later window of the same scales lies on the raster. */
  holds(window: View): boolean {
    const { time, ports, width, height, dot, tall } = this.window;
    return (
      window.ports === ports &&
      window.width === width &&
      window.height === height &&
      window.dot === dot &&
      window.tall === tall &&
      window.time.to - window.time.from === time.to - time.from &&
      window.time.from >= this.view.time.from &&
      window.time.to <= this.view.time.to
    );
  }

  /** How far right of the raster's left edge a window begins, its pixels. */
  offset({ from }: TimeScale): number {
    return Math.round((from - this.view.time.from) * this.perMs);
  }

  /** Paints over what is there. @returns the stripe that may have changed */
  paint(cells: Cells, ink: Ink): Stripe {
    paint(cells, this.view, ink, this.raster);
    return this.stripeOf(cells);
  }

  /** Where cells lie, dots that are wider than their cells included. */
  stripeOf(cells: Cells): Stripe {
    if (cells.length === 0) {
      return { left: 0, width: 0 };
    }
    const { from } = this.view.time;
    const { width, dot } = this.view;
    const left = Math.max(0, Math.floor((cells.x0[0]! - from) * this.perMs) - dot);
    const right = Math.min(width, Math.ceil((cells.x1[cells.length - 1]! - from) * this.perMs) + dot);
    return { left, width: Math.max(0, right - left) };
  }

  private get perMs(): number {
    return this.window.width / (this.window.time.to - this.window.time.from);
  }
}

/** Width of a window's raster, device pixels. */
export function widthOf(window: View): number {
  return Math.ceil(window.width * (1 + LONGER));
}
