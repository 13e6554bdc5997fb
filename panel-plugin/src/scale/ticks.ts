import { PORTS_END } from '../cells';
import { fromTop, rowMiddle, type PortScale } from './port';

/** The ports people look for, which the axis names instead of decades. */
export const KNOWN_PORTS = [
  1, 7, 22, 53, 80, 123, 161, 443, 587, 1024, 1433, 3306, 5000, 6881, 10000, 20000, 50000, 65535,
] as const;

/** Which tick stays when two labels would touch: the ports most often knocked on first. */
const RANK: ReadonlyMap<number, number> = new Map(
  [22, 443, 65535, 1, 80, 3306, 1024, 10000, 53, 5000, 20000, 1433, 161, 50000, 123, 7, 587, 6881].map((port, i) => [
    port,
    i,
  ])
);

export interface PortTick {
  readonly port: number;
  readonly label: string;
  /** Where on the axis, in octaves: the middle of the port's row. */
  readonly octave: number;
}

/**
 * Ticks whose labels never touch: known ports by importance, then, where zoomed in, round numbers into the gaps.
 * @param height of the axis and @param gap least distance of two ticks, both in the same unit (CSS pixels)
 */
export function portTicks(scale: PortScale, height: number, gap: number): PortTick[] {
  const taken: PortTick[] = [];
  const known = [...KNOWN_PORTS].sort((a, b) => RANK.get(a)! - RANK.get(b)!);
  const fits = (port: number): boolean => {
    const at = fromTop(scale, rowMiddle(port)) * height;
    return taken.every((tick) => Math.abs(fromTop(scale, tick.octave) * height - at) >= gap);
  };
  const add = (port: number, label = String(port)): void => {
    if (port >= scale.from && port < scale.to && fits(port)) {
      taken.push({ port, label, octave: rowMiddle(port) });
    }
  };
  add(0, 'no port');
  known.forEach((port) => add(port));
  // Over many octaves the known ports say enough; round numbers only clutter a whole axis.
  if (scale.high - scale.low < 8) {
    for (const step of stepsFor(scale)) {
      for (let port = Math.ceil(scale.from / step) * step; port < scale.to; port += step) {
        add(port);
      }
      if (taken.length * gap * 2 > height) {
        break;
      }
    }
  }
  return taken.sort((a, b) => a.port - b.port);
}

/** Round steps, coarse to fine, bounded so that no step asks for more than a few hundred candidates. */
function stepsFor(scale: PortScale): number[] {
  const steps: number[] = [];
  for (let decade = 10000; decade >= 1; decade /= 10) {
    for (const factor of [5, 2, 1]) {
      const step = factor * decade;
      if (step < PORTS_END && (scale.to - scale.from) / step <= 400) {
        steps.push(step);
      }
    }
  }
  return steps;
}
