import type { Order, Pace } from './finding.js';

/** What the views measure of a sequence of ports. */
export interface Steps {
  /** Distinct ports (or cells). */
  readonly n: number;
  /** Share of steps to the next higher rank. */
  readonly up: number;
  /** Share of steps to the next lower rank. */
  readonly down: number;
  /** Rank correlation with time. */
  readonly rho: number;
}

const STEADY = 0.8;
const JITTERED = 0.9;
/** Fewer ports than this have no order worth a word. */
const LEAST = 8;

/**
 * How ports follow each other. A list in order with holes is in order: ranks count, not numbers. Random order has
 * 2/n of its steps to a neighbour, so what is near that is random and what is far from both is mixed.
 */
export function orderOf({ n, up, down, rho }: Steps): Order {
  if (n < LEAST) return '';
  if (up >= STEADY || rho >= JITTERED) return 'ascending';
  if (down >= STEADY || rho <= -JITTERED) return 'descending';
  return up + down <= 0.1 + 4 / n && Math.abs(rho) < 0.5 ? 'random' : 'mixed';
}

const SLOW_GAP_S = 5;
const SLOW_MS = 3_600_000;

/** Slow is what windows of minutes overlook: 5 s or more from port to port, for an hour or longer. */
export function paceOf(medianGapS: number, start: number, end: number): Pace {
  return medianGapS >= SLOW_GAP_S && end - start >= SLOW_MS ? 'slow' : 'fast';
}
