import type { OriginOf } from '../enrich/origin.js';
import type { Store } from '../store/store.js';
import { Detector } from './detector.js';

/** What the schedule says; the service's log is one. */
export interface Reporter {
  info(sentence: string): void;
  warn(sentence: string): void;
  debug(sentence: string): void;
}

/** The first look waits for this: whoever starts the service wants to see the plot before its scans. */
const FIRST_MS = 5_000;
/** With a backlog the next look comes this soon. */
const SOON_MS = 1_000;

/**
 * Looks for scans again and again, one turn at a time, never two at once. A look that fails is said once and tried
 * again at the next turn.
 */
export class Schedule {
  readonly #detector: Detector;
  readonly #report: Reporter;
  readonly #everyMs: number;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #failed = '';

  constructor(store: Store, everyMs: number, report: Reporter, originOf?: OriginOf) {
    this.#detector = new Detector(store, {
      signal: this.#stopping.signal,
      ...(originOf === undefined ? {} : { originOf }),
    });
    this.#everyMs = everyMs;
    this.#report = report;
  }

  start(): void {
    this.#next(Math.min(FIRST_MS, this.#everyMs));
  }

  /** Resolves when nothing of it runs any more: at most the query under way is waited for. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopped'));
    clearTimeout(this.#timer);
    await this.#running;
  }

  #next(ms: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#timer = setTimeout(() => (this.#running = this.#turn()), ms);
    this.#timer.unref();
  }

  async #turn(): Promise<void> {
    let wait = this.#everyMs;
    try {
      const turn = await this.#detector.turn();
      if (turn !== undefined) {
        const range = `${new Date(turn.range.from).toISOString()} to ${new Date(turn.range.to).toISOString()}`;
        this.#report.debug(`Looked for scans from ${range}: ${turn.written} rows written, ${turn.ms} ms.`);
        if (!turn.done) wait = Math.min(SOON_MS, this.#everyMs);
      }
      this.#failed = '';
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      if (why !== this.#failed) this.#report.warn(`Scans could not be looked for: ${why}. It is tried again.`);
      this.#failed = why;
    }
    this.#next(wait);
  }
}
