import { COLUMNS } from '../event/columns.js';
import { StoreError } from '../store/error.js';
import { Limit } from '../store/limit.js';
import type { Store } from '../store/store.js';
import { tsvField, utcText } from '../store/text.js';
import type { Batch, Outcome, Sink } from './batch.js';
import type { SinkOptions } from './options.js';
import { REFUSED_COLUMNS, refusedRows } from './refused.js';
import { retry } from './retry.js';

const EVENT_COLUMNS = COLUMNS.map(({ name }) => name);
const BATCH_COLUMNS = ['token', 'input', 'min_time', 'max_time', 'rows', 'refused'];
const DAY_MS = 86_400_000;

/**
 * Writes batches so that each counts once: events, then refused lines, then the ledger row that says the batch
 * is done. A crash in between leaves no ledger row; the batch comes again and the tables' deduplication windows
 * drop what was there. Beyond those windows the ledger knows the token.
 */
export function openSink(store: Store, options: SinkOptions = {}): Sink {
  return new StoreSink(store, options);
}

class StoreSink implements Sink {
  readonly #store: Store;
  readonly #options: Required<Omit<SinkOptions, 'onRetry'>> & Pick<SinkOptions, 'onRetry'>;
  readonly #places: Limit;
  readonly #underWay = new Map<string, Promise<Outcome>>();
  /** Refused lines kept on `#day`, counted in days since the epoch. */
  #day = -1;
  #kept = 0;

  constructor(store: Store, options: SinkOptions) {
    const { inFlight = 3, tries = 8, backoffMs = 500, patient = false, refusedPerDay = 10_000, onRetry } = options;
    this.#store = store;
    this.#options = { inFlight, tries, backoffMs, patient, refusedPerDay, onRetry };
    this.#places = new Limit(inFlight);
  }

  async write(batch: Batch): Promise<Outcome> {
    const same = this.#underWay.get(batch.token);
    if (same) {
      await same;
      return 'known';
    }
    const writing = this.#places
      .run(() => this.#write(batch))
      .catch((cause: unknown) => {
        throw failure(batch, cause);
      });
    this.#underWay.set(batch.token, writing);
    try {
      return await writing;
    } finally {
      this.#underWay.delete(batch.token);
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  async #write(batch: Batch): Promise<Outcome> {
    const { token } = batch;
    // A look-up by the ledger's sort key: about a millisecond for up to 50,000 rows.
    const seen = await this.#retry('looking up a batch', () =>
      this.#store.query('SELECT 1 FROM fireplot.batches WHERE token = {token:String} LIMIT 1', { token })
    );
    if (seen.length > 0) return 'known';
    await this.#retry('storing events', () =>
      this.#store.insert('fireplot.events', batch.columns ?? EVENT_COLUMNS, batch.tsv, token, batch.format)
    );
    await this.#writeRefused(batch);
    const ledger = ledgerRow(batch);
    await this.#retry('storing a ledger row', () =>
      this.#store.insert('fireplot.batches', BATCH_COLUMNS, ledger, token)
    );
    return 'stored';
  }

  async #writeRefused(batch: Batch): Promise<void> {
    if (batch.refused.length === 0) return;
    const now = Date.now();
    const room = await this.#room(now);
    const { tsv, lines } = refusedRows(batch.input, batch.refused, room, now);
    this.#kept += lines;
    await this.#retry('storing refused lines', () =>
      this.#store.insert('fireplot.refused', REFUSED_COLUMNS, tsv, batch.token)
    );
  }

  /** Counted by the day of storing, so that a backfill of years is bounded too. */
  async #room(now: number): Promise<number> {
    const day = Math.floor(now / DAY_MS);
    if (day !== this.#day) {
      const [stored] = await this.#retry('counting refused lines', () =>
        this.#store.query<{ n: number }>(
          "SELECT count() AS n FROM fireplot.refused WHERE stored >= {from:DateTime('UTC')} AND line != ''",
          { from: (day * DAY_MS) / 1_000 }
        )
      );
      this.#day = day;
      this.#kept = stored?.n ?? 0;
    }
    return Math.max(0, this.#options.refusedPerDay - this.#kept);
  }

  #retry<T>(what: string, task: () => Promise<T>): Promise<T> {
    return retry(what, task, this.#options);
  }
}

function failure(batch: Batch, cause: unknown): StoreError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const kind = cause instanceof StoreError ? cause.kind : 'query';
  return new StoreError(kind, `a batch of ${batch.rows} events from ${batch.input} was not stored: ${why}`, { cause });
}

function ledgerRow(batch: Batch): Buffer {
  const refused = batch.refused.reduce((sum, { count }) => sum + count, 0);
  const { token, input, minTime, maxTime, rows } = batch;
  const fields = [token, tsvField(input), utcText(minTime), utcText(maxTime), rows, refused];
  return Buffer.from(`${fields.join('\t')}\n`);
}
