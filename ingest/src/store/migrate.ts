import { StoreError } from './error.js';
import type { Migration } from './migrations.js';
import { readMigrations } from './migrations.js';
import type { MigrateOptions, Migrated } from './options.js';
import type { Store } from './store.js';

interface Applied {
  version: number;
  name: string;
  sha256: string;
}

/**
 * Brings the schema of `fireplot` up to date; does nothing when it is. A migration that fails half way is run
 * again the next time, so every statement must stand being repeated (IF NOT EXISTS).
 *
 * @throws StoreError kind `schema` when an applied file changed, a file of the past is new, the database is newer
 *   than the program, or a statement fails
 */
export async function migrate(store: Store, options: MigrateOptions = {}): Promise<Migrated> {
  const wanted = readMigrations(options.folder);
  await store.command('CREATE DATABASE IF NOT EXISTS fireplot');
  await store.command(
    `CREATE TABLE IF NOT EXISTS fireplot.migrations
     (version UInt32, name String, sha256 String, at DateTime64(3, 'UTC') DEFAULT now64(3))
     ENGINE = MergeTree ORDER BY version`
  );
  const applied = await store.query<Applied>('SELECT version, name, sha256 FROM fireplot.migrations ORDER BY version');
  const open = pending(wanted, applied, store.name);
  for (const migration of open) await apply(store, migration);
  const from = applied.at(-1)?.version ?? 0;
  return { from, to: open.at(-1)?.version ?? from, applied: open.map(({ name }) => name) };
}

/** What is left to apply. Pure; throws where program and database do not belong together. */
export function pending(wanted: readonly Migration[], applied: readonly Applied[], store: string): Migration[] {
  const newest = applied.at(-1)?.version ?? 0;
  const known = new Map(wanted.map((migration) => [migration.version, migration]));
  for (const { version, name, sha256 } of applied) {
    const file = known.get(version);
    if (!file && version > (wanted.at(-1)?.version ?? 0)) {
      throw new StoreError(
        'schema',
        `${store} has schema version ${newest}, newer than this program knows (${wanted.at(-1)?.version ?? 0}): use the newer fireplot, or another store`
      );
    }
    if (!file) throw new StoreError('schema', `migration ${name} is applied in ${store} but its file is missing`);
    if (file.sha256 !== sha256) {
      throw new StoreError(
        'schema',
        `migration ${file.name} was changed after it had been applied to ${store}: restore the file and put the change into a new migration`
      );
    }
  }
  const done = new Set(applied.map(({ version }) => version));
  return wanted.filter(({ version }) => !done.has(version));
}

async function apply(store: Store, { version, name, sha256, statements }: Migration): Promise<void> {
  for (const statement of statements) {
    try {
      await store.command(statement);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new StoreError('schema', `migration ${name} failed: ${why}`, { cause });
    }
  }
  await store.command(
    'INSERT INTO fireplot.migrations (version, name, sha256) SELECT {version:UInt32}, {name:String}, {sha256:String}',
    { version, name, sha256 }
  );
}
