import type { Store } from '../store/store.js';
import type { Sink } from './batch.js';

/** `openSink` of sink.ts. Inert until the first write; one sink serves all inputs of a process. */
export type OpenSink = (store: Store, options?: SinkOptions) => Sink;

export interface SinkOptions {
  /** Batches under way side by side; more wait in line. Default 3: two insert, one looks up or writes the ledger. */
  readonly inFlight?: number;
  /** Tries of one batch before `write` rejects; default 8, which with the waits between is about a minute. */
  readonly tries?: number;
  /** First wait between two tries in ms, doubled each time up to 15 s; default 500. */
  readonly backoffMs?: number;
  /** Waits also for what a person must mend (rights, tables); only bytes that the store cannot read are given up. */
  readonly patient?: boolean;
  /** Told of each failed try that will be repeated: one sentence for the log. */
  readonly onRetry?: ((sentence: string) => void) | undefined;
  /** Refused lines kept of what is stored on one day (UTC); counts stay exact. Default 10,000. */
  readonly refusedPerDay?: number;
}

/** `saveSettings` of settings.ts: puts what the data source must know into fireplot.settings (own networks, …). */
export type SaveSettings = (store: Store, settings: Readonly<Record<string, string>>) => Promise<void>;
