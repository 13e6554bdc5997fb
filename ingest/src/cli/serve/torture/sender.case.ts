import type { Place } from '../../../read/thread/messages.js';

/** What sends lines to a service that dies now and then. It lives through all of its lives. */
export interface TortureSender {
  readonly name: string;
  /** Source address of its lines. */
  readonly source: string;
  /** The service runs, and takes lines here. */
  up(places: readonly Place[]): void;
  /** The service has died. */
  down(): void;
  /** No more lines are made up; resolves when all there are have been answered. */
  finish(): Promise<void>;
  /** Ends it at once, whatever has not been answered. */
  stop(): void;
  /** Lines made up. */
  readonly sent: number;
  /**
   * Holds what is stored against what was sent.
   * @param stored numbers of the lines in the store, rising; one that is there twice comes twice
   * @returns what is wrong, in words; none when nothing is
   */
  judge(stored: readonly number[]): string[];
  /** Lines that were sent and never read, where that may be. */
  unread(stored: readonly number[]): number;
}

/** Of a sender that is answered: everything is there once. */
export function judgeAnswered(name: string, sent: number, stored: readonly number[]): string[] {
  const twice = stored.filter((each, i) => each === stored[i - 1]).length;
  const lost = sent - new Set(stored).size;
  const wrong: string[] = [];
  if (lost !== 0) wrong.push(`${name}: ${lost} of ${sent} lines are lost`);
  if (twice !== 0) wrong.push(`${name}: ${twice} of ${sent} lines are there twice`);
  return wrong;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Ticks so often; a sender sends its share of lines at each. */
export const TICK_MS = 10;

/** How many lines are due, so that the pace holds whatever the timers do. */
export class Pace {
  readonly #perSecond: number;
  #last = performance.now();
  #due = 0;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
  }

  due(): number {
    const now = performance.now();
    this.#due += ((now - this.#last) / 1_000) * this.#perSecond;
    this.#last = now;
    const lines = Math.floor(this.#due);
    this.#due -= lines;
    return Math.min(lines, this.#perSecond);
  }
}
