import type { Cells } from '../cells';
import type { Palette } from '../colour/palette';
import type { View } from '../paint';
import { edgePixels } from '../scale/port';
import type { Stripe } from './ring';

/** Cells that glow after one push; of more, the newest do: a flood shines without each of its probes. */
const MOST = 300;
const FADE_MS = 1_200;
/** Wider than this (late events of long ago among new ones) a canvas is not worth its memory; pixels. */
const WIDEST = 400;
/** Halo around a dot, device pixels, and how bright its colour is. */
const HALO = 4;
const HALO_LEVEL = 0.4;

/** Whether the viewer wants no motion. */
export function isStill(): boolean {
  return globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? false;
}

/**
 * Lights up cells on a canvas that lies over the raster, and lets it fade: drawn once, and faded by the compositor.
 * @param stripe of the raster that the cells lie in
 * @param ratio device pixels a CSS pixel
 */
export function glow(
  canvas: HTMLCanvasElement,
  cells: Cells,
  view: View,
  stripe: Stripe,
  palette: Palette,
  shown: (id: number) => boolean,
  ratio: number
): void {
  const left = Math.max(stripe.left, stripe.left + stripe.width - WIDEST) - HALO;
  const width = stripe.left + stripe.width - left + HALO;
  const context = canvas.getContext('2d');
  if (!context || width <= 2 * HALO) {
    return;
  }
  canvas.width = width;
  canvas.height = view.height;
  canvas.style.left = `${left / ratio}px`;
  canvas.style.width = `${width / ratio}px`;
  const { from, to } = view.time;
  const perMs = view.width / (to - from);
  const edges = edgePixels(view.ports, view.height);
  for (let i = Math.max(0, cells.length - MOST); i < cells.length; i++) {
    const one = cells.classes.find((each) => each.counts[i]! > 0 && shown(each.id));
    const x = ((cells.x0[i]! + cells.x1[i]!) / 2 - from) * perMs - left;
    const y = (edges[cells.y0[i]!]! + edges[cells.y1[i]!]!) / 2;
    if (one && x > 0) {
      context.globalAlpha = 0.35;
      context.fillStyle = palette.css(one.id, HALO_LEVEL);
      disc(context, x, y, view.dot / 2 + HALO);
      context.globalAlpha = 1;
      context.fillStyle = palette.css(one.id, 1);
      disc(context, x, y, view.dot / 2 + 1);
    }
  }
  canvas.getAnimations?.().forEach((animation) => animation.cancel());
  canvas.animate?.([{ opacity: 1 }, { opacity: 0 }], { duration: FADE_MS, easing: 'ease-out', fill: 'forwards' });
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}
