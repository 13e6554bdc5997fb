import { crc32 } from 'node:zlib';

/**
 * How a spool file is written: chunk after chunk, each with its length and checksum, so that a reader knows how much of
 * a file is whole. All numbers are little-endian.
 *
 *     0      4      8         12      16
 *     | mark | kind | length  | crc32 | payload … |
 *
 * The checksum covers kind, length and payload, and starts from the file's own random token: a log line that is written
 * like a chunk is none, even where the chunk around it is damaged.
 */
export const HEADER_BYTES = 16;

export const HEAD = 1;
export const GROUP = 2;
export const MARKS = 3;

/** No text, and unlike any RowBinary: found again behind a damaged stretch. */
const MARK = Buffer.from([0x8f, 0xf1, 0x5b, 0x01]);

/** Where one whole chunk lies in its file. */
export interface Chunk {
  readonly kind: number;
  /** First byte of the payload. */
  readonly start: number;
  readonly end: number;
}

export interface Scan {
  readonly chunks: readonly Chunk[];
  /** Behind the last whole chunk. */
  readonly end: number;
  /** Bytes between whole chunks that belong to none. */
  readonly lost: number;
  /** What stands behind the last whole chunk is the begin of another, which the file is too short for. */
  readonly torn: boolean;
}

/** What the checksums of a file start from. */
export const seedOf = (token: string): number => crc32(token);

/** Writes the header of the payload that lies behind it already. @param at where the header starts */
export function seal(bytes: Buffer, at: number, kind: number, length: number, seed: number): void {
  MARK.copy(bytes, at);
  bytes.writeUInt32LE(kind, at + 4);
  bytes.writeUInt32LE(length, at + 8);
  bytes.writeUInt32LE(checksum(bytes, at, length, seed), at + 12);
}

/** A chunk of a small payload. */
export function chunkOf(kind: number, payload: Uint8Array, seed: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + payload.length);
  bytes.set(payload, HEADER_BYTES);
  seal(bytes, 0, kind, payload.length, seed);
  return bytes;
}

/** Finds all whole chunks; what is damaged between them is passed over. */
export function scan(bytes: Buffer, seed: number): Scan {
  const chunks: Chunk[] = [];
  let end = 0;
  let lost = 0;
  for (let at = 0; at >= 0 && at + HEADER_BYTES <= bytes.length; ) {
    const length = wholeAt(bytes, at, seed);
    if (length < 0) {
      at = bytes.indexOf(MARK, at + 1);
      continue;
    }
    lost += at - end;
    const start = at + HEADER_BYTES;
    end = at = start + length;
    chunks.push({ kind: bytes.readUInt32LE(start - 12), start, end });
  }
  return { chunks, end, lost, torn: isTorn(bytes, end) };
}

function isTorn(bytes: Buffer, at: number): boolean {
  const left = bytes.length - at;
  for (let i = 0; i < Math.min(left, MARK.length); i++) if (bytes[at + i] !== MARK[i]) return false;
  return left > 0 && (left < HEADER_BYTES || HEADER_BYTES + bytes.readUInt32LE(at + 8) > left);
}

/** Length of the payload of the whole chunk that starts here, or -1. */
function wholeAt(bytes: Buffer, at: number, seed: number): number {
  for (let i = 0; i < MARK.length; i++) if (bytes[at + i] !== MARK[i]) return -1;
  const length = bytes.readUInt32LE(at + 8);
  if (at + HEADER_BYTES + length > bytes.length) return -1;
  return checksum(bytes, at, length, seed) === bytes.readUInt32LE(at + 12) ? length : -1;
}

function checksum(bytes: Buffer, at: number, length: number, seed: number): number {
  const header = crc32(bytes.subarray(at + 4, at + 12), seed);
  return crc32(bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length), header);
}
