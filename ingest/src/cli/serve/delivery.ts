import type { Batch, Outcome, Sink } from '../../sink/batch.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

/** While the store is away, that is said once in so many ms. */
const REMIND_MS = 60_000;

/**
 * Brings batches into the store with patience: they wait until there is one, and the sink tries again as long as what
 * is wrong may pass, since what waits behind is bounded elsewhere. Only what the store refuses for good is given up,
 * and counted as lost.
 */
export class Delivery {
  readonly #log: Logger;
  readonly #metrics: Metrics;
  readonly #now: () => number;
  readonly #sink: Promise<Sink>;
  #attach: (sink: Sink) => void = () => {};
  /** Batches under way: each is given up by a call. */
  readonly #pending = new Set<() => void>();
  #abandoning = false;
  #away = false;
  #reminded = Number.NEGATIVE_INFINITY;
  /** Events that were not stored when the service had to end. */
  abandoned = 0;

  constructor(log: Logger, metrics: Metrics, now: () => number = Date.now) {
    this.#log = log;
    this.#metrics = metrics;
    this.#now = now;
    this.#sink = new Promise((resolve) => (this.#attach = resolve));
  }

  /** Whether what was tried last did not get into the store. */
  get away(): boolean {
    return this.#away;
  }

  /** The store is there: what has waited goes in. */
  attach(sink: Sink): void {
    this.#attach(sink);
  }

  /** The sink has failed and will try again. @param sentence why */
  retrying(sentence: string): void {
    this.#away = true;
    if (this.#now() - this.#reminded < REMIND_MS) return;
    this.#reminded = this.#now();
    this.#log.warn(`${sentence}. Lines are kept meanwhile.`);
  }

  /** Gives up what is not stored yet, and whatever comes from now on. */
  abandon(): void {
    this.#abandoning = true;
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
      if (this.#abandoning) return giveUp();
      this.#pending.add(giveUp);
      const write = this.#sink.then((sink) => sink.write(batch));
      const settle = (count: () => void): void => {
        if (!this.#pending.delete(giveUp)) return;
        count();
        resolve();
      };
      write.then(
        (outcome) => settle(() => this.#count(batch, outcome)),
        (error: unknown) => settle(() => this.#lose(batch, error))
      );
    });
  }

  #count(batch: Batch, outcome: Outcome): void {
    if (this.#away) this.#log.info('The store answers again.');
    this.#away = false;
    this.#reminded = Number.NEGATIVE_INFINITY;
    this.#metrics.batches.inc({ outcome });
    if (outcome !== 'stored') return;
    this.#metrics.stored.inc({ input: batch.input }, batch.rows);
    for (const { reason, count } of batch.refused) this.#metrics.refused.inc({ reason }, count);
  }

  #lose(batch: Batch, error: unknown): void {
    this.#metrics.batches.inc({ outcome: 'lost' });
    this.#metrics.lost.inc(batch.rows);
    this.#log.error(`${error instanceof Error ? error.message : String(error)}; its ${batch.rows} events are lost`);
  }
}
