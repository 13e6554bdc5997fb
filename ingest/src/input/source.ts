import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What a person must know of an input that cannot be read: one sentence. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

export const STDIN = '-';

const CHUNK = 256 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

export interface FileFacts {
  /** Bytes on disk, for progress; 0 when it is no regular file. */
  readonly size: number;
  /** ms since the epoch. */
  readonly modified: number;
}

/**
 * Looks at a file before anything is begun.
 * @throws InputError when it is missing, a folder, or not readable
 */
export async function inspectFile(path: string): Promise<FileFacts> {
  try {
    const handle = await open(path, 'r');
    try {
      const facts = await handle.stat();
      if (facts.isDirectory())
        throw new InputError(`${path} is a folder: give the log files in it, for example ${path}/*.log.`);
      return { size: facts.isFile() ? facts.size : 0, modified: Math.floor(facts.mtimeMs) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(sentenceOf(path, error), { cause: error });
  }
}

/** A file as bytes: packed or not, told by its first two bytes and not by its name; several gzip members are one. */
export class Source {
  /** Bytes of the file read so far, before they are unpacked. */
  bytesRead = 0;
  readonly #name: string;
  readonly #raw: Readable;

  /** @param stdin what `-` reads */
  constructor(path: string, stdin?: Readable) {
    this.#name = path === STDIN ? 'stdin' : path;
    this.#raw = path === STDIN ? (stdin ?? process.stdin) : createReadStream(path, { highWaterMark: CHUNK });
  }

  /**
   * The content, unpacked, in chunks of any size.
   * @throws InputError when the file cannot be read to its end; what came before has been handed on
   */
  async *chunks(): AsyncGenerator<Buffer> {
    const raw = this.#counted();
    try {
      // A pipe may bring its first byte alone.
      let head: Buffer<ArrayBufferLike> = Buffer.alloc(0);
      while (head.length < GZIP_MAGIC.length) {
        const { value, done } = await raw.next();
        if (done === true) break;
        head = head.length === 0 ? value : Buffer.concat([head, value]);
      }
      if (GZIP_MAGIC.every((code, i) => head[i] === code)) {
        yield* unpacked(head, raw);
        return;
      }
      if (head.length > 0) yield head;
      yield* raw;
    } catch (error) {
      throw error instanceof InputError ? error : new InputError(sentenceOf(this.#name, error), { cause: error });
    }
  }

  close(): void {
    this.#raw.destroy();
  }

  async *#counted(): AsyncGenerator<Buffer, undefined> {
    for await (const chunk of this.#raw as AsyncIterable<Buffer>) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
    return undefined;
  }
}

async function* unpacked(head: Buffer, rest: AsyncGenerator<Buffer, undefined>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK });
  const packed = async function* (): AsyncGenerator<Buffer> {
    yield head;
    yield* rest;
  };
  // What goes wrong in the pipeline destroys gunzip with it, and so comes out of the loop below.
  pipeline(packed, gunzip, () => {});
  for await (const chunk of gunzip as AsyncIterable<Buffer>) yield chunk;
}

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: check the path.',
  EACCES: 'may not be read by this user: change its permissions, or run as a user who may.',
  EISDIR: 'is a folder: give the log files in it.',
  Z_DATA_ERROR: 'holds damaged gzip data: what came before the damage was read; fetch the file again.',
  Z_BUF_ERROR: 'ends in the middle of its gzip data: what is there was read; fetch the file again.',
};

function sentenceOf(name: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const known = SENTENCES[code];
  if (known !== undefined) return `${name} ${known}`;
  return `${name} cannot be read (${error instanceof Error ? error.message : String(error)}): check the file and its disk.`;
}
