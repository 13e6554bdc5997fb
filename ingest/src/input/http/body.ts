import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { later, Refusal } from './refusal.js';

/** Bytes of bodies that may be in memory at once, of all requests together. */
export class Budget {
  readonly #bytes: number;
  #taken = 0;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** @returns false, and takes nothing, when there is not so much left */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.#bytes) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

export interface BodyLimits {
  /** Bytes, as sent and unpacked. */
  readonly maxBytes: number;
  readonly budget: Budget;
}

export interface Body {
  readonly bytes: Buffer;
  /** Gives its memory back to the budget. */
  release(): void;
}

/**
 * Reads a request's body to its end, unpacked.
 * @throws Refusal when it is too long, no gzip, or there is no memory for it now; Error when the sender left
 */
export function readBody(request: IncomingMessage, gzip: boolean, limits: BodyLimits): Promise<Body> {
  const { maxBytes, budget } = limits;
  const chunks: Buffer[] = [];
  let received = 0;
  let length = 0;
  const unpack = gzip ? createGunzip() : undefined;
  const release = (): void => {
    budget.give(length);
    length = 0;
    chunks.length = 0;
  };
  return new Promise<Body>((resolve, reject) => {
    const stop = (): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      unpack?.removeAllListeners('data').removeAllListeners('end');
    };
    const fail = (error: Error): void => {
      stop();
      release();
      unpack?.destroy();
      reject(error);
    };
    const keep = (chunk: Buffer): void => {
      if (length + chunk.length > maxBytes) return fail(tooLong(maxBytes));
      if (!budget.take(chunk.length)) return fail(later(429, 'Too many requests are being read: send it again.', 1));
      length += chunk.length;
      chunks.push(chunk);
    };
    const done = (): void => {
      stop();
      resolve({ bytes: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), release });
    };
    const onData = (chunk: Buffer): void => {
      received += chunk.length;
      if (received > maxBytes) return fail(tooLong(maxBytes));
      if (unpack === undefined) return keep(chunk);
      if (!unpack.write(chunk)) {
        request.pause();
        unpack.once('drain', () => request.resume());
      }
    };
    const onEnd = (): void => {
      if (unpack === undefined) return done();
      request.off('close', onClose); // it closes by itself now that it is whole
      unpack.end();
    };
    const onClose = (): void => fail(new Error('the sender left in the middle of its request'));
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
    unpack
      ?.on('data', keep)
      .on('end', done)
      .on('error', (cause) => fail(new Refusal(400, `The body is no whole gzip data (${cause.message}).`)));
  });
}

export function tooLong(maxBytes: number): Refusal {
  return new Refusal(413, `The body is longer than ${maxBytes} bytes unpacked: send fewer lines at once.`);
}
