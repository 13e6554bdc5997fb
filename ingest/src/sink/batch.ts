import type { RowFormat } from '../store/store.js';

/** What the reader hands to the sink: a piece of one input, parsed, ready to insert. */
export interface Batch {
  /** Name of the input as a person knows it: file path, 'stdin'; of what `serve` takes in, the inputs: 'tcp+udp'. */
  readonly input: string;
  /**
   * Deduplication token: for files and stdin made of hashes over input identity and parse options, byte offset, length
   * and content, so that loading the same file again is known (see read/token.ts); for sockets random.
   */
  readonly token: string;
  /** First 8 bytes of sha256(token) as a decimal UInt64: the `batch` column already written into `tsv`. */
  readonly batchId: string;
  /** Rows of `fireplot.events` in TabSeparated, columns in the order of COLUMNS. */
  readonly tsv: Uint8Array;
  /** How `tsv` is written, when not TabSeparated. RowBinary spares the engine about 1 µs a row. */
  readonly format?: RowFormat | undefined;
  /** The columns of `tsv` in order, when an older version wrote it and they are not all of COLUMNS. */
  readonly columns?: readonly string[];
  readonly rows: number;
  /** Earliest and latest event, ms since the epoch; 0 when rows is 0. */
  readonly minTime: number;
  readonly maxTime: number;
  /** Refused lines of this piece: exact count a reason, and a bounded number of lines kept for a look. */
  readonly refused: readonly RefusedGroup[];
}

export interface RefusedGroup {
  readonly sensor: string;
  readonly dialect: string;
  readonly reason: string;
  readonly count: number;
  /** First lines of the group, each cut to the line limit. */
  readonly lines: readonly RefusedLine[];
}

export interface RefusedLine {
  /** ms since the epoch. */
  readonly received: number;
  readonly text: string;
}

/** 'stored' now, or 'known': a batch with this token was stored before. Rejects when it could not be stored. */
export type Outcome = 'stored' | 'known';

export interface Sink {
  /** Resolves when the batch and its ledger row are in the store. Several may be under way at once. */
  write(batch: Batch): Promise<Outcome>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}
