import type { RowContext } from '../event/encode.js';
import { Rows } from '../event/rows.js';
import type { Matcher } from '../enrich/networks.js';
import type { Interpreter, Sender } from './interpreter.js';
import type { IntelMatcher } from '../intel/match/matcher.js';
import { Refused } from './refused.js';

/** Where rows and refusals are gathered; several batchers may fill the same. */
export interface Gathered {
  readonly rows: Rows;
  readonly refused: Refused;
}

/** Reads lines into the rows and refusals of one batch after another. */
export class Batcher implements Gathered {
  readonly rows: Rows;
  readonly refused: Refused;
  readonly #interpreter: Interpreter;
  readonly #row: RowContext;

  constructor(interpreter: Interpreter, own: Matcher | undefined, into?: Gathered) {
    this.rows = into?.rows ?? new Rows();
    this.refused = into?.refused ?? new Refused();
    this.#interpreter = interpreter;
    this.#row = { received: 0, seq: 0, batch: new Uint8Array(8), dialect: '', own, intel: undefined };
  }

  /** Starts a batch. @param batchId UInt64, least byte first, written into every row */
  begin(batchId: Uint8Array): void {
    this.#row.batch = batchId;
  }

  /** Rows from now on are held against these indicators. */
  matchWith(intel: IntelMatcher | undefined): void {
    this.#row.intel = intel;
  }

  get isEmpty(): boolean {
    return this.rows.count === 0 && this.refused.count === 0;
  }

  /**
   * Reads one line; an empty one is no event and no refusal.
   * @param stamp what stands for the arrival when a stamp is completed (a file's modification time)
   * @param received what is stored as the arrival
   * @returns whether it became a row
   */
  line(
    bytes: Buffer,
    start: number,
    end: number,
    sender: Sender,
    seq: number,
    stamp: number,
    received: number
  ): boolean {
    if (start === end) {
      this.#interpreter.blank(sender);
      return false;
    }
    const verdict = this.#interpreter.read(bytes.toString('latin1', start, end), stamp, sender);
    if (verdict === 'header') return false;
    if (verdict !== 'ok') {
      this.#refuse(bytes, start, end, sender, this.#interpreter.dialect, verdict, received);
      return false;
    }
    const row = this.#row;
    row.seq = seq;
    row.received = received;
    row.dialect = this.#interpreter.dialect;
    this.rows.add(this.#interpreter.event, row, bytes, start, end);
    return true;
  }

  /** Counts a line over the limit, of which this is the head. */
  tooLong(bytes: Buffer, start: number, end: number, sender: Sender, received: number): void {
    sender.follows = false;
    this.#refuse(bytes, start, end, sender, '', 'too-long', received);
  }

  #refuse(
    bytes: Buffer,
    start: number,
    end: number,
    sender: Sender,
    dialect: string,
    reason: string,
    received: number
  ): void {
    this.refused.add(sender.name, dialect, reason, received, () => bytes.toString('utf8', start, end));
  }
}
