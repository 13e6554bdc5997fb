/** How the rows of an insert are written. RowBinary is read in two thirds of the time of TabSeparated. */
export type RowFormat = 'TabSeparated' | 'RowBinary';

/** Settings of one query, names as the engine has them. */
export type QuerySettings = Readonly<Record<string, string | number>>;

/** The one way to the database, embedded or server; everything above it does not know which. */
export interface Store {
  /** Where others reach it over HTTP, e.g. http://127.0.0.1:8123; undefined for an embedded store without its face. */
  readonly url: string | undefined;
  /** Human name for messages: the folder or the URL without its password. */
  readonly name: string;
  /**
   * Inserts rows as one block under a deduplication token: the same token again changes nothing. Safe to call
   * twice side by side. The bytes must not change until it settles.
   */
  insert(table: string, columns: readonly string[], rows: Uint8Array, token: string, format?: RowFormat): Promise<void>;
  /**
   * Rows as objects; `{name:Type}` placeholders are filled from `params`. Integers over 2^53 arrive as text.
   * `settings` are the engine's, for a query that must be bounded otherwise than others.
   */
  query<Row>(sql: string, params?: Record<string, unknown>, settings?: QuerySettings): Promise<Row[]>;
  /** A statement without an answer (DDL). */
  command(sql: string, params?: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}
