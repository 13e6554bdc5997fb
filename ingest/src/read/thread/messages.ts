import type { Batch } from '../../sink/batch.js';
import type { KnownPiece } from '../blocks.js';
import type { Endpoint } from '../../input/endpoint.js';
import type { FileJob } from '../file.js';
import type { Greeting, LiveOptions, LiveStats } from '../live.js';

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

/** What the thread that listens is started with. */
export interface LiveThreadData {
  readonly endpoint: Endpoint;
  readonly live: LiveOptions;
  readonly maxConnections: number;
  readonly idleMs: number;
}

export type ToLiveThread =
  /** A batch is in the store, or lost for good. */
  | { readonly type: 'done' }
  /** Stop listening, hand over what is here. */
  | { readonly type: 'stop' };

export interface LiveReport extends LiveStats {
  readonly connections: number;
  /** Connections turned away since there were too many. */
  readonly crowded: number;
}

export type FromLiveThread =
  | { readonly type: 'listening'; readonly endpoint: Endpoint; readonly receiveBuffer: number }
  /** It cannot listen; the message is for the user. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'batch'; readonly batch: Batch }
  | { readonly type: 'greeting'; readonly greeting: Greeting }
  | { readonly type: 'refused-sender'; readonly address: string }
  | { readonly type: 'held'; readonly held: boolean }
  | { readonly type: 'stats'; readonly report: LiveReport }
  /** Everything is in the store; the thread ends. */
  | { readonly type: 'stopped' };
