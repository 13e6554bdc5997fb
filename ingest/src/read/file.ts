import { networkMatcher } from '../enrich/networks.js';
import { unpackDocuments } from '../input/documents/stream.js';
import { CR, LF } from '../input/lines.js';
import { Source } from '../input/source.js';
import type { Batch } from '../sink/batch.js';
import { Batcher } from './batcher.js';
import { BlockCutter } from './blocks.js';
import type { Block, KnownPiece } from './blocks.js';
import { newInterpreter } from './dialects.js';
import { newSender } from './interpreter.js';
import type { Interpreter, Sender } from './interpreter.js';
import type { ReadOptions } from './options.js';
import { batchIdOf, pieceToken, sourceOf } from './token.js';

/** One file to read, or '-' for stdin. */
export interface FileJob {
  readonly path: string;
  /** Name of the input as the ledger and messages say it. */
  readonly input: string;
  /** Stands in for the sensor where a line names no host. */
  readonly sensor: string;
  /** ms since the epoch: year-less stamps lie near it. */
  readonly modified: number;
  /** ms since the epoch: stored as the arrival of every line. */
  readonly received: number;
  readonly options: ReadOptions;
}

/** What reading a file needs of its surroundings. */
export interface FilePorts {
  /** What the store holds of a source already; see token.ts. */
  known(source: string): Promise<readonly KnownPiece[]>;
  /** Takes a batch and its buffer; resolves when there is room for another, with a buffer to use again if there is one. */
  batch(batch: Batch): Promise<ArrayBuffer | undefined>;
  /** A piece the store holds was passed over. */
  skipped(piece: KnownPiece): void;
  /** After every block: bytes of the file read (packed), lines seen. */
  progress(bytesRead: number, lines: number): void;
}

/** A pipe that is silent for so long has its whole lines stored. */
const SILENCE_MS = 1_000;
/** Lines of a passed-over piece that are read again so that the line after it knows those before: of an alert, its whole head. */
const PRIMING_LINES = 12;
/** Lines of the head that some logs start with: any first line (rwcut's titles), and those with a hash (Zeek's, W3C's). */
const HEAD_LINES = 16;
const HASH = 0x23;

/**
 * Reads a file to its end, batch by batch.
 * @returns lines seen
 * @throws InputError when the file cannot be read to its end; what came before has been handed on
 */
export async function readFile(job: FileJob, ports: FilePorts): Promise<number> {
  const source = new Source(job.path);
  try {
    return await new FileReader(job, ports, source).run();
  } finally {
    source.close();
  }
}

class FileReader {
  readonly #job: FileJob;
  readonly #ports: FilePorts;
  readonly #source: Source;
  readonly #cutter = new BlockCutter();
  readonly #interpreter: Interpreter;
  readonly #batcher: Batcher;
  readonly #sender: Sender;
  #identity = '';
  #lines = 0;

  constructor(job: FileJob, ports: FilePorts, source: Source) {
    this.#job = job;
    this.#ports = ports;
    this.#source = source;
    this.#interpreter = newInterpreter(job.options, { live: false });
    this.#batcher = new Batcher(this.#interpreter, networkMatcher(job.options.own));
    this.#sender = newSender(job.sensor);
  }

  async run(): Promise<number> {
    const chunks = unpackDocuments(this.#source.chunks());
    let failure: unknown;
    for (;;) {
      const chunk = await this.#nextChunk(chunks).catch((error: unknown) => {
        failure = error;
        return 'end' as const;
      });
      if (chunk instanceof Buffer) this.#cutter.push(chunk);
      const ended = chunk === 'end';
      if (!(await this.#identify(ended))) continue;
      await this.#drain(ended, chunk === 'silence');
      if (ended) break;
    }
    if (failure !== undefined) throw failure;
    return this.#lines;
  }

  #pending: Promise<IteratorResult<Buffer>> | undefined;

  /** The next bytes; 'silence' when a pipe brings none for a while. */
  async #nextChunk(chunks: AsyncGenerator<Buffer>): Promise<Buffer | 'silence' | 'end'> {
    const pending = (this.#pending ??= chunks.next());
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<'silence'>((resolve) => {
      if (this.#job.path === '-') timer = setTimeout(resolve, SILENCE_MS, 'silence');
    });
    try {
      const result = await Promise.race([pending, silence]);
      if (result === 'silence') return result;
      this.#pending = undefined;
      return result.done === true ? 'end' : result.value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The first line says which source this is; whether it is known yet. */
  async #identify(ended: boolean): Promise<boolean> {
    if (this.#identity !== '') return true;
    const { options } = this.#job;
    const head = this.#cutter.peek();
    const end = head.indexOf(LF);
    if (end < 0 && head.length < options.lineLimit && !ended) return false;
    const length = Math.min(end < 0 ? head.length : end, options.lineLimit);
    this.#identity = sourceOf(head.subarray(0, length), options);
    if (head.length > 0) this.#cutter.learn(await this.#ports.known(this.#identity));
    return true;
  }

  async #drain(ended: boolean, flush: boolean): Promise<void> {
    for (let block = this.#cutter.next(ended, flush); block !== undefined; block = this.#cutter.next(ended, flush)) {
      if (block.known === undefined) await this.#read(block);
      else this.#pass(block, block.known);
      this.#ports.progress(this.#source.bytesRead, this.#lines);
    }
  }

  async #read(block: Block): Promise<void> {
    const token = pieceToken(this.#identity, block.offset, block.length, block.hash);
    const batchId = batchIdOf(token);
    const { rows, refused } = this.#batcher;
    this.#batcher.begin(batchId.bytes);
    this.#readLines(block);
    const batch: Batch = {
      input: this.#job.input,
      token,
      batchId: batchId.decimal,
      rows: rows.count,
      minTime: rows.minTime,
      maxTime: rows.maxTime,
      refused: refused.take(),
      format: 'RowBinary',
      tsv: rows.take(),
    };
    rows.reuse(await this.#ports.batch(batch));
  }

  #readLines(block: Block): void {
    const { bytes } = block;
    const { received, modified, options } = this.#job;
    const batcher = this.#batcher;
    const sender = this.#sender;
    let seq = block.firstLine;
    let start = 0;
    if (block.continues) {
      const end = bytes.indexOf(LF);
      start = end < 0 ? bytes.length : end + 1;
      if (end >= 0) seq++;
    }
    while (start < bytes.length) {
      const found = bytes.indexOf(LF, start);
      const next = found < 0 ? bytes.length : found;
      const end = next > start && bytes[next - 1] === CR ? next - 1 : next;
      if (end - start > options.lineLimit) batcher.tooLong(bytes, start, start + options.lineLimit, sender, received);
      else batcher.line(bytes, start, end, sender, seq, modified, received);
      seq++;
      start = next + 1;
      this.#lines++;
    }
  }

  /**
   * Passes a stored piece over; its last lines are read, for "last message repeated" and the zone's sake, and before them
   * the head that some logs start with, which tells how all lines of the file are to be read.
   */
  #pass(block: Block, piece: KnownPiece): void {
    const { bytes } = block;
    const first = block.offset === 0;
    for (let at = 0, lines = 0; ((first && lines === 0) || bytes[at] === HASH) && lines < HEAD_LINES; lines++) {
      const end = bytes.indexOf(LF, at);
      if (end < 0 || end - at > this.#job.options.lineLimit) break;
      this.#interpreter.read(bytes.toString('latin1', at, end), this.#job.modified, this.#sender);
      at = end + 1;
    }
    let start = bytes.length;
    for (let lines = 0; lines <= PRIMING_LINES && start > 0; lines++) start = bytes.lastIndexOf(LF, start - 1);
    const tail = bytes.subarray(
      start + 1,
      Math.min(bytes.length, start + 1 + PRIMING_LINES * this.#job.options.lineLimit)
    );
    // Behind the last line end stands no line.
    for (const line of tail
      .toString('latin1')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)) {
      if (line === '') this.#interpreter.blank(this.#sender);
      else this.#interpreter.read(line, this.#job.modified, this.#sender);
    }
    this.#lines += block.lines;
    this.#ports.skipped(piece);
  }
}
