import { encodeRow } from './encode.js';
import type { RowContext } from './encode.js';
import type { Event } from './event.js';

const FIRST_BYTES = 64 * 1024;

/** Rows of one batch as TabSeparated bytes, in a buffer that grows and is used again for batch after batch. */
export class Rows {
  #bytes: Buffer;
  #length = 0;
  /** Of the buffer last handed over, whose own length is 0 by then. */
  #capacity = FIRST_BYTES;
  count = 0;
  /** Earliest and latest `time` of the rows, ms since the epoch; 0 without rows. */
  minTime = 0;
  maxTime = 0;

  constructor(buffer: ArrayBuffer = new ArrayBuffer(FIRST_BYTES)) {
    this.#bytes = Buffer.from(buffer);
  }

  get byteLength(): number {
    return this.#length;
  }

  /**
   * Adds one event.
   * @param source where the line lies: its bytes go into `message` as they are
   * @param plain no byte of the line needs an escape
   */
  add(event: Event, row: RowContext, source: Buffer, start: number, end: number, plain: boolean): void {
    this.#reserve(sizeBound(event, row, end - start));
    this.#length = encodeRow(this.#bytes, this.#length, event, row, source, start, end, plain);
    if (this.count === 0 || event.time < this.minTime) this.minTime = event.time;
    if (event.time > this.maxTime) this.maxTime = event.time;
    this.count++;
  }

  /** Hands the whole buffer over, to be transferred; call `reuse` before the next row. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#bytes.buffer as ArrayBuffer, 0, this.#length);
    this.#capacity = this.#bytes.length;
    this.#clear();
    return taken;
  }

  /** Goes on in another buffer: one that came back, or a new one. */
  reuse(buffer: ArrayBuffer | undefined): void {
    this.#bytes = Buffer.from(buffer ?? new ArrayBuffer(this.#capacity));
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
    const grown = Buffer.from(new ArrayBuffer(Math.max(wanted, this.#bytes.length * 2)));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** More than the numbers, addresses and separators of a row can take. */
const FIXED_BYTES = 640;

function sizeBound(event: Event, row: RowContext, lineLength: number): number {
  let text = lineLength + event.sensor.length + event.ifaceIn.length + event.ifaceOut.length + row.dialect.length;
  text += event.rule.length + event.signature.length + event.qname.length;
  text += event.srcIp.length + event.dstIp.length + event.natSrcIp.length + event.natDstIp.length;
  const attrs = event.attrs;
  if (attrs !== null) for (const key in attrs) text += key.length + (attrs[key] as string).length + 6;
  return FIXED_BYTES + text * 2;
}
