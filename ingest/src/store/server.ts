import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { Limit } from './limit.js';
import { decodeRows, ROW_FORMAT, ROW_SETTINGS } from './rows.js';
import { serverError } from './server-error.js';
import { INSERT_SETTINGS } from './settings.js';
import type { QuerySettings, RowFormat, Store } from './store.js';
import { identifier, tableName } from './text.js';

/** Connections at most: what a process with two writers and a few readers needs. */
const CONNECTIONS = 8;
const REQUEST_TIMEOUT_MS = 120_000;

/** How to reach a server; the password never leaves this object. */
export interface ServerAddress {
  /** Scheme, host and port alone. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** The store on a ClickHouse server, or on the face of a `serve` in another process. */
export class ServerStore implements Store {
  readonly url: string;
  readonly name: string;
  readonly #client: ClickHouseClient;
  readonly #writers = new Limit(4);

  constructor(address: ServerAddress) {
    this.url = address.url;
    this.name = `ClickHouse at ${address.url}`;
    this.#client = createClient({
      url: address.url,
      username: address.user,
      password: address.password,
      application: 'fireplot',
      request_timeout: REQUEST_TIMEOUT_MS,
      max_open_connections: CONNECTIONS,
      // Errors are said by whoever asked; the client's own log would say them twice.
      log: { level: ClickHouseLogLevel.OFF },
    });
  }

  /** Resolves when the server answers a query with these credentials. @throws StoreError */
  async check(): Promise<void> {
    await this.query('SELECT 1');
  }

  async insert(
    table: string,
    columns: readonly string[],
    rows: Uint8Array,
    token: string,
    format: RowFormat = 'TabSeparated'
  ): Promise<void> {
    if (rows.length === 0) return;
    const query = `INSERT INTO ${tableName(table)} (${columns.map(identifier).join(', ')}) FORMAT ${format}`;
    const settings: ClickHouseSettings = { ...clientSettings(INSERT_SETTINGS), insert_deduplication_token: token };
    try {
      await this.#writers.run(async () => {
        const { stream } = await this.#client.exec({
          query,
          values: Readable.from([Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength)], { objectMode: false }),
          clickhouse_settings: settings,
        });
        for await (const _ of stream) void _;
      });
    } catch (error) {
      throw serverError(`cannot insert into ${table}`, this.url, error);
    }
  }

  async query<Row>(sql: string, params: Record<string, unknown> = {}, settings: QuerySettings = {}): Promise<Row[]> {
    try {
      const answer = await this.#client.query({
        query: sql,
        format: ROW_FORMAT,
        query_params: params,
        clickhouse_settings: clientSettings({ ...settings, ...ROW_SETTINGS }),
      });
      return decodeRows(await answer.text());
    } catch (error) {
      throw serverError('cannot query', this.url, error);
    }
  }

  async command(sql: string, params: Record<string, unknown> = {}): Promise<void> {
    try {
      // Late errors of long statements would hide in the body: wait for the end.
      await this.#client.command({ query: sql, query_params: params, clickhouse_settings: { wait_end_of_query: 1 } });
    } catch (error) {
      throw serverError('cannot run a statement', this.url, error);
    }
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}

function clientSettings(settings: Readonly<Record<string, string | number>>): ClickHouseSettings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
}
