import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store/error.js';

/** ClickHouse's codes for bytes that it cannot read: nobody can mend that. */
const UNREADABLE = new Set([6, 26, 27, 33, 38, 41, 53, 69, 70, 72, 117, 131]);
/** Errors that last until a person has mended something: wrong schema, no right. */
const LASTING = new Set([
  10, 16, 20, 44, 47, 48, 60, 62, 73, 81, 115, 349, // table, column or format is not what it should be
  164, 192, 193, 194, 497, 516, // not allowed
]); // prettier-ignore

export interface RetryOptions {
  readonly tries: number;
  /** First wait in ms, doubled each time. */
  readonly backoffMs: number;
  /** Waits also for what a person must mend; only bytes that cannot be read are given up. */
  readonly patient?: boolean;
  readonly onRetry?: ((sentence: string) => void) | undefined;
}

const LONGEST_WAIT_MS = 15_000;

/** Repeats `task` while it fails for a reason that may pass. Rejects with the last error. */
export async function retry<T>(what: string, task: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await task();
    } catch (error) {
      if (attempt >= options.tries || !mayPass(error, options.patient === true)) throw error;
      const ms = Math.min(LONGEST_WAIT_MS, options.backoffMs * 2 ** (attempt - 1));
      options.onRetry?.(`${what}: ${sentence(error)}; trying again in ${ms / 1_000} s`);
      await wait(ms);
    }
  }
}

function mayPass(error: unknown, patient: boolean): boolean {
  if (!(error instanceof StoreError)) return false;
  if (error.kind !== 'query') return patient || error.kind === 'away';
  return !UNREADABLE.has(error.code) && (patient || !LASTING.has(error.code));
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
