import type { Knot, Order } from './finding.js';

/** A straight piece of a scan: ports a second, from one knot to another. */
export interface Piece {
  readonly from: Knot;
  readonly to: Knot;
  /** Ports a second in port numbers, below 0 for descending. */
  readonly slope: number;
}

const MOST_KNOTS = 64;
/** A second piece must halve the error of one, or it is no elbow. */
const BETTER = 0.5;

/**
 * Knots of the overlay: the points the view chose (one a quarter octave) and the scan's first and last, in time order.
 * Ports without an order have no curve.
 */
export function curveOf(order: Order, knots: readonly Knot[], line: readonly Knot[]): Knot[] {
  if (order !== 'ascending' && order !== 'descending') return [];
  const all = [...knots, ...line.slice(0, 1), ...line.slice(-1)];
  all.sort((a, b) => a[0] - b[0] || (order === 'ascending' ? a[1] - b[1] : b[1] - a[1]));
  const turned = all.filter(([, port], i) => {
    const before = all[i - 1]?.[1];
    return before === undefined || (order === 'ascending' ? port > before : port < before);
  });
  return turned.length <= MOST_KNOTS ? turned : [...turned.slice(0, MOST_KNOTS - 1), turned[turned.length - 1] as Knot];
}

/**
 * One or two straight pieces through points in time order, by least squares of the port over time.
 * @returns one piece, or two that meet at the elbow; none for fewer than three points or no time at all
 */
export function piecesOf(line: readonly Knot[]): Piece[] {
  const sums = new Sums(line);
  const n = line.length;
  if (n < 3 || (line[n - 1] as Knot)[0] === (line[0] as Knot)[0]) return [];
  const whole = sums.error(0, n);
  let best = Number.POSITIVE_INFINITY;
  let elbow = -1;
  for (let k = 2; k <= n - 2; k++) {
    const error = sums.error(0, k) + sums.error(k, n);
    if (error < best) {
      best = error;
      elbow = k;
    }
  }
  const span = Math.abs((line[n - 1] as Knot)[1] - (line[0] as Knot)[1]);
  // An error below what rounding to whole seconds makes is none to explain.
  const visible = whole / n > (span * 0.005) ** 2;
  const cuts = elbow > 0 && visible && best < BETTER * whole ? [0, elbow, n] : [0, n];
  return cuts.slice(1).map((to, i) => {
    const from = cuts[i] as number;
    return { from: line[from] as Knot, to: line[to - 1] as Knot, slope: sums.slope(from, to) };
  });
}

/** Prefix sums, so that a least-squares fit of any stretch costs the same. */
class Sums {
  readonly #t: number[] = [0];
  readonly #p: number[] = [0];
  readonly #tt: number[] = [0];
  readonly #tp: number[] = [0];
  readonly #pp: number[] = [0];

  constructor(line: readonly Knot[]) {
    const base = line[0]?.[0] ?? 0;
    for (const [time, p] of line) {
      const t = (time - base) / 1000;
      this.#t.push((this.#t.at(-1) as number) + t);
      this.#p.push((this.#p.at(-1) as number) + p);
      this.#tt.push((this.#tt.at(-1) as number) + t * t);
      this.#tp.push((this.#tp.at(-1) as number) + t * p);
      this.#pp.push((this.#pp.at(-1) as number) + p * p);
    }
  }

  slope(from: number, to: number): number {
    const { varT, cov } = this.#moments(from, to);
    return varT > 0 ? cov / varT : 0;
  }

  /** Sum of squared residuals. */
  error(from: number, to: number): number {
    const { varT, varP, cov } = this.#moments(from, to);
    return Math.max(0, varP - (varT > 0 ? (cov * cov) / varT : 0));
  }

  #moments(from: number, to: number): { varT: number; varP: number; cov: number } {
    const n = to - from;
    const sum = (of: number[]): number => (of[to] as number) - (of[from] as number);
    const [t, p] = [sum(this.#t), sum(this.#p)];
    return { varT: sum(this.#tt) - (t * t) / n, varP: sum(this.#pp) - (p * p) / n, cov: sum(this.#tp) - (t * p) / n };
  }
}
