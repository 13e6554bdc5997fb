import { createHash } from 'node:crypto';
import { PREFIX, type Mapping } from '../dialect/mapping/mapping.js';

/**
 * How a piece of a file is known again. A token is `f1.SOURCE.OFFSET.LENGTH.CONTENT`: SOURCE hashes the first line
 * and the parse options, CONTENT the piece itself. The file's name is not in it, so a log that was moved, rotated or
 * compressed again is the same log; and the ledger can be asked for all pieces of a source.
 */
const VERSION = 'f1';

/** Parse options that change what is stored; own networks and action rules do not make a log another one. */
export interface SourceOptions {
  readonly dialect: string;
  readonly timezone: string;
  readonly year: number | undefined;
  readonly lineLimit: number;
  readonly mappings?: readonly Mapping[];
}

/** @param firstLine up to its end, or its head when it is over the line limit */
export function sourceOf(firstLine: Uint8Array, options: SourceOptions): string {
  const hash = createHash('sha256').update(firstLine);
  hash.update(`\0${options.dialect}\0${options.timezone}\0${options.year ?? ''}\0${options.lineLimit}`);
  // Any dialect may read a log in which no mapping is named: one more mapping must not store all other lines again.
  const named = options.mappings?.find(({ name }) => PREFIX + name === options.dialect);
  if (named !== undefined) hash.update(JSON.stringify(named));
  return hash.digest('hex').slice(0, 32);
}

export const sourcePrefix = (source: string): string => `${VERSION}.${source}.`;

export const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** @param offset bytes of the decompressed source before this piece */
export function pieceToken(source: string, offset: number, length: number, contentHash: string): string {
  return `${sourcePrefix(source)}${offset}.${length}.${contentHash}`;
}

/** Where a token's piece lies; undefined when it is not a token of a file. */
export function pieceOf(token: string): { offset: number; length: number; hash: string } | undefined {
  const found = /^f1\.[0-9a-f]+\.(\d+)\.(\d+)\.([0-9a-f]{64})$/.exec(token);
  if (found === null) return undefined;
  return { offset: Number(found[1]), length: Number(found[2]), hash: found[3] as string };
}

/** The `batch` column: first 8 bytes of sha256(token), as a decimal UInt64 and as its bytes, least first. */
export function batchIdOf(token: string): { readonly decimal: string; readonly bytes: Uint8Array } {
  const bytes = createHash('sha256').update(token).digest().subarray(0, 8);
  return { decimal: bytes.readBigUInt64BE(0).toString(), bytes: Uint8Array.from(bytes).reverse() };
}
