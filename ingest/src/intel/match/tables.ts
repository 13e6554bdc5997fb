/**
 * What a matcher looks up, in memory that threads share. Networks are cut into ranges that do not overlap, gaps included:
 * range i goes from `from[i]` to just before `from[i + 1]`, and the first starts at 0.
 */
export interface MatchTables {
  readonly v4From: Uint32Array;
  readonly v4Score: Uint8Array;
  /** For each half of an IPv4 address how many ranges start at or before it; one more at the end. */
  readonly v4Index: Uint32Array;
  /** Four words a range. */
  readonly v6From: Uint32Array;
  readonly v6Score: Uint8Array;
  readonly names: NameTable;
}

/** Names by two hashes, which are 0 in an empty slot; a power of two of slots. */
export interface NameTable {
  readonly slots: Uint32Array;
  readonly score: Uint8Array;
  /** Chosen by chance, so that nobody can make up names that look like a listed one. */
  readonly seeds: readonly [number, number];
}

/** A prefix: `start` has no bits behind it. Score 0: allowed. */
export interface Prefix<Address> {
  readonly start: Address;
  readonly bits: number;
  readonly score: number;
}

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/** @param sorted by start, then by bits; each says all about its addresses, whatever lies around it */
export function v4Tables(sorted: readonly Prefix<number>[]): Pick<MatchTables, 'v4From' | 'v4Score' | 'v4Index'> {
  const from = new Uint32Array(shared(4 * (2 * sorted.length + 1)));
  const scores = new Uint8Array(shared(2 * sorted.length + 1));
  const size = 2 ** 32;
  let count = 0;
  const emit = (at: number, score: number): void => {
    if (count > 0 && from[count - 1] === at) scores[count - 1] = score;
    else if (at < size) {
      from[count] = at;
      scores[count++] = score;
    }
  };
  flatten(
    sorted,
    0,
    (bits) => 2 ** (32 - bits),
    (a, b) => a + b,
    emit
  );
  const index = new Uint32Array(shared(4 * 65_537));
  let seen = 0;
  for (let half = 0; half < 65_536; half++) {
    while (seen < count && (from[seen] as number) <= half * 65_536) seen++;
    index[half] = seen;
  }
  index[65_536] = count;
  return { v4From: from.subarray(0, count), v4Score: scores.subarray(0, count), v4Index: index };
}

/** @param sorted as of v4Tables */
export function v6Tables(sorted: readonly Prefix<bigint>[]): Pick<MatchTables, 'v6From' | 'v6Score'> {
  const from = new Uint32Array(shared(16 * (2 * sorted.length + 1)));
  const scores = new Uint8Array(shared(2 * sorted.length + 1));
  let count = 0;
  let last = -1n;
  const emit = (at: bigint, score: number): void => {
    if (at === last) scores[count - 1] = score;
    else if (at >> 128n === 0n) {
      last = at;
      for (let i = 0; i < 4; i++) from[4 * count + i] = Number((at >> BigInt(96 - 32 * i)) & 0xffff_ffffn);
      scores[count++] = score;
    }
  };
  flatten(
    sorted,
    0n,
    (bits) => 1n << BigInt(128 - bits),
    (a, b) => a + b,
    emit
  );
  return { v6From: from.subarray(0, 4 * count), v6Score: scores.subarray(0, count) };
}

/** Calls `emit` with the start of each range and its score; of calls with the same start the last one counts. */
function flatten<Address>(
  sorted: readonly Prefix<Address>[],
  zero: Address,
  sizeOf: (bits: number) => Address,
  add: (a: Address, b: Address) => Address,
  emit: (at: Address, score: number) => void
): void {
  const around: { end: Address; score: number }[] = [];
  const close = (): void => {
    const inner = around.pop();
    if (inner !== undefined) emit(inner.end, around.at(-1)?.score ?? 0);
  };
  emit(zero, 0);
  for (const { start, bits, score } of sorted) {
    while (around.length > 0 && (around.at(-1) as { end: Address }).end <= start) close();
    around.push({ end: add(start, sizeOf(bits)), score });
    emit(start, score);
  }
  while (around.length > 0) close();
}
