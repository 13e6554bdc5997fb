import { LF } from '../input/lines.js';
import { hashOf } from './token.js';

/** One INSERT is one block of at most this many rows: the store's deduplication works by block. */
export const BLOCK_LINES = 50_000;
/** A block without that many lines is cut here; with no line end in it, in the middle of a line. */
export const BLOCK_BYTES = 16 * 1024 * 1024;

/** A piece of this source that the store already holds. */
export interface KnownPiece {
  readonly offset: number;
  readonly length: number;
  readonly hash: string;
  readonly rows: number;
}

/** A piece cut from the source. Its bytes are valid until the next `push`. */
export interface Block {
  readonly bytes: Buffer;
  /** Bytes of the decompressed source before it. */
  readonly offset: number;
  readonly length: number;
  /** sha256 of the content, hexadecimal. */
  readonly hash: string;
  /** Number of its first line, from 1. */
  readonly firstLine: number;
  /** Line ends in it. */
  readonly lines: number;
  /** It starts inside a line whose head was in the block before. */
  readonly continues: boolean;
  /** Set when the store holds it already. */
  readonly known: KnownPiece | undefined;
}

/**
 * Cuts a source into blocks at places that depend on its bytes alone, never on time or on how it was read: the same
 * file gives the same blocks. Where the store knows pieces of it, those are recognised first, so that the last,
 * shorter piece of a file that has grown since is not stored twice.
 */
export class BlockCutter {
  #bytes = Buffer.allocUnsafe(BLOCK_BYTES / 4);
  #start = 0;
  #end = 0;
  #offset = 0;
  #line = 1;
  #continues = false;
  /** Looked through for line ends up to here; so many found; and where the last of them was. */
  #scanned = 0;
  #lines = 0;
  #whole = 0;
  readonly #known = new Map<number, KnownPiece[]>();

  /** What the store knows of this source. */
  learn(pieces: readonly KnownPiece[]): void {
    for (const piece of pieces) {
      const same = this.#known.get(piece.offset);
      if (same === undefined) this.#known.set(piece.offset, [piece]);
      else same.push(piece);
    }
    for (const same of this.#known.values()) same.sort((a, b) => a.length - b.length);
  }

  push(chunk: Buffer): void {
    this.#makeRoom(chunk.length);
    chunk.copy(this.#bytes, this.#end);
    this.#end += chunk.length;
  }

  /** Everything that has been pushed and not cut yet: to look at the first line. */
  peek(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /**
   * The next block, or undefined when more bytes are needed.
   * @param ended no more bytes will come: what is left is the last block
   * @param flush cut behind the last whole line, for a pipe that is silent
   */
  next(ended: boolean, flush = false): Block | undefined {
    if (this.#start === this.#end) return undefined;
    const known = this.#nextKnown(ended);
    if (known === 'wait') return undefined;
    if (known !== undefined) return this.#cut(known.length, known.hash, known);
    const length = this.#nextLength(ended, flush);
    if (length === 0) return undefined;
    return this.#cut(length, hashOf(this.#bytes.subarray(this.#start, this.#start + length)), undefined);
  }

  #nextKnown(ended: boolean): KnownPiece | 'wait' | undefined {
    const pieces = this.#known.get(this.#offset);
    if (pieces === undefined) return undefined;
    const available = this.#end - this.#start;
    for (const piece of pieces) {
      if (piece.length > available) {
        if (!ended) return 'wait';
        continue;
      }
      const content = this.#bytes.subarray(this.#start, this.#start + piece.length);
      // A piece that was the half of a last line is read again once the line is whole.
      const half = content[piece.length - 1] !== LF && piece.length !== BLOCK_BYTES;
      if (half && piece.length === available && !ended) return 'wait';
      const whole = !half || piece.length === available;
      if (whole && hashOf(content) === piece.hash) return piece;
    }
    this.#known.delete(this.#offset);
    return undefined;
  }

  /** Length of the next block, and its line ends into `#lines`; 0 when more bytes are needed. */
  #nextLength(ended: boolean, flush: boolean): number {
    const limit = Math.min(this.#end, this.#start + BLOCK_BYTES);
    while (this.#lines < BLOCK_LINES) {
      const at = this.#bytes.indexOf(LF, this.#scanned);
      if (at < 0 || at >= limit) break;
      this.#whole = this.#scanned = at + 1;
      this.#lines++;
    }
    if (this.#lines === BLOCK_LINES) return this.#whole - this.#start;
    this.#scanned = limit;
    const full = limit - this.#start === BLOCK_BYTES;
    if (!full && !ended && !flush) return 0;
    // A last line without its end is a block of its own: when the file grows, only it is read again.
    if (this.#whole > this.#start) return this.#whole - this.#start;
    return full || ended ? limit - this.#start : 0;
  }

  #cut(length: number, hash: string, known: KnownPiece | undefined): Block {
    const bytes = this.#bytes.subarray(this.#start, this.#start + length);
    const lines = known === undefined ? this.#lines : countLines(bytes);
    const block = {
      bytes,
      offset: this.#offset,
      length,
      hash,
      firstLine: this.#line,
      lines,
      continues: this.#continues,
      known,
    };
    this.#start += length;
    this.#offset += length;
    this.#line += lines;
    this.#continues = bytes[length - 1] !== LF;
    this.#rescan();
    return block;
  }

  #rescan(): void {
    this.#scanned = this.#start;
    this.#whole = this.#start;
    this.#lines = 0;
  }

  #makeRoom(size: number): void {
    const used = this.#end - this.#start;
    if (this.#end + size <= this.#bytes.length) return;
    const target =
      used + size > this.#bytes.length
        ? Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, used + size))
        : this.#bytes;
    this.#bytes.copy(target, 0, this.#start, this.#end);
    this.#bytes = target;
    this.#scanned -= this.#start;
    this.#whole -= this.#start;
    this.#start = 0;
    this.#end = used;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}
