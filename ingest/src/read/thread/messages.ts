import type { MatchTables } from '../../intel/match/tables.js';
import type { Batch } from '../../sink/batch.js';
import type { KnownPiece } from '../blocks.js';
import type { InputName } from '../../input/intake.js';
import type { FileJob } from '../file.js';
import type { Delivered } from '../live-delivery.js';
import type { LiveStats } from '../live-stats.js';
import type { Greeting, LiveOptions } from '../live.js';
import type { InputPlan } from './inputs.js';

/** From the command to the thread that reads files. */
export type ToLoadThread =
  | { readonly type: 'load'; readonly job: FileJob }
  | { readonly type: 'known'; readonly pieces: readonly KnownPiece[] }
  /** One batch is done; its buffer comes back. */
  | { readonly type: 'free'; readonly buffer: ArrayBuffer };

export type FromLoadThread =
  | { readonly type: 'source'; readonly source: string }
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'skipped'; readonly piece: KnownPiece }
  | { readonly type: 'progress'; readonly bytesRead: number; readonly lines: number }
  | { readonly type: 'done'; readonly lines: number }
  /** The file could not be read to its end; the message is for the user, unless the fault is the program's. */
  | { readonly type: 'failed'; readonly message: string; readonly fault: boolean };

/** What the thread that takes lines in is started with. */
export interface LiveThreadData {
  /** The version that runs. */
  readonly program: string;
  /** Folder of the spool. */
  readonly spool: string;
  readonly live: LiveOptions;
  readonly inputs: InputPlan;
}

export type ToLiveThread =
  /** The store has a batch, or will not take it; its memory comes back. */
  | { readonly type: 'done'; readonly token: string; readonly end: Delivered; readonly memory: ArrayBuffer }
  /** Lines from now on are held against these indicators; undefined for none. */
  | { readonly type: 'match'; readonly tables: MatchTables | undefined }
  /** Take no more in, and hand over what is here. */
  | { readonly type: 'stop' }
  /** End; what is not stored stays in the spool. */
  | { readonly type: 'leave' };

/** An input that runs. */
export interface Place {
  readonly name: InputName;
  readonly place: string;
}

export interface LiveReport extends LiveStats {
  /** What the inputs count, by name; inputs of the same name are added up. */
  readonly inputs: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** How it ended. */
export interface Leaving {
  /** Events that wait in the spool. */
  readonly waiting: number;
  /** Lines that could not be brought onto the disk. */
  readonly lost: number;
}

export type FromLiveThread =
  | { readonly type: 'running'; readonly places: readonly Place[]; readonly recovered: number }
  /** It cannot run; the message is for the user. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'greeting'; readonly greeting: Greeting }
  | { readonly type: 'refused-sender'; readonly address: string }
  | { readonly type: 'held'; readonly held: boolean }
  | { readonly type: 'say'; readonly level: 'info' | 'warn'; readonly sentence: string }
  | { readonly type: 'stats'; readonly report: LiveReport }
  /** Everything is on disk or stored; the thread ends. */
  | { readonly type: 'stopped'; readonly leaving: Leaving };
