import type { LineSink } from '../lines.js';
import type { Cut } from './cut.js';
import { PRINT_BYTES, printLength, printOf } from './print.js';
import type { FileRecord } from './record.js';

/** What a reading hands to, in one synchronous run: lines, and then the record, moved behind them. */
export interface Target {
  readonly sink: LineSink;
  readonly save: (record: FileRecord) => void;
}

/** A file being read, plain or packed, from where its record says. */
export interface Reading {
  readonly record: FileRecord;
  /** ms since the epoch, as of the last step. */
  readonly modified: number;
  /** Whether the bytes before the record's offset are those that were read. To be asked once, before the first step. */
  verify(): Promise<boolean>;
  /**
   * Hands on some lines and moves the record.
   * @param last nothing will be appended any more: a half line at the end is a line
   * @returns `cut` when the bytes before the offset are no longer those that were read; then nothing was handed on
   * @throws InputError or the system's error; what came before has been handed on
   */
  step(target: Target, last: boolean): Promise<'more' | 'end' | 'cut'>;
  close(): Promise<void>;
}

/** Whether the bytes before the offset, which end at `end` of the window, are those of the record. */
export function fits(record: FileRecord, window: Buffer, end: number): boolean {
  const length = printLength(record.offset);
  return end >= length && printOf(window.subarray(end - length, end)) === record.tail;
}

/** Moves the record to where the window has been cut. @param start offset of the window's first byte @returns whether it moved */
export function advance(record: FileRecord, window: Buffer, start: number, cut: Cut): boolean {
  const from = record.offset;
  if (start + cut.next === from && cut.skipping === record.skipping) return false;
  record.offset = start + cut.next;
  record.skipping = cut.skipping;
  // While the head is not complete the window starts at the file's first byte.
  if (from < PRINT_BYTES) record.head = printOf(window.subarray(0, printLength(record.offset)));
  record.tail = printOf(window.subarray(cut.next - printLength(record.offset), cut.next));
  return true;
}
