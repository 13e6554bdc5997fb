import { CLASS_IDS } from '../classes';
import { decode, encode, labToLinear, toHex } from './oklab';
import type { Scheme } from './schemes';

/** Steps of brightness: more than the eye tells apart in dots of two pixels. */
export const LEVELS = 64;

/**
 * A scheme worked out into look-up tables, so that painting a cell of one class is one read, and a mixed one three
 * weighted sums in OKLab.
 */
export interface Palette {
  /** Pixel (ABGR, as ImageData holds it on little-endian machines) of class c at level v: pixels[c·LEVELS + v]. */
  readonly pixels: Uint32Array;
  /** The same in OKLab, three numbers each. */
  readonly lab: Float32Array;
  /** CSS colour of a class at a level 0…1, for legend and tooltip. */
  css(id: number, level: number): string;
}

export function palette(scheme: Scheme): Palette {
  const pixels = new Uint32Array(CLASS_IDS * LEVELS);
  const lab = new Float32Array(CLASS_IDS * LEVELS * 3);
  for (let id = 0; id < CLASS_IDS; id++) {
    for (let v = 0; v < LEVELS; v++) {
      const colour = scheme.colour(id, v / (LEVELS - 1));
      const at = id * LEVELS + v;
      const [r, g, b] = labToLinear(colour).map((light) => Math.round(encode(light) * 255)) as [number, number, number];
      pixels[at] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
      lab.set([colour.L, colour.a, colour.b], at * 3);
    }
  }
  return { pixels, lab, css: (id, level) => toHex(scheme.colour(id, level)) };
}

/** sRGB byte of linear light in 4096 steps: finer than a byte's steps everywhere but in the deepest shadows. */
const BYTES = Uint8Array.from({ length: 4097 }, (_, i) => Math.round(encode(i / 4096) * 255));

/** Pixel of an OKLab colour; same result as the tables, without allocation. */
export function pixelOf(L: number, a: number, b: number): number {
  const l = cube(L + 0.3963377774 * a + 0.2158037573 * b);
  const m = cube(L - 0.1055613458 * a - 0.0638541728 * b);
  const s = cube(L - 0.0894841775 * a - 1.291485548 * b);
  const red = byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** `** 3` would be a call into pow, and several times slower. */
function cube(v: number): number {
  return v * v * v;
}

function byte(light: number): number {
  return BYTES[light <= 0 ? 0 : light >= 1 ? 4096 : (light * 4096 + 0.5) | 0]!;
}

/** Relative luminance 0…1 of a `#rrggbb` colour, as WCAG defines it. */
export function luminance(hex: string): number {
  const bits = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [bits >> 16, (bits >> 8) & 255, bits & 255].map((v) => decode(v / 255)) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
