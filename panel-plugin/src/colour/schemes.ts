import { CLASS_IDS, IPV6, TAIL, UNTOLD, type ClassId } from '../classes';
import { lch, mix, parseHex, type Lab } from './oklab';

/** How classes and counts become colours. */
export interface Scheme {
  /** What lies behind the cells: a colour, or null to let the panel's own background through. */
  readonly ground: string | null;
  /** The line around the plot, or null for the axes' own. */
  readonly frame: string | null;
  /** A class at `level` 0 (one lone event) to 1 (the busiest cells). */
  colour(id: ClassId, level: number): Lab;
}

export type SchemeName = 'default' | 'classic';

/** The scheme by name; the default one follows the theme. */
export function scheme(name: SchemeName, dark: boolean): Scheme {
  return name === 'classic' ? CLASSIC : dark ? DARK : LIGHT;
}

/** The original's colours on black; a lone event at two thirds of the way from black to its class's colour. */
const CLASSIC_COLOURS: readonly Lab[] = Array.from({ length: CLASS_IDS }, (_, id) => {
  const full = parseHex(
    ['#00ff00', '#b0b0ff', '#ffb000', '#00c8ff', '#ff0000', '#ffffff', '#ff60ff', '#00c8ff'][id & 7]!
  );
  return id === UNTOLD ? parseHex('#00ff00') : id & TAIL ? mix(parseHex('#808080'), full, 0.35) : full;
});
const BLACK: Lab = { L: 0, a: 0, b: 0 };
const CLASSIC: Scheme = {
  ground: '#000000',
  frame: '#c0c0c0',
  colour: (id, level) => mix(BLACK, CLASSIC_COLOURS[id]!, 0.66 + 0.34 * level),
};

/** Hue in degrees, chroma, and how much lighter than its fellows: the lightness tells apart what a colour-blind eye cannot by hue. */
interface Tint {
  readonly hue: number;
  readonly chroma: number;
  readonly lift: number;
}

const TINTS: readonly Tint[] = [
  { hue: 245, chroma: 0.14, lift: 0 },
  { hue: 60, chroma: 0.14, lift: 0 },
  { hue: 150, chroma: 0.02, lift: 0 },
  { hue: 270, chroma: 0.02, lift: 0 },
];
const TINTS_V6: readonly Tint[] = [
  { hue: 165, chroma: 0.13, lift: 0.06 },
  { hue: 350, chroma: 0.15, lift: -0.06 },
  { hue: 110, chroma: 0.06, lift: 0 },
  { hue: 300, chroma: 0.06, lift: 0 },
];

function tintOf(id: ClassId): Tint {
  const tint = id === UNTOLD ? TINTS[0]! : (id & IPV6 ? TINTS_V6 : TINTS)[id & 3]!;
  return id !== UNTOLD && id & TAIL ? { ...tint, chroma: tint.chroma * 0.4 } : tint;
}

function themed(lone: number, busy: number): Scheme {
  return {
    ground: null,
    frame: null,
    colour(id, level) {
      const { hue, chroma, lift } = tintOf(id);
      return lch(lone + (busy - lone) * level + lift, chroma * (1 - 0.45 * level), hue);
    },
  };
}

const DARK = themed(0.64, 0.93);
const LIGHT = themed(0.62, 0.32);
