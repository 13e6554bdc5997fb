import { INPUT_NAMES } from '../input/intake.js';
import type { InputName } from '../input/intake.js';

/** Counters since the start, and how the spool stands; plain data, so that it can go to another thread. */
export interface LiveStats {
  /** Lines handed over by input, those that were dropped included. */
  readonly lines: Record<InputName, number>;
  readonly events: Record<InputName, number>;
  /** UDP lines thrown away, by cause: the spool was full, or their sender had sent too many. */
  readonly dropped: { spool: number; rate: number };
  /** Datagrams and connections of senders that are not allowed. */
  refusedSenders: number;
  /** Lines that are on disk, or were and are stored by now. */
  durable: Readonly<Record<InputName, number>>;
  spool: SpoolStats;
  /** Writes of the spool, each with its flush, and how long they took together. */
  readonly commits: { count: number; ms: number };
}

export interface SpoolStats {
  readonly bytes: number;
  /** Its bound. */
  readonly limit: number;
  /** Bytes that are not on disk yet. */
  readonly unsaved: number;
  /** Batches and events that are not stored yet. */
  readonly batches: number;
  readonly events: number;
  /** Age of the oldest of them, ms. */
  readonly oldestMs: number;
  /** Nothing is taken in at the moment. */
  readonly held: boolean;
}

export const zeroes = (): Record<InputName, number> =>
  Object.fromEntries(INPUT_NAMES.map((name) => [name, 0])) as Record<InputName, number>;

export function newStats(limit: number): LiveStats {
  return {
    lines: zeroes(),
    events: zeroes(),
    dropped: { spool: 0, rate: 0 },
    refusedSenders: 0,
    durable: zeroes(),
    commits: { count: 0, ms: 0 },
    spool: { bytes: 0, limit, unsaved: 0, batches: 0, events: 0, oldestMs: 0, held: false },
  };
}
