import { VARINT_BYTES } from './bytes.js';
import { encodeRow } from './encode.js';
import type { RowContext } from './encode.js';
import type { Event } from './event.js';

const FIRST_BYTES = 64 * 1024;

/** Rows of one batch as RowBinary, in a buffer that grows and is used again for batch after batch. */
export class Rows {
  /** Plain arrays and no Buffers: their `subarray` and `fill` are wrapped in more work than copying a line is. */
  #bytes: Uint8Array<ArrayBuffer>;
  #source: Uint8Array | undefined;
  /** The same memory as `#source`. */
  #plain: Uint8Array = new Uint8Array(0);
  #length = 0;
  /** Of the buffer last handed over, whose own length is 0 by then. */
  #capacity = FIRST_BYTES;
  count = 0;
  /** Earliest and latest `time` of the rows, ms since the epoch; 0 without rows. */
  minTime = 0;
  maxTime = 0;

  constructor(buffer: ArrayBuffer = new ArrayBuffer(FIRST_BYTES)) {
    this.#bytes = new Uint8Array(buffer);
  }

  get byteLength(): number {
    return this.#length;
  }

  /** Adds one event. @param source holds the line, whose bytes go into `message` as they are */
  add(event: Event, row: RowContext, source: Uint8Array, start: number, end: number): void {
    if (source !== this.#source) {
      this.#source = source;
      this.#plain = new Uint8Array(source.buffer, source.byteOffset, source.length);
    }
    this.#reserve(sizeBound(event, row, end - start));
    this.#length = encodeRow(this.#bytes, this.#length, event, row, this.#plain, start, end);
    if (this.count === 0 || event.time < this.minTime) this.minTime = event.time;
    if (event.time > this.maxTime) this.maxTime = event.time;
    this.count++;
  }

  /** The bytes from a position on; valid until the next call. */
  tail(from: number): Uint8Array {
    return this.#bytes.subarray(from, this.#length);
  }

  /** Hands the whole buffer over, to be transferred; call `reuse` before the next row. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#capacity = this.#bytes.length;
    this.#clear();
    return taken;
  }

  /** Goes on in another buffer: one that came back, or a new one. */
  reuse(buffer: ArrayBuffer | undefined): void {
    this.#bytes = new Uint8Array(buffer ?? new ArrayBuffer(this.#capacity));
  }

  /** A copy of the bytes, for small batches; the buffer stays here. */
  takeCopy(): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(this.#length);
    copy.set(this.#bytes.subarray(0, this.#length));
    this.#clear();
    return copy;
  }

  #clear(): void {
    this.#length = 0;
    this.count = 0;
    this.minTime = 0;
    this.maxTime = 0;
  }

  #reserve(size: number): void {
    const wanted = this.#length + size;
    if (wanted <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** More than the numbers, addresses and lengths of a row can take. */
const FIXED_BYTES = 320;

function sizeBound(event: Event, row: RowContext, lineLength: number): number {
  let size = FIXED_BYTES + lineLength + event.sensor.length + event.ifaceIn.length + event.ifaceOut.length;
  size += row.dialect.length + event.rule.length + event.signature.length + event.qname.length;
  const { attrs } = event;
  if (attrs !== null) for (const key in attrs) size += key.length + (attrs[key] as string).length + 2 * VARINT_BYTES;
  return size;
}
