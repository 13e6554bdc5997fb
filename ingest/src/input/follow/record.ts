import { PRINT_BYTES } from './print.js';

/** What is remembered of a file, across restarts too. */
export interface FileRecord {
  /** Number in the catalogue; 0 for none yet. */
  id: number;
  /** The followed path that it belongs to: its own, or the one it was rotated away from. */
  readonly trail: string;
  /** Where it was last seen. */
  path: string;
  /** `DEVICE:INODE`; '' when nothing can be appended to it any more: it was truncated, or is gone. */
  inode: string;
  /** Nothing will be appended to it. */
  packed: boolean;
  /** Bytes handed on, of a packed file those unpacked. */
  offset: number;
  /** The offset lies inside a line over the limit. */
  skipping: boolean;
  /** Print of the first bytes (all up to the offset, at most PRINT_BYTES), and of those before the offset. */
  head: string;
  tail: string;
  /** Size (of a packed file, packed) and modification time (ms) when all of it had been read; size 0 when it had not. */
  size: number;
  modified: number;
  /** ms since the epoch: when it was first seen, and when it was last seen. */
  readonly since: number;
  seen: number;
}

export const headLength = ({ offset }: FileRecord): number => Math.min(offset, PRINT_BYTES);

/** As one mark. */
export const recordText = (record: FileRecord): string =>
  JSON.stringify([
    ...[record.trail, record.path, record.inode, record.packed ? 1 : 0, record.offset, record.skipping ? 1 : 0],
    ...[record.head, record.tail, record.size, record.modified, record.since, record.seen],
  ]);

/** Back from a mark; undefined when the text is none. */
export function readRecord(id: number, text: string): FileRecord | undefined {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values) || values.length !== 12) return undefined;
  const list = values as unknown[];
  const word = (at: number): string => String(list[at]);
  const number = (at: number): number => Number(list[at]);
  if ([3, 4, 5, 8, 9, 10, 11].some((at) => !(number(at) >= 0))) return undefined;
  return {
    ...{ id, trail: word(0), path: word(1), inode: word(2), packed: number(3) === 1 },
    ...{ offset: number(4), skipping: number(5) === 1, head: word(6), tail: word(7) },
    ...{ size: number(8), modified: number(9), since: number(10), seen: number(11) },
  };
}
