import type { Store } from '../store/store.js';

/**
 * How far back the ledger is read at each look. Its rows are stamped when their insert begins and seen when it ends,
 * so a row may appear behind one with a later stamp; an insert of a ledger row that takes longer than this is not known.
 */
const LOOK_BACK_MS = 60_000;

/** A batch that is stored whole: its ledger row is written last. */
export interface Stored {
  /** The `batch` column of its events, a decimal UInt64. */
  readonly id: string;
  /** Milliseconds since the epoch, both included. */
  readonly minTime: number;
  readonly maxTime: number;
}

/** `batch` of a ledger row: the first 8 bytes of its token's hash (read/token.ts). */
const BATCH_ID = 'reinterpretAsUInt64(reverse(substring(SHA256(token), 1, 8)))';

/** Follows the ledger: tells each batch once, whatever the order in which they come and the times they hold. */
export class Ledger {
  /** The store's clock, ms: batches with later stamps are told by `fresh`. */
  #mark = 0;
  /** Told already, with their stamps; older ones are not asked for any more. */
  readonly #told = new Map<string, number>();

  /** Starts at now: what is stored already is not fresh. @throws StoreError */
  async start(store: Store): Promise<void> {
    const [clock] = await store.query<{ now: number }>('SELECT toUnixTimestamp64Milli(now64(3)) AS now');
    this.#mark = clock?.now ?? 0;
    await this.fresh(store);
  }

  /** Batches stored since the last call. @throws StoreError; the next call then tells what this one would have */
  async fresh(store: Store): Promise<Stored[]> {
    const rows = await store.query<Stored & { stamp: number }>(
      `SELECT toString(${BATCH_ID}) AS id, toUnixTimestamp64Milli(inserted_at) AS stamp,
         toUnixTimestamp64Milli(min_time) AS minTime, toUnixTimestamp64Milli(max_time) AS maxTime
       FROM fireplot.batches
       WHERE inserted_at > fromUnixTimestamp64Milli({since:Int64}, 'UTC') AND rows > 0 ORDER BY inserted_at, token`,
      { since: this.#since }
    );
    const fresh = rows.filter(({ id }) => !this.#told.has(id));
    for (const { id, stamp } of rows) {
      this.#told.set(id, stamp);
      this.#mark = Math.max(this.#mark, stamp);
    }
    for (const [id, stamp] of this.#told) if (stamp <= this.#since) this.#told.delete(id);
    return fresh;
  }

  /** SQL over `batch`: true for events of the batches that were told, or stored before the start, alone. */
  get before(): string {
    const old = `SELECT ${BATCH_ID} FROM fireplot.batches WHERE inserted_at <= fromUnixTimestamp64Milli(${this.#since}, 'UTC')`;
    const recent = [...this.#told.keys()];
    return `batch IN (${old})${recent.length === 0 ? '' : ` OR ${anyOf(recent)}`}`;
  }

  get #since(): number {
    return this.#mark - LOOK_BACK_MS;
  }
}

/** SQL over `batch`: one of these. @throws SyntaxError for what is no number */
export function anyOf(ids: readonly string[]): string {
  return `batch IN (${ids.map((id) => BigInt(id).toString()).join(', ')})`;
}
