import { CLASS_IDS, TAIL, UNTOLD, type ClassId } from '../classes';
import { inGamut, lch, mix, parseHex, type Lab } from './oklab';

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

/** How far from black to its class's colour a lone event lies in the classic scheme: red is lost with less. */
const LONE = 0.78;

/** The original's colours, for the busiest cells; colours of their own for classes that it left out. */
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
  colour: (id, level) => mix(BLACK, CLASSIC_COLOURS[id]!, LONE + (1 - LONE) * level),
};

/**
 * Hue in degrees, chroma, and how much lighter than its fellows: lightness tells apart what a colour-blind eye cannot
 * by hue. The four of TCP and UDP were searched for: the least difference of any two, as seen with normal sight,
 * deuteranopia, protanopia and tritanopia, at equal brightness, on both grounds, is about as large as it gets.
 */
interface Tint {
  readonly hue: number;
  readonly chroma: number;
  readonly lift: number;
}

/** By the low three bits of a class: TCP, UDP, other, no port over IPv4, then over IPv6. */
const TINTS: readonly Tint[] = [
  { hue: 244, chroma: 0.165, lift: 0.02 },
  { hue: 60, chroma: 0.13, lift: 0.075 },
  { hue: 100, chroma: 0.04, lift: 0.1 },
  { hue: 260, chroma: 0.012, lift: 0.02 },
  { hue: 125, chroma: 0.143, lift: -0.08 },
  { hue: 342, chroma: 0.16, lift: -0.063 },
  { hue: 300, chroma: 0.05, lift: 0.1 },
  { hue: 320, chroma: 0.03, lift: -0.05 },
];

/** Tails are shown on request and for context: a third of the colour, so that probes stay in front. */
const TAIL_CHROMA = 0.35;

/** Share of its chroma that a class loses from a lone event to the busiest cells. */
const FADE = 0.35;

function themed(lone: number, busy: number): Scheme {
  return {
    ground: null,
    frame: null,
    colour(id, level) {
      const { hue, chroma, lift } = TINTS[id === UNTOLD ? 0 : id & 7]!;
      const tail = id !== UNTOLD && (id & TAIL) !== 0;
      return intoGamut(
        lone + (busy - lone) * level + lift,
        chroma * (tail ? TAIL_CHROMA : 1) * (1 - FADE * level),
        hue
      );
    },
  };
}

/** The most colourful shade of a hue up to `chroma` that a screen can show at a lightness. */
function intoGamut(L: number, chroma: number, hue: number): Lab {
  if (inGamut(lch(L, chroma, hue))) {
    return lch(L, chroma, hue);
  }
  let low = 0;
  let high = chroma;
  for (let i = 0; i < 12; i++) {
    const middle = (low + high) / 2;
    if (inGamut(lch(L, middle, hue))) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return lch(L, low, hue);
}

/** Brighter is busier on the dark theme, darker on the light one; a lone event stands out on both. */
const DARK = themed(0.64, 0.87);
const LIGHT = themed(0.595, 0.36);
