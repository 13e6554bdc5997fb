import { CR, emitLine, LF } from './lines.js';
import type { LineSink } from './lines.js';

/**
 * Cuts a byte stream into lines, wherever its chunks were cut: LF or CRLF framing, or octet counting (RFC 6587,
 * `123 <14>…`), which a connection's first bytes tell. Memory is bounded by the line limit; of a longer line the head
 * is handed on and the rest skipped.
 */
export class Framer {
  readonly #limit: number;
  readonly #sink: LineSink;
  readonly #mayCount: boolean;
  /** The piece of a line that earlier chunks brought. One byte over the limit has room for a CR. */
  readonly #carry: Buffer;
  #carried = 0;
  #state: 'head' | 'lines' | 'counted';
  /** The first frame of this stream was octet-counted. */
  #counting = false;
  /** Bytes of the counted frame still to come. */
  #remaining = 0;
  /** The head of this line has been handed on as too long. */
  #skipping = false;

  /** @param options `octetCounting` false: a file or stdin, where a line may well begin with a number */
  constructor(limit: number, sink: LineSink, options: { octetCounting: boolean }) {
    this.#limit = limit;
    this.#sink = sink;
    this.#mayCount = options.octetCounting;
    this.#carry = Buffer.allocUnsafe(Math.max(limit + 1, MAX_HEAD));
    this.#state = this.#mayCount ? 'head' : 'lines';
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'head') at = this.#readHead(chunk, at);
      else if (this.#state === 'counted') at = this.#readCounted(chunk, at);
      else at = this.#readLine(chunk, at);
    }
  }

  /** The stream has ended: what is left is a line too. */
  end(): void {
    if (this.#carried > 0 && !this.#skipping) this.#flushCarry(0);
    this.#carried = 0;
    this.#skipping = false;
    this.#counting = false;
    this.#state = this.#mayCount ? 'head' : 'lines';
  }

  /** Reads `123 ` up to the `<` of the message byte by byte; anything else is the begin of a plain line. */
  #readHead(chunk: Buffer, start: number): number {
    let at = start;
    while (at < chunk.length) {
      const code = chunk[at] as number;
      const carried = this.#carried;
      if (carried === 0 && this.#counting && (code === LF || code === CR)) {
        at++; // some senders end counted frames with a line feed too
        continue;
      }
      const spaced = carried > 0 && this.#carry[carried - 1] === SPACE;
      const digit = !spaced && code >= (carried === 0 ? DIGIT_1 : DIGIT_0) && code <= DIGIT_9 && carried < MAX_DIGITS;
      if (digit || (code === SPACE && !spaced && carried > 0)) {
        this.#carry[this.#carried++] = code;
        at++;
      } else if (code === ANGLE && spaced) {
        this.#remaining = Number(this.#carry.toString('latin1', 0, carried - 1));
        this.#carried = 0;
        this.#counting = true;
        this.#state = 'counted';
        return at;
      } else {
        this.#state = 'lines';
        return at;
      }
    }
    return at;
  }

  #readCounted(chunk: Buffer, start: number): number {
    const end = Math.min(chunk.length, start + this.#remaining);
    this.#remaining -= end - start;
    if (this.#remaining > 0) {
      this.#keep(chunk, start, end);
      return end;
    }
    if (this.#skipping) this.#skipping = false;
    else if (this.#carried > 0) this.#flushCarryWith(chunk, start, end);
    else this.#emitCounted(chunk, start, end);
    this.#carried = 0;
    this.#state = 'head';
    return end;
  }

  #readLine(chunk: Buffer, start: number): number {
    const end = chunk.indexOf(LF, start);
    if (end < 0) {
      this.#keep(chunk, start, chunk.length);
      return chunk.length;
    }
    if (this.#skipping) this.#skipping = false;
    else if (this.#carried > 0) this.#flushCarryWith(chunk, start, end);
    else emitLine(this.#sink, this.#limit, chunk, start, end);
    this.#carried = 0;
    if (this.#counting) this.#state = 'head';
    return end + 1;
  }

  /** Puts a piece without an end aside; over the limit, hands on the head and skips the rest. */
  #keep(chunk: Buffer, start: number, end: number): void {
    if (this.#skipping) return;
    const room = this.#limit + 1 - this.#carried;
    if (end - start <= room) {
      chunk.copy(this.#carry, this.#carried, start, end);
      this.#carried += end - start;
      return;
    }
    this.#tooLong(chunk, start);
    this.#skipping = true;
    this.#carried = 0;
  }

  #flushCarryWith(chunk: Buffer, start: number, end: number): void {
    if (this.#carried + end - start > this.#limit + 1) return this.#tooLong(chunk, start);
    chunk.copy(this.#carry, this.#carried, start, end);
    this.#flushCarry(end - start);
  }

  #flushCarry(added: number): void {
    const end = this.#carried + added;
    if (this.#state === 'counted') this.#emitCounted(this.#carry, 0, end);
    else emitLine(this.#sink, this.#limit, this.#carry, 0, end);
  }

  #tooLong(chunk: Buffer, start: number): void {
    const missing = this.#limit - this.#carried;
    if (missing > 0) chunk.copy(this.#carry, this.#carried, start, start + missing);
    this.#sink.tooLong(this.#carry, 0, this.#limit);
  }

  /** A counted frame may carry its own line end. */
  #emitCounted(bytes: Buffer, start: number, end: number): void {
    emitLine(this.#sink, this.#limit, bytes, start, end > start && bytes[end - 1] === LF ? end - 1 : end);
  }
}

const SPACE = 32;
const DIGIT_0 = 48;
const DIGIT_1 = 49;
const DIGIT_9 = 57;
const ANGLE = 60;
const MAX_DIGITS = 9;
const MAX_HEAD = MAX_DIGITS + 2;
