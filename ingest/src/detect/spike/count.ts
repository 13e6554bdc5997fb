/** Judging counts of sources: pure, so that it can be tested without a store. */

/** One row of `detect_spikes`, its numbers as numbers. */
export interface Counts {
  readonly proto: number;
  readonly port: number;
  readonly sources: number;
  readonly events: number;
  /** Distinct sources in each of the last 24 hours, the last one first. */
  readonly hourly: readonly number[];
  /** Distinct sources in 12 hours that end so many hours ago. */
  readonly halves: readonly number[];
  /** Distinct sources in the rest of the 24 hours. */
  readonly others: readonly number[];
  /** Bins of ten minutes since the 24 hours began, and how many sources came for the first time in each. */
  readonly firsts: readonly (readonly [bin: number, sources: number])[];
}

/** A window that stands out. */
export interface Window {
  readonly hours: 24 | 12 | 1;
  /** Hours from its end to the end of the 24. */
  readonly ago: number;
  readonly sources: number;
  /** What such a window has in the rest of the day; 0 when the ladder alone speaks. */
  readonly usual: number;
  readonly by: 'day' | 'ladder';
}

const LEAST = 20;
const TIMES = 3;
const LADDER = 100;
/** Hours of data that the rest of a day must have before it says anything. */
const LEAST_REST = 3;

/**
 * Without days of history: at least 20 sources and three times what the port's own rest of the day has, or at least
 * 100 anyway.
 * @param covered hours of the 24 that have data, counted back from the end
 */
export function standsOut({ hourly, halves, others, sources }: Counts, covered: number): Window | undefined {
  const found: Window[] = [];
  const rest = covered - 12;
  if (rest >= LEAST_REST) {
    halves.forEach((in12, ago) => {
      const usual = ((others[ago] ?? 0) * 12) / Math.max(1, Math.min(12, rest));
      if (in12 >= LEAST && in12 >= TIMES * usual) found.push({ hours: 12, ago, sources: in12, usual, by: 'day' });
    });
  }
  if (covered > LEAST_REST) {
    const sum = hourly.slice(0, covered).reduce((total, n) => total + n, 0);
    hourly.slice(0, covered).forEach((in1, ago) => {
      const usual = (sum - in1) / (covered - 1);
      if (in1 >= LEAST && in1 >= TIMES * usual) found.push({ hours: 1, ago, sources: in1, usual, by: 'day' });
    });
  }
  found.sort((a, b) => b.sources - a.sources || b.hours - a.hours);
  if (found[0] !== undefined) return found[0];
  return sources >= LADDER ? { hours: 24, ago: 0, sources, usual: 0, by: 'ladder' } : undefined;
}

/** How a count lies against windows before it. */
export interface Deviation {
  readonly baseline: number;
  readonly z: number;
  readonly p: number;
}

/**
 * Signed root of the negative binomial deviance of `x` against earlier windows: their trimmed mean (the two largest
 * taken off, so that the last spike is no baseline), at least 0.5, and their over-dispersion. Never divides by a spread
 * that may be zero.
 */
export function deviation(x: number, history: readonly number[]): Deviation {
  const sorted = [...history].sort((a, b) => a - b);
  const kept = sorted.slice(0, Math.max(1, sorted.length - 2));
  const mean = kept.reduce((sum, n) => sum + n, 0) / Math.max(1, kept.length);
  const variance = kept.reduce((sum, n) => sum + (n - mean) ** 2, 0) / Math.max(1, kept.length - 1);
  const mu = Math.max(0.5, mean);
  const alpha = Math.max(0.02, (variance - mean) / (mu * mu));
  const k = 1 / alpha;
  const part = x > 0 ? x * Math.log(x / mu) : 0;
  const deviance = 2 * (part - (x + k) * Math.log((x + k) / (mu + k)));
  const z = Math.sign(x - mu) * Math.sqrt(Math.max(0, deviance));
  return { baseline: mean, z, p: upperTail(z) };
}

/** Chance of a standard normal beyond z (Abramowitz and Stegun 26.2.17; by the tail's series where that is too coarse). */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 5) return (density / z) * (1 - 1 / (z * z) + 3 / z ** 4);
  const t = 1 / (1 + 0.2316419 * z);
  return density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
}

/** Ports times protocols: all that could have been tested. */
const TESTS = 131_072;

/** False discovery rates (Benjamini-Hochberg) of the smallest chances among all ports. In the order given. */
export function discoveryRates(chances: readonly number[]): number[] {
  const order = chances.map((p, i) => ({ p, i })).sort((a, b) => b.p - a.p);
  const rates = new Array<number>(chances.length).fill(1);
  let least = 1;
  order.forEach(({ p, i }, at) => {
    least = Math.min(least, (p * TESTS) / (order.length - at));
    rates[i] = least;
  });
  return rates;
}

/**
 * When sources began to come faster: the change point of a Poisson rate over bins.
 * @returns the first bin of the higher rate; undefined when the rate did not at least double
 */
export function onsetBin(
  firsts: readonly (readonly [number, number])[],
  begin: number,
  end: number
): number | undefined {
  const counts = new Array<number>(Math.max(0, end - begin)).fill(0);
  for (const [bin, n] of firsts) if (bin >= begin && bin < end) counts[bin - begin] = n;
  const total = counts.reduce((sum, n) => sum + n, 0);
  let before = 0;
  let best = 0;
  let at: number | undefined;
  counts.forEach((n, i) => {
    if (i > 0) {
      const [low, high] = [before / i, (total - before) / (counts.length - i)];
      const gain = part(before, low) + part(total - before, high);
      if (high >= 2 * low && gain > best) [best, at] = [gain, i];
    }
    before += n;
  });
  const even = part(total, total / Math.max(1, counts.length));
  return at !== undefined && best - even > 5 ? begin + at : undefined;
}

const part = (n: number, rate: number): number => (n > 0 ? n * Math.log(rate) : 0);
