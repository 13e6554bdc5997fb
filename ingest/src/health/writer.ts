import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store/error.js';
import type { Store } from '../store/store.js';
import { HEALTH_COLUMNS, Sampler } from './sampler.js';
import type { Metric } from './sampler.js';

export interface HealthWriterOptions {
  /** Where metrics come from, as prom-client's registry has them. */
  readonly registry: { getMetricsAsJSON(): Promise<readonly Metric[]> };
  /** Who writes, so that two services of one store can be told apart. */
  readonly instance: string;
  /** Told in one sentence when rows cannot be stored for another reason than that the store is away. */
  readonly warn: (sentence: string) => void;
  /** Milliseconds between two samples; default 15,000. */
  readonly everyMs?: number;
  /** Wall clock, ms since the epoch. */
  readonly now?: () => number;
  /** Clock that nobody sets, ms. */
  readonly clock?: () => number;
}

const EVERY_MS = 15_000;
/** Samples that wait for the store: four hours. Over it none is taken; counters lose nothing by that. */
const MOST_WAITING = 960;
/** The last rows may hold up the end of the service for so long. */
const LAST_ROWS_MS = 2_000;

/**
 * Writes how the service fares into fireplot.health. Samples are taken from the start on and wait while the store is
 * away, so that afterwards one sees how the spool grew. What failed is sent again as it was, under the same token.
 */
export class HealthWriter {
  readonly #options: HealthWriterOptions;
  readonly #sampler: Sampler;
  readonly #now: () => number;
  readonly #clock: () => number;
  readonly #run: string;
  readonly #waiting: string[] = [];
  /** Rows that were tried, and may be stored although nobody said so. */
  #sent: { readonly token: string; readonly rows: Uint8Array } | undefined;
  #store: Store | undefined;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | undefined;
  #tokens = 0;
  #warned = false;

  constructor(options: HealthWriterOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#clock = options.clock ?? (() => performance.now());
    this.#sampler = new Sampler(options.instance, this.#clock());
    this.#run = `health.${options.instance}.${this.#now()}.${process.pid}`;
  }

  start(): void {
    this.#timer = setInterval(() => void this.tick(), this.#options.everyMs ?? EVERY_MS);
    this.#timer.unref();
  }

  /** The store is there: what waits goes in with the next sample. */
  attach(store: Store): void {
    this.#store = store;
  }

  /** Takes a sample and stores what waits; never rejects. A call while one is under way waits for that alone. */
  tick(): Promise<void> {
    this.#working ??= this.#tick().finally(() => (this.#working = undefined));
    return this.#working;
  }

  /** The last sample goes in, if it can be soon. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    const last = async (): Promise<void> => {
      await this.#working;
      await this.tick();
    };
    await Promise.race([last(), wait(LAST_ROWS_MS, undefined, { ref: false })]);
    this.#store = undefined;
  }

  async #tick(): Promise<void> {
    try {
      await this.#sample();
      await this.#send();
      this.#warned = false;
    } catch (error) {
      if (error instanceof StoreError && error.kind === 'away') return;
      if (!this.#warned)
        this.#options.warn(`health rows wait: ${error instanceof Error ? error.message : String(error)}`);
      this.#warned = true;
    }
  }

  async #sample(): Promise<void> {
    if (this.#waiting.length >= MOST_WAITING) return;
    const metrics = await this.#options.registry.getMetricsAsJSON();
    this.#waiting.push(this.#sampler.sample(metrics, this.#now(), this.#clock()));
  }

  async #send(): Promise<void> {
    while (this.#store !== undefined && (this.#sent !== undefined || this.#waiting.length > 0)) {
      this.#sent ??= { token: `${this.#run}.${++this.#tokens}`, rows: Buffer.from(this.#waiting.splice(0).join('')) };
      await this.#store.insert('fireplot.health', HEALTH_COLUMNS, this.#sent.rows, this.#sent.token);
      this.#sent = undefined;
    }
  }
}
