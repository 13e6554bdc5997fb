import type { Delivered } from '../../read/live-delivery.js';
import type { Batch, Outcome, Sink } from '../../sink/batch.js';
import type { Logger } from './log.js';
import type { Metrics } from './metrics.js';

/** While the store is away, that is said once in so many ms. */
const REMIND_MS = 60_000;

/**
 * Brings batches into the store with patience: they wait until there is one, and the sink tries again as long as what
 * is wrong may pass or be mended, since what waits behind waits on disk. Only what the store cannot read is set aside.
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

  /** @param now ms, by a clock that does not jump */
  constructor(log: Logger, metrics: Metrics, now: () => number = () => performance.now()) {
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
    this.#log.warn(`${sentence}. Lines wait in the spool meanwhile.`);
  }

  /** Gives up what is not stored yet, and whatever comes from now on: it stays in the spool. */
  abandon(): void {
    this.#abandoning = true;
    for (const giveUp of this.#pending) giveUp();
    this.#pending.clear();
  }

  /** Resolves when the store has the batch or will not take it, or with undefined when it was given up. */
  deliver(batch: Batch): Promise<Delivered | undefined> {
    return new Promise((resolve) => {
      const giveUp = (): void => resolve(undefined);
      if (this.#abandoning) return giveUp();
      this.#pending.add(giveUp);
      const started = this.#now();
      const write = this.#sink.then((sink) => sink.write(batch));
      const settle = (count: () => void, end: Delivered): void => {
        if (!this.#pending.delete(giveUp)) return;
        count();
        this.#metrics.batchSeconds.observe((this.#now() - started) / 1_000);
        resolve(end);
      };
      write.then(
        (outcome) => settle(() => this.#count(batch, outcome), 'stored'),
        (error: unknown) => settle(() => this.#setAside(batch, error), 'refused')
      );
    });
  }

  #count(batch: Batch, outcome: Outcome): void {
    if (this.#away) this.#log.info('The store answers again.');
    this.#away = false;
    this.#reminded = Number.NEGATIVE_INFINITY;
    this.#metrics.batches.inc({ outcome });
    if (outcome !== 'stored') return;
    this.#metrics.stored.inc(batch.rows);
    for (const { dialect, reason, count } of batch.refused) this.#metrics.refused.inc({ dialect, reason }, count);
  }

  #setAside(batch: Batch, error: unknown): void {
    this.#metrics.batches.inc({ outcome: 'refused' });
    this.#metrics.setAside.inc(batch.rows);
    const why = error instanceof Error ? error.message : String(error);
    this.#log.error(`${why}. The batch is set aside in the spool, and is tried again at the next start.`);
  }
}
