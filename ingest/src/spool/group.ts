import type { RefusedGroup } from '../sink/batch.js';
import { GROUP, HEADER_BYTES, seal } from './chunk.js';

/** What an input must know again: its scope, the value, and when it may be forgotten (ms since the epoch; null: never). */
export type Mark = readonly [scope: string, value: string, expires: number | null];

/** Refused lines, marks and inputs of one group, as JSON in its chunk. */
export interface Extras {
  readonly refused?: readonly RefusedGroup[];
  readonly marks?: readonly Mark[];
  /** Names of inputs that the batch has had lines of so far. */
  readonly inputs?: readonly string[];
}

/** What is written at once. It is one chunk, so that lines and the marks behind them are there together or not at all. */
export interface Group {
  /** Rows in `bytes`. */
  readonly rows: number;
  /** Earliest and latest event of the batch up to here, ms since the epoch; 0 without rows. */
  readonly minTime: number;
  readonly maxTime: number;
  /** The rows as RowBinary. */
  readonly bytes: Uint8Array;
  readonly extras: Extras;
  /** Nothing comes behind it: the batch is closed. */
  readonly closes: boolean;
}

/** Payload: rows, minTime, maxTime, length of the row bytes, closes; row bytes; JSON. */
const FIXED = 4 + 8 + 8 + 4 + 4;

/** The group as a chunk, in `staging` where that is large enough, else in a new buffer. */
export function encodeGroup(group: Group, seed: number, staging: Buffer, before: Uint8Array = NOTHING): Buffer {
  const json = Buffer.from(JSON.stringify(group.extras));
  const payload = FIXED + group.bytes.length + json.length;
  const size = before.length + HEADER_BYTES + payload;
  const chunk = size <= staging.length ? staging.subarray(0, size) : Buffer.allocUnsafeSlow(size);
  chunk.set(before, 0);
  let at = before.length + HEADER_BYTES;
  at = chunk.writeUInt32LE(group.rows, at);
  at = chunk.writeDoubleLE(group.minTime, at);
  at = chunk.writeDoubleLE(group.maxTime, at);
  at = chunk.writeUInt32LE(group.bytes.length, at);
  at = chunk.writeUInt32LE(group.closes ? 1 : 0, at);
  chunk.set(group.bytes, at);
  chunk.set(json, at + group.bytes.length);
  seal(chunk, before.length, GROUP, payload, seed);
  return chunk;
}

/** Reads the payload of a chunk that is whole. Its rows stay where they are. */
export function decodeGroup(bytes: Buffer, start: number, end: number): Group {
  const length = bytes.readUInt32LE(start + 20);
  const first = start + FIXED;
  return {
    rows: bytes.readUInt32LE(start),
    minTime: bytes.readDoubleLE(start + 4),
    maxTime: bytes.readDoubleLE(start + 12),
    bytes: bytes.subarray(first, first + length),
    extras: JSON.parse(bytes.toString('utf8', first + length, end)) as Extras,
    closes: bytes.readUInt32LE(start + 24) === 1,
  };
}

const NOTHING = new Uint8Array(0);
