/**
 * What went wrong, so that callers need not read sentences: `away` may pass by itself, everything else is
 * the user's to mend.
 */
export type StoreErrorKind =
  | 'away' // nobody answers at the URL
  | 'auth' // user or password refused
  | 'tls' // certificate refused
  | 'url' // not a URL this program can use
  | 'held' // another process holds the folder
  | 'engine' // the embedded engine is missing or cannot start
  | 'port' // no port is free for the HTTP interface
  | 'folder' // the folder cannot be made or written
  | 'schema' // a migration was changed, failed, or the database is newer than the program
  | 'query'; // the store refused a statement

/** Its message is one sentence: what was attempted, with what, and what to do. Never holds a password or token. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  /** ClickHouse's exception code; 0 when there is none. */
  readonly code: number;

  constructor(kind: StoreErrorKind, message: string, options: { cause?: unknown; code?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = options.code ?? 0;
  }
}
