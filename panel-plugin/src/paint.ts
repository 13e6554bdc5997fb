import { lowerBound, type Cells, type ClassCounts } from './cells';
import { levelOf, type Leveller } from './colour/level';
import { LEVELS, pixelOf, type Palette } from './colour/palette';
import { edgePixels, type PortScale } from './scale/port';
import type { TimeScale } from './scale/time';

/** Where cells go: the plotted rectangle in device pixels, and how large the smallest dot is. */
export interface View {
  readonly time: TimeScale;
  readonly ports: PortScale;
  readonly width: number;
  readonly height: number;
  /** Least width and height of a cell, whole device pixels, at least 1. */
  readonly dot: number;
  /**
   * Most height of a cell of one port, device pixels, unless it is as wide: the rows of the lowest ports are tall, and
   * would outshine all others for one probe each. Hover still takes the whole row.
   */
  readonly tall: number;
}

/**
 * The painted raster. `pixels` is what ImageData holds; `rank` remembers how bright each pixel's cell was, so that
 * the brightest wins whatever the order, and cells can be added later without painting the rest again.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array;
  readonly rank: Uint16Array;
}

export function raster(width: number, height: number, pixels = new Uint32Array(width * height)): Raster {
  return { width, height, pixels, rank: new Uint16Array(width * height) };
}

export function wipe(target: Raster): void {
  target.pixels.fill(0);
  target.rank.fill(0);
}

export interface Ink {
  readonly palette: Palette;
  readonly level: Leveller;
  readonly shown: (id: number) => boolean;
}

/**
 * Paints cells into a raster of the view's size. Cells are sorted by time, so only those in sight are visited.
 * A cell smaller than a dot is painted as a dot around its middle, all of one size: no moiré, and no lone probe lost.
 * @param first index of the first cell to paint: what was painted before stays
 * @returns how many cells were painted
 */
export function paint(cells: Cells, view: View, ink: Ink, target: Raster, first = 0): number {
  const { width, height, dot, tall } = view;
  const { from, to } = view.time;
  const { x0, x1, y0, y1 } = cells;
  const { pixels, rank } = target;
  const edges = edgePixels(view.ports, height);
  const perMs = width / (to - from);
  const brush: Brush = { classes: shownClasses(cells, ink.shown), pixel: 0, key: 0 };
  const start = Math.max(first, lowerBound(x0, from - cells.widest, cells.length));
  const end = lowerBound(x0, to, cells.length);
  let painted = 0;
  for (let i = start; i < end; i++) {
    let left = (x0[i]! - from) * perMs;
    let right = (x1[i]! - from) * perMs;
    let top = edges[y1[i]!]!;
    let bottom = edges[y0[i]!]!;
    if (right <= 0 || bottom <= 0 || top >= height || !dip(brush, i, ink)) {
      continue;
    }
    if (right - left < dot) {
      left = within(Math.round((left + right - dot) / 2), width - dot);
      right = left + dot;
    }
    if (bottom - top < dot) {
      top = within(Math.round((top + bottom - dot) / 2), height - dot);
      bottom = top + dot;
    } else if (bottom - top > tall && bottom - top > right - left && y1[i]! - y0[i]! === 1) {
      const half = Math.max(tall, right - left) / 2;
      const middle = (top + bottom) / 2;
      top = middle - half;
      bottom = middle + half;
    }
    const { pixel, key } = brush;
    const l = Math.max(0, Math.round(left));
    const r = Math.min(width, Math.round(right));
    const b = Math.min(height, Math.round(bottom));
    for (let y = Math.max(0, Math.round(top)); y < b; y++) {
      const stop = y * width + r;
      for (let at = y * width + l; at < stop; at++) {
        if (key > rank[at]!) {
          rank[at] = key;
          pixels[at] = pixel;
        }
      }
    }
    painted++;
  }
  return painted;
}

/** Keeps a dot whole at the edge of the plot. */
function within(at: number, most: number): number {
  return at < 0 ? 0 : at > most ? most : at;
}

/** What the next cell is painted with; one object for the whole run. */
interface Brush {
  readonly classes: readonly ClassCounts[];
  pixel: number;
  key: number;
}

/** Classes to paint, most frequent first: of two equally bright cells on one pixel the rarer class wins. */
function shownClasses(cells: Cells, shown: (id: number) => boolean): ClassCounts[] {
  return cells.classes.filter((one) => shown(one.id)).sort((a, b) => b.total - a.total || a.id - b.id);
}

/** Most classes a frame may have; the low bits of a pixel's rank tell them apart. */
const RANKS = 32;

/** Loads the brush for a cell: the mix of its classes by their shares, at the brightness of their sum. */
function dip(brush: Brush, cell: number, ink: Ink): boolean {
  const { classes } = brush;
  let total = 0;
  let present = 0;
  let rarest = 0;
  for (let c = 0; c < classes.length; c++) {
    const n = classes[c]!.counts[cell]!;
    if (n > 0) {
      total += n;
      present++;
      rarest = c;
    }
  }
  if (present === 0) {
    return false;
  }
  const level = levelOf(ink.level, total);
  brush.key = (level + 1) * RANKS + rarest;
  brush.pixel =
    present === 1
      ? ink.palette.pixels[classes[rarest]!.id * LEVELS + level]!
      : mixed(classes, cell, total, level, ink.palette.lab);
  return true;
}

function mixed(classes: readonly ClassCounts[], cell: number, total: number, level: number, lab: Float32Array): number {
  let L = 0;
  let a = 0;
  let b = 0;
  for (let c = 0; c < classes.length; c++) {
    const share = classes[c]!.counts[cell]! / total;
    if (share > 0) {
      const at = (classes[c]!.id * LEVELS + level) * 3;
      L += share * lab[at]!;
      a += share * lab[at + 1]!;
      b += share * lab[at + 2]!;
    }
  }
  return pixelOf(L, a, b);
}
