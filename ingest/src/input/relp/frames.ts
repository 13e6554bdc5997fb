/** What a frame asks for. `other` stands for every word that is no command of a client's. */
export type Command = 'syslog' | 'open' | 'close' | 'other';

export interface FrameSink {
  /**
   * A whole frame. The bytes are only valid during the call.
   * @param cut the data is longer than the limit, and this its head
   * @returns false to read no further: the rest of this connection is of no interest
   */
  frame(txnr: number, command: Command, bytes: Buffer, start: number, end: number, cut: boolean): boolean;
}

/** The stream is no RELP, or not any more; says in words what came instead. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** Over this a length is taken for forged: rsyslog's own bound for a message is far below. */
const MAX_DATA = 16 * 1024 * 1024;
const MAX_DIGITS = 9;
const MAX_COMMAND = 32;

/**
 * Cuts a byte stream into RELP frames, `TXNR SP COMMAND SP DATALEN [SP DATA] LF`, wherever its chunks were cut. Memory
 * is bounded by the limit; of longer data the head is handed on and the rest skipped.
 */
export class Frames {
  readonly #limit: number;
  readonly #sink: FrameSink;
  readonly #carry: Buffer;
  readonly #word = Buffer.alloc(MAX_COMMAND);
  #state: 'txnr' | 'command' | 'length' | 'data' | 'end' | 'over' = 'txnr';
  #digits = 0;
  #txnr = 0;
  #letters = 0;
  #length = 0;
  /** Bytes of the data seen so far, those skipped included. */
  #seen = 0;

  /** @param limit bytes of the longest data that is handed on whole */
  constructor(limit: number, sink: FrameSink) {
    this.#limit = limit;
    this.#sink = sink;
    this.#carry = Buffer.allocUnsafe(limit);
  }

  /** @throws FrameError; nothing may be pushed after it */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#state !== 'over') {
      if (this.#state === 'data') at = this.#readData(chunk, at);
      else if (this.#state === 'end') this.#readEnd(chunk[at++] as number, chunk);
      else this.#readHead(chunk[at++] as number, chunk);
    }
  }

  #readHead(code: number, chunk: Buffer): void {
    if (this.#state === 'command') {
      if (isLetter(code) && this.#letters < MAX_COMMAND) this.#word[this.#letters++] = code;
      else if (code === SPACE && this.#letters > 0) this.#state = 'length';
      else throw new FrameError(`${show(code)} stands where the name of a command was due`);
      return;
    }
    const isTxnr = this.#state === 'txnr';
    if (code >= DIGIT_0 && code <= DIGIT_9 && this.#digits < MAX_DIGITS) {
      this.#digits++;
      if (isTxnr) this.#txnr = this.#txnr * 10 + code - DIGIT_0;
      else this.#length = this.#length * 10 + code - DIGIT_0;
      return;
    }
    const ends = code === SPACE || (code === LF && !isTxnr && this.#length === 0);
    if (this.#digits === 0 || !ends) {
      throw new FrameError(`${show(code)} stands where ${isTxnr ? 'a transaction number' : 'a length'} was due`);
    }
    this.#digits = 0;
    if (isTxnr) {
      this.#state = 'command';
    } else if (this.#length === 0) {
      this.#state = 'end';
      if (code === LF) this.#finish(chunk, 0, 0);
    } else if (this.#length > MAX_DATA) {
      throw new FrameError(`a message of ${this.#length} bytes was announced, and ${MAX_DATA} are the most`);
    } else {
      this.#state = 'data';
    }
  }

  #readData(chunk: Buffer, start: number): number {
    const end = Math.min(chunk.length, start + this.#length - this.#seen);
    if (this.#seen === 0 && end - start === this.#length && end < chunk.length && chunk[end] === LF) {
      this.#finish(chunk, start, start + Math.min(this.#length, this.#limit));
      return end + 1;
    }
    if (this.#seen < this.#limit)
      chunk.copy(this.#carry, this.#seen, start, Math.min(end, start + this.#limit - this.#seen));
    this.#seen += end - start;
    if (this.#seen === this.#length) this.#state = 'end';
    return end;
  }

  #readEnd(code: number, chunk: Buffer): void {
    if (code !== LF) throw new FrameError(`${show(code)} stands where a frame of ${this.#length} bytes was due to end`);
    if (this.#length === 0) this.#finish(chunk, 0, 0);
    else this.#finish(this.#carry, 0, Math.min(this.#length, this.#limit));
  }

  #finish(bytes: Buffer, start: number, end: number): void {
    const goesOn = this.#sink.frame(this.#txnr, this.#command(), bytes, start, end, this.#length > this.#limit);
    this.#state = goesOn ? 'txnr' : 'over';
    this.#txnr = 0;
    this.#letters = 0;
    this.#length = 0;
    this.#seen = 0;
  }

  #command(): Command {
    for (const { name, letters } of COMMANDS) {
      if (letters.length === this.#letters && letters.compare(this.#word, 0, this.#letters) === 0) return name;
    }
    return 'other';
  }
}

const COMMANDS = (['syslog', 'open', 'close'] as const).map((name) => ({ name, letters: Buffer.from(name) }));

const LF = 10;
const SPACE = 32;
const DIGIT_0 = 48;
const DIGIT_9 = 57;

function isLetter(code: number): boolean {
  const upper = code & ~32;
  return upper >= 65 && upper <= 90;
}

const show = (code: number): string => JSON.stringify(String.fromCharCode(code));
