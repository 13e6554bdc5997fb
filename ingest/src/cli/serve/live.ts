import type { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { UserError } from '../../config/error.js';
import type { Delivered } from '../../read/live-delivery.js';
import type { Greeting } from '../../read/live.js';
import { spawnThread } from '../../read/thread/spawn.js';
import type {
  FromLiveThread,
  Leaving,
  LiveReport,
  LiveThreadData,
  Place,
  ToLiveThread,
} from '../../read/thread/messages.js';
import type { MatchTables } from '../../intel/match/tables.js';
import type { Batch } from '../../sink/batch.js';

export interface LiveHandlers {
  /** Resolves when the store has the batch or will not take it; undefined: it was given up, and stays in the spool. */
  deliver(batch: Batch): Promise<Delivered | undefined>;
  greet(greeting: Greeting): void;
  refusedSender(address: string): void;
  held(held: boolean): void;
  say(level: 'info' | 'warn', sentence: string): void;
  report(report: LiveReport): void;
  /** The thread has ended though nobody told it to. */
  died(error: Error): void;
}

/** The inputs and their spool, which live in a thread of their own; this is their end in the main thread. */
export class LiveInputs {
  readonly places: readonly Place[];
  /** Events that an earlier run has left in the spool. */
  readonly recovered: number;
  readonly #thread: Worker;
  readonly #ended: Promise<Leaving>;
  #stopping = false;

  private constructor(thread: Worker, places: readonly Place[], recovered: number, handlers: LiveHandlers) {
    this.#thread = thread;
    this.places = places;
    this.recovered = recovered;
    this.#ended = new Promise((resolve) => {
      let leaving: Leaving = { waiting: 0, lost: 0 };
      thread.on('message', (message: FromLiveThread) => {
        if (message.type === 'stopped') leaving = message.leaving;
      });
      thread.once('exit', () => {
        if (!this.#stopping) handlers.died(new Error('The thread that takes lines in has ended.'));
        resolve(leaving);
      });
    });
  }

  /** @param stdin what the thread reads as its stdin @throws UserError when the spool or a port cannot be had */
  static async open(data: LiveThreadData, handlers: LiveHandlers, stdin?: Readable): Promise<LiveInputs> {
    const thread = spawnThread('live', { name: 'fireplot live', workerData: data, stdin: stdin !== undefined });
    if (thread.stdin !== null) stdin?.pipe(thread.stdin);
    return new Promise((resolve, reject) => {
      thread.on('error', (error) => {
        handlers.died(error);
        reject(error);
      });
      thread.on('message', (message: FromLiveThread) => {
        if (message.type === 'running') resolve(new LiveInputs(thread, message.places, message.recovered, handlers));
        else if (message.type === 'failed') reject(new UserError(message.message));
        else if (message.type === 'batch') void deliver(thread, message.batch, handlers);
        else if (message.type === 'greeting') handlers.greet(message.greeting);
        else if (message.type === 'refused-sender') handlers.refusedSender(message.address);
        else if (message.type === 'held') handlers.held(message.held);
        else if (message.type === 'say') handlers.say(message.level, message.sentence);
        else if (message.type === 'stats') handlers.report(message.report);
      });
    });
  }

  /** Lines from now on are held against these indicators; undefined for none. The memory is shared. */
  match(tables: MatchTables | undefined): void {
    this.#send({ type: 'match', tables });
  }

  /** Takes no more in; resolves when all that came in is stored, or is left in the spool after `leave`. */
  async stop(): Promise<Leaving> {
    this.#stopping = true;
    this.#send({ type: 'stop' });
    return await this.#ended;
  }

  /** While stopping: waits no longer for the store. */
  leave(): void {
    this.#send({ type: 'leave' });
  }

  #send(message: ToLiveThread): void {
    this.#thread.postMessage(message);
  }
}

async function deliver(thread: Worker, batch: Batch, handlers: LiveHandlers): Promise<void> {
  const end = await handlers.deliver(batch);
  if (end === undefined) return;
  const memory = batch.tsv.buffer as ArrayBuffer;
  thread.postMessage({ type: 'done', token: batch.token, end, memory } satisfies ToLiveThread, [memory]);
}
