import { setTimeout as wait } from 'node:timers/promises';
import type { Batch, Outcome, Sink } from '../../sink/batch.js';
import { StoreError } from '../../store/error.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

const PAUSE_MS = 5_000;

/**
 * Brings batches into the store with patience: while the store is away a batch is tried again and again, since what
 * waits behind it is bounded elsewhere. Only what the store refuses for good is given up, and counted as lost.
 */
export class Delivery {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #sink: Promise<Sink>;
  #attach: (sink: Sink) => void = () => {};
  #away = false;
  readonly #abandon = new AbortController();
  /** Batches under way: each is given up by a call. */
  readonly #pending = new Set<() => void>();
  /** Events that were not stored when the service had to end. */
  abandoned = 0;

  constructor(log: Logger, metrics: Metrics) {
    this.#log = log;
    this.#metrics = metrics;
    this.#sink = new Promise((resolve) => (this.#attach = resolve));
  }

  /** Whether the store did not answer when it was tried last. */
  get away(): boolean {
    return this.#away;
  }

  /** The store is there: what has waited goes in. */
  attach(sink: Sink): void {
    this.#attach(sink);
  }

  /** Gives up what is not stored yet. */
  abandon(): void {
    this.#abandon.abort();
    for (const giveUp of this.#pending) giveUp();
    this.#pending.clear();
  }

  /** Resolves when the batch is stored, or never will be. */
  deliver(batch: Batch): Promise<void> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        this.abandoned += batch.rows;
        resolve();
      };
      if (this.#abandon.signal.aborted) return giveUp();
      this.#pending.add(giveUp);
      void this.#patiently(batch).then((outcome) => {
        if (!this.#pending.delete(giveUp)) return;
        if (outcome !== 'lost') this.#count(batch, outcome);
        resolve();
      });
    });
  }

  async #patiently(batch: Batch): Promise<Outcome | 'lost'> {
    const sink = await this.#sink;
    for (;;) {
      try {
        const outcome = await sink.write(batch);
        if (this.#away) this.#log.info('The store answers again.');
        this.#away = false;
        return outcome;
      } catch (error) {
        if (error instanceof StoreError && error.kind === 'away' && !this.#abandon.signal.aborted) {
          if (!this.#away) this.#log.warn(`${error.message}; lines are kept meanwhile`);
          this.#away = true;
          await wait(PAUSE_MS, undefined, { signal: this.#abandon.signal }).catch(() => undefined);
          continue;
        }
        this.#metrics.batches.inc({ outcome: 'lost' });
        this.#metrics.lost.inc(batch.rows);
        this.#log.error(`${error instanceof Error ? error.message : String(error)}; its ${batch.rows} events are lost`);
        return 'lost';
      }
    }
  }

  #count(batch: Batch, outcome: Outcome): void {
    this.#metrics.batches.inc({ outcome });
    if (outcome !== 'stored') return;
    this.#metrics.stored.inc({ input: batch.input }, batch.rows);
    for (const { reason, count } of batch.refused) this.#metrics.refused.inc({ reason }, count);
  }
}
