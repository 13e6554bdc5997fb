import { parentPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { InputError } from '../../input/source.js';
import type { KnownPiece } from '../blocks.js';
import { readFile } from '../file.js';
import type { FileJob, FilePorts } from '../file.js';
import type { FromLoadThread, ToLoadThread } from './messages.js';

/**
 * The thread that reads files: unpacks, parses and encodes while the main thread inserts. At most BUFFERS batches are
 * under way; then it waits until one comes back.
 */
const BUFFERS = 4;

class LoadThread {
  readonly #port: MessagePort;
  readonly #free: ArrayBuffer[] = [];
  #underWay = 0;
  #roomMade: (() => void) | undefined;
  #answer: ((pieces: readonly KnownPiece[]) => void) | undefined;

  constructor(port: MessagePort) {
    this.#port = port;
    port.on('message', (message: ToLoadThread) => this.#take(message));
  }

  #take(message: ToLoadThread): void {
    if (message.type === 'load') {
      void this.#load(message.job);
    } else if (message.type === 'known') {
      this.#answer?.(message.pieces);
    } else {
      this.#free.push(message.buffer);
      this.#underWay--;
      this.#roomMade?.();
    }
  }

  async #load(job: FileJob): Promise<void> {
    const ports: FilePorts = {
      known: (source) => {
        this.#send({ type: 'source', source });
        return new Promise((resolve) => (this.#answer = resolve));
      },
      batch: async (batch) => {
        this.#underWay++;
        this.#port.postMessage({ type: 'batch', batch } satisfies FromLoadThread, [batch.tsv.buffer as ArrayBuffer]);
        if (this.#underWay >= BUFFERS) await new Promise<void>((resolve) => (this.#roomMade = resolve));
        return this.#free.pop();
      },
      skipped: (piece) => this.#send({ type: 'skipped', piece }),
      progress: (bytesRead, lines) => this.#send({ type: 'progress', bytesRead, lines }),
    };
    try {
      this.#send({ type: 'done', lines: await readFile(job, ports) });
    } catch (error) {
      const fault = !(error instanceof InputError);
      const message = error instanceof Error ? (fault && error.stack) || error.message : String(error);
      this.#send({ type: 'failed', message, fault });
    }
  }

  #send(message: FromLoadThread): void {
    this.#port.postMessage(message);
  }
}

if (parentPort !== null) new LoadThread(parentPort);
