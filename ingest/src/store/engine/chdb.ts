import type * as package_ from 'chdb';
import { StoreError } from '../error.js';

/** What is used of the `chdb` package: the ClickHouse engine in this process. */
export type Chdb = Pick<typeof package_, 'Session' | 'drainPending'>;
export type Session = package_.Session;

const MISSING =
  'the embedded engine (npm package "chdb", Linux with glibc or macOS) is not installed: ' +
  'run "npm ci", or set CLICKHOUSE_URL to use a ClickHouse server';

/** Loads the engine on first use: it is an optional dependency of half a gigabyte that server mode never needs. */
export async function loadChdb(): Promise<Chdb> {
  try {
    return await import('chdb');
  } catch (cause) {
    throw new StoreError('engine', MISSING, { cause });
  }
}
