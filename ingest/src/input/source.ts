import { constants, createReadStream } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What a person must know of an input that cannot be read: one sentence. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

export const STDIN = '-';

const CHUNK = 256 * 1024;
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const HEAD_BYTES = 6;

/** What is not unpacked here, by its first bytes, and what does. */
const OTHER_PACKERS: readonly [Buffer, string, string][] = [
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]), 'xz', 'xz -dc'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd', 'zstd -dc'],
  [Buffer.from('BZh'), 'bzip2', 'bzip2 -dc'],
  [Buffer.from([0x50, 0x4b, 0x03, 0x04]), 'zip', 'unzip -p'],
];

/** What packed a file, by its first bytes; undefined when nothing did. */
export function packerOf(head: Buffer): string | undefined {
  if (startsWith(head, GZIP_MAGIC)) return 'gzip';
  return OTHER_PACKERS.find(([magic]) => startsWith(head, magic))?.[1];
}

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
    const facts = await stat(path);
    if (facts.isDirectory()) {
      throw new InputError(`${path} is a folder: give the log files in it, for example ${path}/*.log.`);
    }
    // Opening a pipe to try it would end its writer.
    await access(path, constants.R_OK);
    return { size: facts.isFile() ? facts.size : 0, modified: Math.floor(facts.mtimeMs) };
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
      while (head.length < HEAD_BYTES) {
        const { value, done } = await raw.next();
        if (done === true) break;
        head = head.length === 0 ? value : Buffer.concat([head, value]);
      }
      this.#refusePacked(head);
      if (startsWith(head, GZIP_MAGIC)) {
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

  #refusePacked(head: Buffer): void {
    const packer = OTHER_PACKERS.find(([magic]) => startsWith(head, magic));
    if (packer === undefined) return;
    const [, name, command] = packer;
    throw new InputError(`${this.#name} is packed by ${name}: unpack it into stdin, ${command} FILE | fireplot load -`);
  }

  async *#counted(): AsyncGenerator<Buffer, undefined> {
    for await (const chunk of this.#raw as AsyncIterable<Buffer>) {
      this.bytesRead += chunk.length;
      yield chunk;
    }
    return undefined;
  }
}

const startsWith = (bytes: Buffer, magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);

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
