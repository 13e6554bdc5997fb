import type { InputName } from '../input/intake.js';
import type { SpoolFile } from '../spool/file.js';
import type { Group, Mark } from '../spool/group.js';
import type { Gathered } from './batcher.js';
import { BLOCK_LINES } from './blocks.js';

/** A batch of long lines has fewer rows: its memory, which doubles as it grows, shall end at 16 MiB. */
const BATCH_BYTES = 15 * 1024 * 1024;
/** Batches below it are copied, so that their memory stays here; larger ones take theirs along. */
const COPIED_BYTES = 256 * 1024;

/** The batch that is open: what of it is on its way to the disk, and what is not. */
export class LiveBatch {
  readonly #gathered: Gathered;
  /** None before its first line or mark. */
  file: SpoolFile | undefined;
  /** How much of it has been handed to the disk. */
  #savedRows = 0;
  #savedBytes = 0;
  #marks = new Map<string, Mark>();
  #inputs = new Set<InputName>();
  #savedInputs = 0;
  #lastInput: InputName | undefined;

  /** @param gathered where the rows and refusals of its lines come together */
  constructor(gathered: Gathered) {
    this.#gathered = gathered;
  }

  /** Bytes in memory alone. */
  get unsaved(): number {
    return this.#gathered.rows.byteLength - this.#savedBytes;
  }

  get isFull(): boolean {
    const { count, byteLength } = this.#gathered.rows;
    return count >= BLOCK_LINES || byteLength >= BATCH_BYTES || (this.file?.bytes ?? 0) >= BATCH_BYTES;
  }

  mark(mark: Mark): void {
    this.#marks.set(mark[0], mark);
  }

  /** It has had a line of this input. */
  count(input: InputName): void {
    if (input === this.#lastInput) return;
    this.#lastInput = input;
    this.#inputs.add(input);
  }

  /** What is new since the last time; undefined when nothing is and it does not close. Its bytes are valid until the next line. */
  next(closes: boolean): Group | undefined {
    const { rows, refused } = this.#gathered;
    if (!closes && this.unsaved === 0 && refused.count === 0 && this.#marks.size === 0) return undefined;
    const group: Group = {
      rows: rows.count - this.#savedRows,
      minTime: rows.minTime,
      maxTime: rows.maxTime,
      bytes: rows.tail(this.#savedBytes),
      extras: {
        ...(this.#inputs.size === this.#savedInputs ? {} : { inputs: [...this.#inputs].sort() }),
        ...(refused.count === 0 ? {} : { refused: refused.take() }),
        ...(this.#marks.size === 0 ? {} : { marks: [...this.#marks.values()] }),
      },
      closes,
    };
    this.#marks = new Map();
    this.#savedInputs = this.#inputs.size;
    this.#savedRows = rows.count;
    this.#savedBytes = rows.byteLength;
    return group;
  }

  /**
   * Ends the batch, all of which is on its way to the disk.
   * @param wanted its rows are to go to the store from memory
   * @param spare gives memory for the next batch, if there is some to use again
   */
  close(wanted: boolean, spare: () => ArrayBuffer | undefined): Uint8Array | undefined {
    this.file = undefined;
    this.#savedRows = 0;
    this.#savedBytes = 0;
    this.#inputs = new Set();
    this.#savedInputs = 0;
    this.#lastInput = undefined;
    const { rows } = this.#gathered;
    if (wanted && rows.byteLength < COPIED_BYTES) return rows.takeCopy();
    const taken = rows.take();
    rows.reuse(wanted ? spare() : taken.buffer);
    return wanted ? taken : undefined;
  }
}
