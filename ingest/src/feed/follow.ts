import type { Store } from '../store/store.js';
import { anyOf } from './ledger.js';
import type { Ledger, Stored } from './ledger.js';
import type { Action, Seen } from './logstalgia.js';
import { askPage } from './page.js';
import type { Place } from './page.js';

/** Batches of one question: their numbers stand in the statement. */
const TOGETHER = 500;

/** Events as they are stored: each once, also when questions fail in between and are asked again. */
export class Follower {
  readonly #ledger: Ledger;
  readonly #from: number;
  readonly #actions: readonly Action[];
  #waiting: Stored[] = [];
  #after: Place | undefined;

  /** @param ledger started @param from events before it (ms) are left out, as of a backfill */
  constructor(ledger: Ledger, from: number, actions: readonly Action[]) {
    this.#ledger = ledger;
    this.#from = from;
    this.#actions = actions;
  }

  /**
   * Events stored since the last page, in the order of time among those of one call's batches; none when there is nothing new.
   * @throws StoreError; what was not given out comes with the next call
   */
  async next(store: Store): Promise<readonly Seen[]> {
    if (this.#waiting.length === 0) {
      const fresh = await this.#ledger.fresh(store);
      this.#waiting = fresh.filter(({ maxTime }) => maxTime >= this.#from);
    }
    if (this.#waiting.length === 0) return [];
    const together = this.#waiting.slice(0, TOGETHER);
    const wanted = {
      from: Math.max(this.#from, Math.min(...together.map(({ minTime }) => minTime))),
      to: Math.max(...together.map(({ maxTime }) => maxTime)) + 1,
      actions: this.#actions,
      batches: anyOf(together.map(({ id }) => id)),
    };
    const { events, next } = await askPage(store, wanted, this.#after);
    this.#after = next;
    if (next === undefined) this.#waiting = this.#waiting.slice(TOGETHER);
    return events;
  }

  /** Whether the last page was not all of what was found. */
  get more(): boolean {
    return this.#waiting.length > 0;
  }
}
