import { unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from './engine/chdb.js';
import type { Limits } from './engine/config.js';
import { Engine, inboxOf } from './engine/engine.js';
import { engineError } from './engine/exception.js';
import { Limit } from './limit.js';
import { paramText } from './params.js';
import { decodeRows, ROW_FORMAT, ROW_SETTINGS } from './rows.js';
import { EMBEDDED_INSERT_SETTINGS } from './settings.js';
import type { QuerySettings, RowFormat, Store } from './store.js';
import { isName, identifier, literal, tableName } from './text.js';

/** Inserts that run side by side; two is what two cores can take, and leaves half of libuv's pool for reads. */
const WRITERS = 2;

/** The store in this process: ClickHouse's engine on a folder. */
export class EmbeddedStore implements Store {
  readonly name: string;
  readonly engine: Engine;
  /** Set by the face while it is open. */
  url: string | undefined = undefined;
  readonly #writers = new Limit(WRITERS);
  readonly #idle: Session[] = [];
  #files = 0;

  private constructor(engine: Engine) {
    this.engine = engine;
    this.name = engine.folder;
  }

  /** @throws StoreError, see Engine.open */
  static async open(folder: string, limits?: Limits): Promise<EmbeddedStore> {
    return new EmbeddedStore(await Engine.open(folder, limits));
  }

  async insert(
    table: string,
    columns: readonly string[],
    rows: Uint8Array,
    token: string,
    format: RowFormat = 'TabSeparated'
  ): Promise<void> {
    if (rows.length === 0) return;
    // Through a file: rows inside the statement's text are copied and searched for its end, which costs more
    // than parsing them, and binary rows could end it. It lives for milliseconds and rarely reaches the disk.
    const file = path.join(inboxOf(this.engine.folder), String(++this.#files));
    const target = `${tableName(table)} (${columns.map(identifier).join(', ')})`;
    const sql = `INSERT INTO ${target} FROM INFILE ${literal(file)} SETTINGS insert_deduplication_token = ${literal(token)} FORMAT ${format}`;
    try {
      await writeFile(file, rows);
      await this.#writers.run(() => this.#write(sql));
    } catch (error) {
      throw engineError(`cannot insert into ${table} of ${this.name}`, error);
    } finally {
      await unlink(file).catch(() => undefined);
    }
  }

  async #write(sql: string): Promise<void> {
    const session = this.#idle.pop() ?? this.engine.session(EMBEDDED_INSERT_SETTINGS);
    try {
      await session.queryAsync(sql, { format: 'Null' });
    } finally {
      this.#idle.push(session);
    }
  }

  async query<Row>(sql: string, params: Record<string, unknown> = {}, settings: QuerySettings = {}): Promise<Row[]> {
    let session: Session | undefined;
    try {
      session = this.engine.session({ ...settings, ...ROW_SETTINGS, ...sessionParams(params), readonly: 1 });
      return decodeRows((await session.queryAsync(sql, { format: ROW_FORMAT })).text());
    } catch (error) {
      throw engineError(`cannot query ${this.name}`, error);
    } finally {
      session?.close();
    }
  }

  async command(sql: string, params: Record<string, unknown> = {}): Promise<void> {
    let session: Session | undefined;
    try {
      session = this.engine.session(sessionParams(params));
      await session.queryAsync(sql, { format: 'Null' });
    } catch (error) {
      throw engineError(`cannot change ${this.name}`, error);
    } finally {
      session?.close();
    }
  }

  async close(): Promise<void> {
    for (const session of this.#idle.splice(0)) session.close();
    await this.engine.close();
  }
}

/** Parameters live in the session; the package's own binding would let only one such query run in the process. */
function sessionParams(params: Record<string, unknown>): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(params)) {
    if (!isName(name)) throw new Error(`not the name of a parameter: ${JSON.stringify(name)}`);
    settings[`param_${name}`] = paramText(value);
  }
  return settings;
}
