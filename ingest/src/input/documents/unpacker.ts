import { tuplesOf } from '../../dialect/azure/tuples.js';
import { isListHead } from './detect.js';

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

/** A record that is longer is cut there, and refused by whoever reads it. */
export const RECORD_LIMIT = 16 * 1024 * 1024;
/** So much of such a record is kept to be looked at. */
const KEPT = 256 * 1024;
/** An object's list of events is found no further behind its start. */
const LIST_HEAD_LIMIT = 4 * 1024;
/** Where no record may start. */
const NOWHERE = -1;

/**
 * Makes lines of JSON: each object of the outermost array, of an object's list of events, or that stands alone, is a line
 * without blanks; of Azure's records each tuple is one. What a line is depends on the bytes alone, not on how they are cut
 * into chunks. Memory is bounded by `RECORD_LIMIT`, whatever the depth or length of what comes.
 */
export class Unpacker {
  readonly #emit: (line: string) => void;
  /** Whether a line end inside a value means that the value was cut. */
  readonly #oneLine: boolean;
  #record = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  #copying = false;
  /** Text between values, which is no JSON: a line as it is. */
  #raw = false;
  #depth = 0;
  /** Depth at which the record at hand started. */
  #base = 0;
  /** Depth at which records start. */
  #at = 0;
  #inString = false;
  #escaped = false;
  /** The list of events has just been opened. */
  #opened = false;

  /** @param emit gets lines, one character a byte, without their end */
  constructor(kind: 'document' | 'values', emit: (line: string) => void) {
    this.#oneLine = kind === 'values';
    this.#emit = emit;
  }

  push(chunk: Buffer): void {
    for (let i = 0; i < chunk.length; i++) {
      const c = chunk[i]!;
      if (this.#raw) this.#readRaw(c);
      else if (this.#inString) this.#readString(c);
      else this.#read(c);
    }
  }

  /** No more bytes will come: what is left was cut. */
  end(): void {
    this.#finish();
    this.#depth = this.#at = 0;
  }

  #read(c: number): void {
    switch (c) {
      case LF:
        if (this.#oneLine && this.#depth > 0) this.#break();
        return;
      case SPACE:
      case TAB:
      case CR:
        return;
      case QUOTE:
        if (this.#depth === 0) this.#raw = this.#copying = true;
        else this.#inString = true;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        this.#open(c);
        return;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        this.#close(c);
        return;
      default:
        if (this.#depth === 0) {
          if (c === COMMA || BYTE_ORDER_MARK.includes(c)) return;
          this.#raw = this.#copying = true;
        }
    }
    this.#opened = false;
    if (this.#copying) this.#put(c);
  }

  #open(c: number): void {
    if (this.#opened && c === OPEN_BRACE) {
      // What was taken for a record is the object around a list of them.
      this.#length = 0;
      this.#at = this.#base = this.#depth;
    } else if (!this.#copying && c === OPEN_BRACE && this.#depth === this.#at) {
      this.#copying = true;
      this.#base = this.#depth;
    } else if (this.#depth === 0) this.#at = 1;
    this.#opened = false;
    this.#depth++;
    if (!this.#copying) return;
    this.#put(c);
    if (c === OPEN_BRACKET && this.#depth === 2 && this.#base === 0 && this.#length < LIST_HEAD_LIMIT) {
      this.#opened = isListHead(this.#record.toString('latin1', 0, this.#length));
    }
  }

  #close(c: number): void {
    this.#opened = false;
    if (this.#depth > 0) this.#depth--;
    if (this.#copying) {
      this.#put(c);
      if (this.#depth === this.#base) this.#finish();
    }
    if (this.#depth === 0) this.#at = 0;
    else if (this.#depth < this.#at) this.#at = NOWHERE;
  }

  #readString(c: number): void {
    if (c === LF) {
      // No string goes over a line's end.
      this.#break();
      return;
    }
    if (this.#copying) this.#put(c);
    if (this.#escaped) this.#escaped = false;
    else if (c === BACKSLASH) this.#escaped = true;
    else if (c === QUOTE) this.#inString = false;
  }

  #readRaw(c: number): void {
    if (c !== LF) this.#put(c);
    else this.#finish();
  }

  /** The value at hand ends here, though it is not whole; the next starts anew. */
  #break(): void {
    this.#finish();
    this.#inString = this.#escaped = this.#opened = false;
    this.#depth = this.#at = 0;
  }

  #put(c: number): void {
    if (this.#length === this.#record.length) {
      if (this.#length === RECORD_LIMIT) return;
      const larger = Buffer.allocUnsafe(Math.min(this.#length * 2, RECORD_LIMIT));
      this.#record.copy(larger);
      this.#record = larger;
    }
    this.#record[this.#length++] = c;
  }

  #finish(): void {
    const cut = this.#length === RECORD_LIMIT;
    const text = this.#record.toString('latin1', 0, cut ? KEPT : this.#length);
    const record = this.#copying && !this.#raw && !cut;
    this.#length = 0;
    this.#copying = this.#raw = false;
    if (text === '') return;
    const tuples = record ? tuplesOf(text) : [];
    if (tuples.length === 0) this.#emit(text);
    else for (const tuple of tuples) this.#emit(tuple);
  }
}
