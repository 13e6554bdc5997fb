/**
 * Longest strictly rising subsequence by patience sorting, n log n.
 * @returns indexes into `values`, in order
 */
export function longestRising(values: readonly number[]): number[] {
  /** Index of the smallest value that ends a rising run of each length. */
  const tails: number[] = [];
  const before = new Int32Array(values.length).fill(-1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = i;
  }
  const run: number[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) run.push(at);
  return run.reverse();
}

/**
 * How many standard deviations a run of `length` in `n` values lies beyond chance: under random order it is about
 * 2·√n − 1.77·n^(1/6), give or take 0.9·n^(1/6) (Baik, Deift, Johansson).
 */
export function risingZ(length: number, n: number): number {
  if (n < 2) return 0;
  const sixth = n ** (1 / 6);
  return (length - (2 * Math.sqrt(n) - 1.77 * sixth)) / (0.9 * sixth);
}
