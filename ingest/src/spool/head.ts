import { COLUMNS } from '../event/columns.js';
import { chunkOf, HEAD, seedOf } from './chunk.js';

/** How a spool file begins. */
export interface Head {
  /** The version of fireplot that wrote it. */
  readonly program: string;
  /** Name and ClickHouse type of each column of its rows, in order. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** Wall clock at its begin, ms since the epoch. */
  readonly created: number;
}

const OWN: Head['columns'] = COLUMNS.map(({ name, type }) => [name, type] as const);
const TYPES = new Map(OWN);

export function headChunk(token: string, program: string, created: number): Buffer {
  const head: Head = { program, columns: OWN, created };
  return chunkOf(HEAD, Buffer.from(JSON.stringify(head)), seedOf(token));
}

/** Reads the payload of a chunk that is whole. */
export function decodeHead(bytes: Buffer, start: number, end: number): Head {
  return JSON.parse(bytes.toString('utf8', start, end)) as Head;
}

/**
 * The columns to insert rows with: those that they were written with, as long as each is still there with its type.
 * Columns that came since get their default. Undefined when a column has changed or gone: then only the older version
 * can store them.
 */
export function columnsOf(head: Head): readonly string[] | undefined {
  return head.columns.every(([name, type]) => TYPES.get(name) === type)
    ? head.columns.map(([name]) => name)
    : undefined;
}
