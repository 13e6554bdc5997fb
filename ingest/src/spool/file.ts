import type { Batch, RefusedGroup } from '../sink/batch.js';
import { mergeRefused } from '../read/refused.js';
import { batchIdOf } from '../read/token.js';
import { GROUP, HEAD, scan, seedOf } from './chunk.js';
import type { Scan } from './chunk.js';
import type { DiskFile } from './disk.js';
import { decodeGroup } from './group.js';
import type { Group, Mark } from './group.js';
import { decodeHead } from './head.js';
import type { Head } from './head.js';
import type { Kind } from './names.js';

/** One batch and its file. */
export interface SpoolFile {
  readonly seq: number;
  readonly token: string;
  kind: Kind;
  /** The columns of its rows, in order, when not those of this version. */
  columns: readonly string[] | undefined;
  /** Wall clock at its begin, ms since the epoch. */
  readonly created: number;
  /** The same by a clock that never jumps, for its age; ms. */
  readonly since: number;
  /** Bytes on disk. */
  bytes: number;
  /** What the batch holds, written or about to be. */
  rows: number;
  minTime: number;
  maxTime: number;
  refused: RefusedGroup[];
  inputs: readonly string[];
  readonly marks: Map<string, Mark>;
  /** Parts of it could not be read back: it is kept for a look. */
  damaged: boolean;
  /** What becomes of the file, once that is settled: the store has its batch, or will not have it. */
  end: 'stored' | 'refused' | undefined;
  handle: DiskFile | undefined;
}

export function newFile(seq: number, token: string, created: number, since: number, kind: Kind = 'batch'): SpoolFile {
  return {
    seq,
    token,
    kind,
    columns: undefined,
    created,
    since,
    bytes: 0,
    rows: 0,
    minTime: 0,
    maxTime: 0,
    refused: [],
    inputs: [],
    marks: new Map(),
    damaged: false,
    end: undefined,
    handle: undefined,
  };
}

/** What a file's bytes say. */
export interface Reading {
  /** Undefined when it is damaged. */
  readonly head: Head | undefined;
  readonly groups: readonly Group[];
  readonly scan: Scan;
  /** The last group is there, and says so. */
  readonly closed: boolean;
}

export function readFile(bytes: Buffer, token: string): Reading {
  const found = scan(bytes, seedOf(token));
  const [first] = found.chunks;
  const groups = found.chunks
    .filter(({ kind }) => kind === GROUP)
    .map(({ start, end }) => decodeGroup(bytes, start, end));
  return {
    head: first?.kind === HEAD ? decodeHead(bytes, first.start, first.end) : undefined,
    groups,
    scan: found,
    closed: groups.at(-1)?.closes === true,
  };
}

/** Counts a group in with its batch. */
export function addGroup(file: SpoolFile, { rows, minTime, maxTime, extras }: Group): void {
  file.rows += rows;
  if (maxTime > 0) {
    file.minTime = minTime;
    file.maxTime = maxTime;
  }
  if (extras.refused !== undefined) mergeRefused(file.refused, extras.refused);
  if (extras.inputs !== undefined) file.inputs = extras.inputs;
  for (const mark of extras.marks ?? []) file.marks.set(mark[0], mark);
}

/** The batch of a file, as the sink takes it. @param rows as RowBinary */
export function batchOf(file: SpoolFile, rows: Uint8Array): Batch {
  return {
    input: file.inputs.join('+'),
    token: file.token,
    batchId: batchIdOf(file.token).decimal,
    rows: file.rows,
    minTime: file.minTime,
    maxTime: file.maxTime,
    refused: file.refused,
    format: 'RowBinary',
    tsv: rows,
    ...(file.columns === undefined ? {} : { columns: file.columns }),
  };
}

/** Puts the rows of all groups side by side, in the memory that they lie in. */
export function gatherRows(bytes: Buffer, groups: readonly Group[]): Uint8Array<ArrayBuffer> {
  const memory = new Uint8Array(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
  let end = 0;
  for (const { bytes: rows } of groups) {
    const start = rows.byteOffset - bytes.byteOffset;
    memory.copyWithin(end, start, start + rows.length);
    end += rows.length;
  }
  return memory.subarray(0, end);
}
