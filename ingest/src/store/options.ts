import type { Store } from './store.js';

/** What `openStore` (open.ts) needs to know; the CLI fills it from option, variable and config file. */
export interface StoreOptions {
  /** A server instead of a folder (`CLICKHOUSE_URL`): `http[s]://user:password@host:port[/database]`. */
  readonly url?: string | undefined;
  /** Folder of the embedded engine (`--store`); created when missing. Not looked at when `url` is given. */
  readonly folder: string;
  /**
   * True for `serve`: it must hold the folder itself, and is refused when another process holds it.
   * False (default): a live `serve` is found through the folder and worked through.
   */
  readonly own?: boolean;
  /**
   * Called once, with one sentence, when the server does not answer; opening then tries again every
   * `retryMs`. Without it a server that is away is an error at once.
   */
  readonly onWaiting?: ((sentence: string) => void) | undefined;
  /** Milliseconds between two tries; default 5,000. */
  readonly retryMs?: number;
  /** Ends the waiting; opening then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** `openStore` of open.ts. Rejects with a StoreError whose message is one sentence for the user. */
export type OpenStore = (options: StoreOptions) => Promise<Store>;

/** `openFace` of face/open.ts: ClickHouse's HTTP interface over an embedded store, and STORE/serve.json. */
export type OpenFace = (store: Store, options: FaceOptions) => Promise<Face>;

export interface FaceOptions {
  /** Wanted port on 127.0.0.1; the next free one is taken when it is in use. 0 lets the system choose. */
  readonly port: number;
  /** Reads that run side by side; more wait in line. Default 2, right for libuv's four threads. */
  readonly maxReads?: number;
}

export interface Face {
  /** `http://127.0.0.1:PORT`, as the data source needs it. */
  readonly url: string;
  readonly port: number;
  /** Removes serve.json, lets writes end (10 s), ends reads, closes the port. Call it before the store's `close`. */
  close(): Promise<void>;
}

/** `migrate` of migrate.ts: brings the schema up to date; call it before the first write. */
export type Migrate = (store: Store, options?: MigrateOptions) => Promise<Migrated>;

export interface MigrateOptions {
  /** Folder with NNN_name.sql files; default provisioning/clickhouse/migrations of this repository. */
  readonly folder?: string | undefined;
}

export interface Migrated {
  /** Version before and after; 0 is an empty database. */
  readonly from: number;
  readonly to: number;
  /** File names applied now, in order. */
  readonly applied: readonly string[];
}
