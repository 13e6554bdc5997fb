import { PORTS_END } from '../cells';

/**
 * The port axis: logarithmic, in octaves. A port p is a row from p to p + 1, so that port 1 is a thick row and not a
 * line; what has no port lies in the half octave below 1, from 0.5 to 1. Port 0 stands for that row's lower edge.
 */
export interface PortScale {
  /** Lower end: a port, or 0 for the strip without port. */
  readonly from: number;
  /** Upper end, exclusive: at most 65536. */
  readonly to: number;
  /** The same ends in octaves. */
  readonly low: number;
  readonly high: number;
}

/** Octaves above port 1 of a row edge; 0 (no port) is −1, the log2 of 0.5. */
export function octave(edge: number): number {
  return edge < 1 ? -1 : Math.log2(edge);
}

/** The port whose row an octave lies in; 0 below port 1. Inverse of `octave` on whole ports. */
export function portAt(octaves: number): number {
  if (octaves < 0) {
    return 0;
  }
  const port = Math.floor(2 ** octaves);
  // 2^log2(p) may fall a hair below p
  const next = Math.log2(port + 1) <= octaves ? port + 1 : port;
  return Math.min(next, PORTS_END - 1);
}

/** The middle of a port's row, in octaves: where its tick and label go. */
export function rowMiddle(port: number): number {
  return (octave(port) + octave(port + 1)) / 2;
}

/** A scale over [from, to); ends are put in order and into 0…65536, at least one row apart. */
export function portScale(from: number, to: number): PortScale {
  const a = clampEdge(from);
  const b = clampEdge(to);
  const low = Math.min(a, b, PORTS_END - 1);
  const high = Math.max(a, b, low + 1);
  return { from: low, to: high, low: octave(low), high: octave(high) };
}

function clampEdge(edge: number): number {
  return Number.isFinite(edge) ? Math.min(Math.max(Math.round(edge), 0), PORTS_END) : 0;
}

/** Distance from the top, 0…1, of an octave on the scale. */
export function fromTop(scale: PortScale, octaves: number): number {
  return (scale.high - octaves) / (scale.high - scale.low);
}

/** The octave at a distance from the top, 0…1. */
export function octaveAt(scale: PortScale, top: number): number {
  return scale.high - top * (scale.high - scale.low);
}

/** The edges that were asked for last: a live picture paints a few cells, many times. */
let last: { scale: PortScale; height: number; pixels: Float32Array } | undefined;

/** Pixels from the top of every row edge 0…65536, so that painting a cell costs two look-ups and no logarithm. Not to be written to. */
export function edgePixels(scale: PortScale, height: number): Float32Array {
  if (last?.scale !== scale || last.height !== height) {
    last = { scale, height, pixels: edgesOf(scale, height) };
  }
  return last.pixels;
}

function edgesOf(scale: PortScale, height: number): Float32Array {
  const pixels = new Float32Array(PORTS_END + 1);
  const perOctave = height / (scale.high - scale.low);
  pixels[0] = (scale.high + 1) * perOctave;
  for (let port = 1; port <= PORTS_END; port++) {
    pixels[port] = (scale.high - Math.log2(port)) * perOctave;
  }
  return pixels;
}
