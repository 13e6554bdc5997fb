import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { constants } from 'node:fs';
import { LF } from '../lines.js';
import { cutLines } from './cut.js';
import type { Cut } from './cut.js';
import { PRINT_BYTES, printLength, printOf } from './print.js';
import { advance, fits } from './reading.js';
import type { Reading, Target } from './reading.js';
import { headLength } from './record.js';
import type { FileRecord } from './record.js';

/** Bytes read at once, and so the most that other inputs of the thread wait for. */
const READ_BYTES = 128 * 1024;

/** Room for a read: what is compared, what is read, and a longest line. One serves all files, one after the other. */
export const readRoom = (lineLimit: number): Buffer =>
  Buffer.allocUnsafe(PRINT_BYTES + Math.max(READ_BYTES, 2 * lineLimit + 2));

/** A file that is no regular one does not block, and one that became another since it was looked at is still read. */
export const openFile = (path: string): Promise<FileHandle> => open(path, constants.O_RDONLY | constants.O_NONBLOCK);

/** A file that others append to. Every read holds the bytes before it against those read last. */
export class PlainReading implements Reading {
  readonly record: FileRecord;
  modified: number;
  readonly #file: FileHandle;
  readonly #room: Buffer;
  readonly #limit: number;
  readonly #cut: Cut = { next: 0, skipping: false };

  /** @param room of `readRoom`; its content is void between steps */
  constructor(file: FileHandle, record: FileRecord, modified: number, room: Buffer, lineLimit: number) {
    this.record = record;
    this.modified = modified;
    this.#file = file;
    this.#room = room;
    this.#limit = lineLimit;
  }

  async verify(): Promise<boolean> {
    const { record } = this;
    const length = printLength(record.offset);
    const { bytesRead } = await this.#file.read(this.#room, 0, length, record.offset - length);
    return bytesRead === length && fits(record, this.#room, length);
  }

  async step({ sink, save }: Target, last: boolean): Promise<'more' | 'end' | 'cut'> {
    const { record } = this;
    const room = this.#room;
    const { size, mtimeMs } = await this.#file.stat();
    const modified = Math.floor(mtimeMs);
    const before = printLength(record.offset);
    const start = record.offset - before;
    const { bytesRead } = await this.#file.read(room, 0, room.length, start);
    if (!fits(record, room.subarray(0, bytesRead), Math.min(before, bytesRead))) return 'cut';
    this.modified = modified;
    const more = bytesRead === room.length;
    const cut = this.#cut;
    cut.next = before;
    cut.skipping = record.skipping;
    cutLines(room, bytesRead, this.#limit, cut, more ? 'open' : last ? 'last' : 'end', sink);
    const moved = advance(record, room, start, cut);
    // With half a line left, which may be its last, the file is not done with.
    if (!more) Object.assign(record, { size: record.offset === size ? size : 0, modified });
    if (moved) save(record);
    return more ? 'more' : 'end';
  }

  /**
   * After 'cut': whether the file has only lost its end, as after a power failure, and still begins as it did. Then
   * it is read on from where it ends now: the lines that were lost there had been read.
   */
  async shortened(): Promise<boolean> {
    const { record } = this;
    const room = this.#room;
    if (headLength(record) < PRINT_BYTES) return false;
    const { size } = await this.#file.stat();
    if (size < PRINT_BYTES || size >= record.offset) return false;
    const head = await this.#file.read(room, 0, PRINT_BYTES, 0);
    if (head.bytesRead < PRINT_BYTES || printOf(room.subarray(0, PRINT_BYTES)) !== record.head) return false;
    await this.skipTo(size);
    return true;
  }

  /** Goes on at an offset, whose line, if it lies in one, is not read. */
  async skipTo(offset: number): Promise<void> {
    const { record } = this;
    const room = this.#room;
    const length = printLength(offset);
    if (record.offset < PRINT_BYTES) {
      await this.#file.read(room, 0, length, 0);
      record.head = printOf(room.subarray(0, length));
    }
    await this.#file.read(room, 0, length, offset - length);
    record.tail = printOf(room.subarray(0, length));
    record.offset = offset;
    record.skipping = length > 0 && room[length - 1] !== LF;
  }

  /** The same file read by another record. */
  as(record: FileRecord): PlainReading {
    return new PlainReading(this.#file, record, this.modified, this.#room, this.#limit);
  }

  /** What was read last, at most so many bytes. */
  async before(length: number): Promise<Buffer> {
    const wanted = Math.min(length, this.record.offset);
    const bytes = Buffer.alloc(wanted);
    const { bytesRead } = await this.#file.read(bytes, 0, wanted, this.record.offset - wanted);
    return bytes.subarray(0, bytesRead);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
