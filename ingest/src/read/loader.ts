import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { InputError, STDIN } from '../input/source.js';
import type { Batch, Sink } from '../sink/batch.js';
import type { Store } from '../store/store.js';
import type { KnownPiece } from './blocks.js';
import type { FileJob } from './file.js';
import { countReasons } from './refused.js';
import { spawnThread } from './thread/spawn.js';
import type { FromLoadThread, ToLoadThread } from './thread/messages.js';
import { pieceOf, sourcePrefix } from './token.js';

/** What became of the lines of the files so far. */
export interface LoadCounts {
  /** Events stored now. */
  loaded: number;
  refused: number;
  readonly reasons: Map<string, number>;
  /** Events that were in the store before. */
  known: number;
  /** All lines read. */
  lines: number;
}

export interface LoadProgress {
  /** Bytes of the file at hand that have been read, packed or not. */
  readonly bytesRead: number;
  readonly lines: number;
}

/**
 * Loads files one after the other: a thread reads them while this one stores. The thread lives as long as the loader,
 * so that what it has learned about running fast serves every file.
 */
export class Loader {
  readonly counts: LoadCounts = { loaded: 0, refused: 0, reasons: new Map(), known: 0, lines: 0 };
  readonly #store: Store;
  readonly #sink: Sink;
  readonly #thread: Worker;
  readonly #stdin: Readable | undefined;
  readonly #writing = new Set<Promise<void>>();
  #stopped = false;
  #onMessage: (message: FromLoadThread) => void = () => {};
  #readingDone: () => void = () => {};
  /** What went wrong first with the file at hand. */
  #failure: { readonly error: unknown } | undefined;

  /** @param stdin what `-` reads */
  constructor(store: Store, sink: Sink, stdin?: Readable) {
    this.#store = store;
    this.#sink = sink;
    this.#stdin = stdin;
    this.#thread = spawnThread('load', { name: 'fireplot load', stdin: true });
    this.#thread.on('message', (message: FromLoadThread) => this.#onMessage(message));
    this.#thread.on('error', (error) => this.#fail(error));
    this.#thread.on('exit', () => this.#fail(new Error('The thread that reads files has ended.')));
  }

  /** Whether `stop` was called. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /**
   * Resolves when every batch of the file is stored.
   * @throws InputError when the file cannot be read to its end, StoreError when it cannot be stored; what came before
   *   is stored and counted
   */
  async load(job: FileJob, onProgress: (progress: LoadProgress) => void = () => {}): Promise<void> {
    const before = this.counts.lines;
    this.#failure = undefined;
    const read = new Promise<void>((resolve) => {
      this.#readingDone = resolve;
    });
    this.#onMessage = (message) => this.#take(message, before, onProgress);
    if (this.#stopped) this.#fail(new InputError('Loading was stopped.'));
    else this.#send({ type: 'load', job });
    if (job.path === STDIN && this.#thread.stdin !== null) this.#stdin?.pipe(this.#thread.stdin);
    await read;
    await Promise.all(this.#writing);
    const failure = this.#failure as { readonly error: unknown } | undefined;
    if (failure !== undefined) throw failure.error;
  }

  /** Reads no further; `load` rejects once what is under way is stored. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#thread.terminate();
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
    await Promise.allSettled(this.#writing);
  }

  #take(message: FromLoadThread, before: number, onProgress: (progress: LoadProgress) => void): void {
    if (message.type === 'done') {
      this.#readingDone();
    } else if (message.type === 'failed') {
      this.#fail(message.fault ? new Error(message.message) : new InputError(message.message));
    } else if (message.type === 'source') {
      this.#known(message.source).then(
        (pieces) => this.#send({ type: 'known', pieces }),
        (error: unknown) => this.#fail(error)
      );
    } else if (message.type === 'batch') {
      const writing = this.#write(message.batch).catch((error: unknown) => this.#fail(error));
      this.#writing.add(writing);
      void writing.finally(() => this.#writing.delete(writing));
    } else if (message.type === 'skipped') {
      this.counts.known += message.piece.rows;
    } else if (message.type === 'progress') {
      this.counts.lines = before + message.lines;
      onProgress({ bytesRead: message.bytesRead, lines: this.counts.lines });
    }
  }

  /** The file at hand is not read on; what is under way is stored still. */
  #fail(error: unknown): void {
    this.#failure ??= { error };
    this.#readingDone();
  }

  async #write(batch: Batch): Promise<void> {
    const outcome = await this.#sink.write(batch);
    if (outcome === 'stored') {
      this.counts.loaded += batch.rows;
      countReasons(batch.refused, this.counts.reasons);
      for (const { count } of batch.refused) this.counts.refused += count;
    } else {
      this.counts.known += batch.rows;
    }
    const buffer = batch.tsv.buffer as ArrayBuffer;
    this.#thread.postMessage({ type: 'free', buffer } satisfies ToLoadThread, [buffer]);
  }

  /** What the ledger has of this source. */
  async #known(source: string): Promise<KnownPiece[]> {
    const rows = await this.#store.query<{ token: string; rows: number }>(
      'SELECT token, any(rows) AS rows FROM fireplot.batches WHERE startsWith(token, {prefix:String}) GROUP BY token',
      { prefix: sourcePrefix(source) }
    );
    return rows.flatMap(({ token, rows }) => {
      const piece = pieceOf(token);
      return piece === undefined ? [] : [{ ...piece, rows: Number(rows) }];
    });
  }

  #send(message: ToLoadThread): void {
    this.#thread.postMessage(message);
  }
}
