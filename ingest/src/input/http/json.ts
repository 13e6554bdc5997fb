import { Refusal } from './refusal.js';

/** Deeper than any log's objects; what is deeper was made to hurt a parser. */
const MAX_DEPTH = 64;

/**
 * The elements of a JSON array, or values one behind the other (as Fluent Bit's json_lines), one by one as written: nothing is parsed into memory, so
 * numbers keep their digits and depth costs nothing. Each must be an object, or a text that is a log line.
 */
export class JsonElements {
  readonly #bytes: Buffer;
  #at = 0;
  #inArray = false;
  #count = 0;
  #over = false;
  start = 0;
  end = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /**
   * Goes to the next element, which then lies at `start` to `end`.
   * @returns false behind the last
   * @throws Refusal where the body is no JSON, or not such
   */
  next(): boolean {
    if (this.#over) return false;
    this.#skipSpace();
    if (!this.#inArray) {
      if (this.#at >= this.#bytes.length) return this.#finish();
      if (this.#count === 0 && this.#bytes[this.#at] === OPEN_ARRAY) {
        this.#inArray = true;
        this.#at++;
        this.#skipSpace();
        if (this.#bytes[this.#at] === CLOSE_ARRAY) return this.#close();
      }
    } else if (this.#count > 0) {
      if (this.#bytes[this.#at] === CLOSE_ARRAY) return this.#close();
      if (this.#bytes[this.#at] !== COMMA) throw this.#wrong('a comma or ] is missing');
      this.#at++;
      this.#skipSpace();
    }
    this.start = this.#at;
    const code = this.#bytes[this.#at];
    if (code === QUOTE) this.#skipText();
    else if (code === OPEN_OBJECT) this.#skipObject();
    else throw this.#wrong('an object or a text was due');
    this.end = this.#at;
    this.#count++;
    return true;
  }

  #close(): boolean {
    this.#at++;
    this.#skipSpace();
    if (this.#at < this.#bytes.length) throw this.#wrong('more stands behind its end');
    return this.#finish();
  }

  #finish(): false {
    this.#over = true;
    return false;
  }

  #skipSpace(): void {
    while (isSpace(this.#bytes[this.#at])) this.#at++;
  }

  #skipText(): void {
    for (this.#at++; this.#at < this.#bytes.length; this.#at++) {
      const code = this.#bytes[this.#at] as number;
      if (code === QUOTE) {
        this.#at++;
        return;
      }
      if (code === BACKSLASH) this.#at++;
      else if (code < 32) throw this.#wrong('a control character stands in a text');
    }
    throw this.#wrong('a text does not end');
  }

  #skipObject(): void {
    const closers: number[] = [];
    while (this.#at < this.#bytes.length) {
      const code = this.#bytes[this.#at] as number;
      if (code === QUOTE) {
        this.#skipText();
        continue;
      }
      if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        if (closers.length >= MAX_DEPTH) throw this.#wrong(`it is nested deeper than ${MAX_DEPTH}`);
        closers.push(code + 2); // [ ] and { } are two apart
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        if (closers.pop() !== code) throw this.#wrong('a bracket closes what another opened');
      }
      this.#at++;
      if (closers.length === 0) return;
    }
    throw this.#wrong('an object does not end');
  }

  #wrong(fault: string): Refusal {
    return new Refusal(
      400,
      `The body is not a JSON array of objects or texts: element ${this.#count + 1}, byte ${Math.min(this.#at, this.#bytes.length)}: ${fault}.`
    );
  }
}

/** The line that an element is: an object without the line ends between its parts, or the text itself. */
export function lineOf(bytes: Buffer, start: number, end: number): Buffer {
  const element = bytes.subarray(start, end);
  if (element[0] === QUOTE) return Buffer.from(textOf(element), 'utf8');
  return element.includes(LF) || element.includes(CR)
    ? (element.filter((code) => code !== LF && code !== CR) as Buffer)
    : element;
}

/** @throws Refusal for an escape that is none */
export function textOf(element: Buffer): string {
  try {
    return JSON.parse(element.toString('utf8')) as string;
  } catch {
    throw new Refusal(400, `The body is not JSON: ${JSON.stringify(element.toString('utf8', 0, 100))} is no text.`);
  }
}

const isSpace = (code: number | undefined): boolean => code === 32 || code === LF || code === CR || code === 9;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
