import type { Worker } from 'node:worker_threads';
import { UserError } from '../../config/error.js';
import type { Endpoint } from '../../input/endpoint.js';
import type { Greeting } from '../../read/live.js';
import { spawnThread } from '../../read/thread/spawn.js';
import type { FromLiveThread, LiveReport, LiveThreadData, ToLiveThread } from '../../read/thread/messages.js';
import type { Batch } from '../../sink/batch.js';

export interface LiveHandlers {
  /** Resolves when the batch is stored, or never will be. */
  deliver(batch: Batch): Promise<void>;
  greet(greeting: Greeting): void;
  refusedSender(address: string): void;
  held(held: boolean): void;
  report(report: LiveReport): void;
  /** The thread has ended though nobody told it to. */
  died(error: Error): void;
}

/** The syslog inputs, which live in a thread of their own; this is their end in the main thread. */
export class LiveInputs {
  readonly endpoint: Endpoint;
  /** Bytes the kernel holds for UDP. */
  readonly receiveBuffer: number;
  readonly #thread: Worker;
  readonly #ended: Promise<void>;
  #stopping = false;

  private constructor(thread: Worker, endpoint: Endpoint, receiveBuffer: number, handlers: LiveHandlers) {
    this.#thread = thread;
    this.endpoint = endpoint;
    this.receiveBuffer = receiveBuffer;
    this.#ended = new Promise((resolve) => {
      thread.once('exit', () => {
        if (!this.#stopping) handlers.died(new Error('The thread that listens for syslog has ended.'));
        resolve();
      });
    });
  }

  /** @throws UserError when a port cannot be had */
  static async open(data: LiveThreadData, handlers: LiveHandlers): Promise<LiveInputs> {
    const thread = spawnThread('live', { name: 'fireplot syslog', workerData: data });
    return new Promise((resolve, reject) => {
      thread.on('error', (error) => {
        handlers.died(error);
        reject(error);
      });
      thread.on('message', (message: FromLiveThread) => {
        if (message.type === 'listening')
          resolve(new LiveInputs(thread, message.endpoint, message.receiveBuffer, handlers));
        else if (message.type === 'failed') reject(new UserError(message.message));
        else if (message.type === 'batch') {
          void handlers.deliver(message.batch).then(() => thread.postMessage({ type: 'done' } satisfies ToLiveThread));
        } else if (message.type === 'greeting') handlers.greet(message.greeting);
        else if (message.type === 'refused-sender') handlers.refusedSender(message.address);
        else if (message.type === 'held') handlers.held(message.held);
        else if (message.type === 'stats') handlers.report(message.report);
      });
    });
  }

  /** Stops listening; resolves when all that came in has been delivered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#thread.postMessage({ type: 'stop' } satisfies ToLiveThread);
    await this.#ended;
  }

  /** Ends the thread with whatever it holds. */
  async kill(): Promise<void> {
    this.#stopping = true;
    await this.#thread.terminate();
  }
}
