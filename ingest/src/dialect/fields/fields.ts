import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import { name } from '../scan.js';
import { isText, whole } from '../span.js';

/**
 * Where the known values of one line stand: located, not cut out. The first of a key wins, since devices write a packet's
 * own fields before what a peer words (URLs, user agents), and a quote that one of those breaks out of can only add keys.
 */
export class Fields<Field extends number> {
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** 1 where the value's end was seen: a value that ends the line may have lost its own. */
  readonly #closed: Uint8Array;

  /** @param count one more than the largest field */
  constructor(count: number) {
    this.#starts = new Int32Array(count);
    this.#ends = new Int32Array(count);
    this.#closed = new Uint8Array(count);
    this.clear();
  }

  clear(): void {
    this.#starts.fill(ABSENT);
    this.#ends.fill(ABSENT);
  }

  /** Notes the value `line[from, to)`. */
  put(field: Field, from: number, to: number, closed: boolean): void {
    if (this.#starts[field] !== ABSENT) return;
    this.#starts[field] = from;
    this.#ends[field] = to;
    this.#closed[field] = closed ? 1 : 0;
  }

  /** Where the value starts, -1 when it did not come. */
  from(field: Field): number {
    return this.#starts[field]!;
  }

  to(field: Field): number {
    return this.#ends[field]!;
  }

  /** Whether the field came whole and is not empty. */
  has(field: Field): boolean {
    return this.#starts[field] !== ABSENT && this.#closed[field] === 1 && this.#ends[field]! > this.#starts[field]!;
  }

  /** Whether the field came, but may have lost its end. */
  isCut(field: Field): boolean {
    return this.#starts[field] !== ABSENT && this.#closed[field] === 0;
  }

  /** Takes the last value for whole: for a word that is known, and senders whose lines end with what matters. */
  close(field: Field): void {
    this.#closed[field] = 1;
  }

  is(line: string, field: Field, text: string): boolean {
    return this.has(field) && isText(line, this.#starts[field]!, this.#ends[field]!, text);
  }

  /** The value as a name, '' when it did not come. */
  text(line: string, field: Field): string {
    return this.has(field) ? name(line, this.#starts[field]!, this.#ends[field]!) : '';
  }

  /** The value as an unsigned decimal, -1 when it did not come, is none, or is over `max`. */
  number(line: string, field: Field, max: number): number {
    return this.has(field) ? whole(line, this.#starts[field]!, this.#ends[field]!, max) : -1;
  }

  /** The sum of two totals, 0 unless both came: half of a sum misleads. */
  sum(line: string, one: Field, other: Field): number {
    const a = this.number(line, one, MAX_TOTAL);
    const b = this.number(line, other, MAX_TOTAL);
    return a < 0 || b < 0 ? 0 : a + b;
  }

  /** Keeps the value as an attribute, if it came. */
  keep(line: string, field: Field, event: Event, key: string): void {
    if (this.has(field)) keepAttr(event, key, line, this.#starts[field]!, this.#ends[field]!);
  }
}

/** A start that is none. */
const ABSENT = -1;

/** Two of these stay exact. */
export const MAX_TOTAL = Number.MAX_SAFE_INTEGER / 16;
