import { Source } from '../source.js';
import { cutLines } from './cut.js';
import { PRINT_BYTES, printLength } from './print.js';
import { advance, fits } from './reading.js';
import type { Reading, Target } from './reading.js';
import type { FileRecord } from './record.js';

/** A gzip file, which ends for good: read by offsets in what it unpacks to, from where the plain file was left. */
export class PackedReading implements Reading {
  readonly record: FileRecord;
  readonly modified: number;
  readonly #size: number;
  readonly #limit: number;
  readonly #source: Source;
  readonly #chunks: AsyncGenerator<Buffer>;
  /** Unpacked bytes at hand, and the offset of their first. */
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  /** @param size of the packed file @param modified ms since the epoch */
  constructor(path: string, record: FileRecord, size: number, modified: number, lineLimit: number) {
    this.record = record;
    this.modified = modified;
    this.#size = size;
    this.#limit = lineLimit;
    this.#source = new Source(path);
    this.#chunks = this.#source.chunks();
  }

  async verify(): Promise<boolean> {
    const { record } = this;
    const from = record.offset - printLength(record.offset);
    while (this.#start + this.#window.length < record.offset) {
      if (!(await this.#pull())) return false;
      this.#drop(from);
    }
    return fits(record, this.#window, record.offset - this.#start);
  }

  async step({ sink, save }: Target): Promise<'more' | 'end' | 'cut'> {
    const { record } = this;
    const more = await this.#pull();
    const cut = { next: record.offset - this.#start, skipping: record.skipping };
    cutLines(this.#window, this.#window.length, this.#limit, cut, more ? 'open' : 'last', sink);
    advance(record, this.#window, this.#start, cut);
    if (!more) Object.assign(record, { size: this.#size, modified: this.modified });
    save(record);
    this.#drop(record.offset < PRINT_BYTES ? 0 : record.offset - PRINT_BYTES);
    return more ? 'more' : 'end';
  }

  close(): Promise<void> {
    this.#source.close();
    return Promise.resolve();
  }

  async #pull(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done === true) return false;
    const chunk = value;
    this.#window = this.#window.length === 0 ? chunk : Buffer.concat([this.#window, chunk]);
    return true;
  }

  /** Forgets what lies before an offset. */
  #drop(offset: number): void {
    const excess = Math.min(offset - this.#start, this.#window.length);
    if (excess <= 0) return;
    this.#window = this.#window.subarray(excess);
    this.#start += excess;
  }
}
