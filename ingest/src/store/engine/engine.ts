import { accessSync, constants, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../error.js';
import { isName, literal } from '../text.js';
import type { Chdb, Session } from './chdb.js';
import { loadChdb } from './chdb.js';
import type { Limits } from './config.js';
import { DEFAULT_LIMITS, serverXml, usersXml } from './config.js';
import { holderOf } from './lock.js';

export type Settings = Readonly<Record<string, string | number>>;

/**
 * The ClickHouse engine in this process, bound to one folder. A process can have one at a time. Queries on one
 * session wait for each other; sessions run side by side, each query on a thread of libuv's pool (four, unless
 * UV_THREADPOOL_SIZE says more), so that the JavaScript thread is never held.
 */
export class Engine {
  readonly folder: string;
  readonly #chdb: Chdb;
  /** Keeps the engine up between queries, and runs what must not wait for the thread pool. */
  readonly #root: Session;

  private constructor(folder: string, chdb: Chdb, root: Session) {
    this.folder = folder;
    this.#chdb = chdb;
    this.#root = root;
  }

  /** @throws StoreError when the engine is missing, the folder cannot be used, or another process holds it */
  static async open(folder: string, limits: Limits = DEFAULT_LIMITS): Promise<Engine> {
    const chdb = await loadChdb();
    const absolute = path.resolve(folder);
    prepare(absolute);
    refuseHeld(absolute);
    const users = path.join(absolute, 'fireplot-users.xml');
    const server = path.join(absolute, 'fireplot-engine.xml');
    writeFileSync(users, usersXml());
    writeFileSync(server, serverXml(limits, users));
    try {
      const root = new chdb.Session(absolute, { connectionArgs: [`--config-file=${server}`] });
      return new Engine(absolute, chdb, root);
    } catch (cause) {
      // A holder that came in between, or one that this system does not show.
      refuseHeld(absolute);
      const what = 'it is held by another process, or was written by a newer version; the engine says why above';
      throw new StoreError('engine', `cannot open the store ${absolute}: ${what}`, { cause });
    }
  }

  /**
   * A session with these settings. The caller closes it.
   *
   * @throws StoreError MEMORY_LIMIT_EXCEEDED when there is no room for one, or the engine's error about a setting
   */
  session(settings: Settings = {}): Session {
    const session = this.#connect();
    const changes = setStatement(settings);
    if (!changes) return session;
    try {
      session.query(changes);
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  #connect(): Session {
    try {
      return new this.#chdb.Session(this.folder);
    } catch (cause) {
      // The package tells no reason; on a folder that is open it has always been memory.
      throw new StoreError('query', 'the embedded engine has no memory left for another session', { cause, code: 241 });
    }
  }

  /**
   * Ends every query whose text starts with `mark`. Synchronous: the pool may be full of the very queries that
   * are to end. Short of memory it may do nothing, so it is called until they have ended.
   */
  kill(mark: string): void {
    try {
      this.#root.query(`KILL QUERY WHERE startsWith(query, ${literal(mark)}) ASYNC FORMAT Null`);
    } catch {
      // The next call comes.
    }
  }

  /** Waits for what still runs, then gives the folder back. */
  async close(): Promise<void> {
    await this.#chdb.drainPending();
    this.#root.close();
    await this.#chdb.drainPending();
  }
}

/** `SET a = '1', b = 'x'`; '' for none. Names are checked, values quoted. */
export function setStatement(settings: Settings): string {
  const changes = Object.entries(settings).map(([name, value]) => {
    if (!isName(name)) throw new Error(`not the name of a setting: ${JSON.stringify(name)}`);
    return `${name} = ${literal(String(value))}`;
  });
  return changes.length === 0 ? '' : `SET ${changes.join(', ')}`;
}

/** Where rows lie for the moment in which the engine reads them. */
export function inboxOf(folder: string): string {
  return path.join(folder, 'fireplot-inbox');
}

function prepare(folder: string): void {
  if (/[*?{}]/.test(folder)) {
    // The engine would take its own folder's files for a pattern.
    throw new StoreError(
      'folder',
      `cannot use ${folder} as store folder: its path may not have * ? { }; choose another with --store`
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const inbox = inboxOf(folder);
    mkdirSync(inbox, { recursive: true });
    // What a killed process left; only names of ours, for nobody knows what folder a person has pointed at.
    for (const name of readdirSync(inbox)) if (/^(?:face-)?\d+$/.test(name)) rmSync(path.join(inbox, name));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('folder', `cannot use ${folder} as store folder: ${why}; choose another with --store`, {
      cause,
    });
  }
}

function refuseHeld(folder: string): void {
  const holder = holderOf(folder);
  if (holder === undefined) return;
  const who = holder > 0 ? `process ${holder}` : 'another process';
  throw new StoreError(
    'held',
    `the store ${folder} is in use by ${who}: wait until it is done, or stop it, or choose another folder with --store`
  );
}
