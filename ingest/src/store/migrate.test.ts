import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COLUMNS } from '../event/columns.js';
import { EmbeddedStore } from './embedded.js';
import { migrate, pending } from './migrate.js';
import { readMigrations } from './migrations.js';

const folder = mkdtempSync(path.join(tmpdir(), 'fireplot-migrate-'));
let store: EmbeddedStore;

beforeAll(async () => {
  store = await EmbeddedStore.open(path.join(folder, 'store'));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('migrate on the engine', () => {
  test('applies every file once, in order, and then nothing', async () => {
    const files = readMigrations();
    const first = await migrate(store);
    expect(first).toEqual({ from: 0, to: files.at(-1)?.version, applied: files.map(({ name }) => name) });
    expect(await migrate(store)).toEqual({ from: first.to, to: first.to, applied: [] });
    const rows = await store.query<{ version: number; sha256: string }>(
      'SELECT version, sha256 FROM fireplot.migrations ORDER BY version'
    );
    expect(rows).toEqual(files.map(({ version, sha256 }) => ({ version, sha256 })));
  });

  test('events has the columns of COLUMNS, in their order and of their types', async () => {
    await migrate(store);
    const described = await store.query<{ name: string; type: string }>('DESCRIBE TABLE fireplot.events');
    expect(described.map(({ name, type }) => ({ name, type }))).toEqual(
      COLUMNS.map(({ name, type }) => ({ name, type }))
    );
  });

  test('goes on where a failing migration stopped', async () => {
    const sql = path.join(folder, 'sql');
    const done = readMigrations();
    const late = done.at(-1)?.version ?? 0;
    cpSync(new URL('../../../provisioning/clickhouse/migrations/', import.meta.url), sql, { recursive: true });
    const file = path.join(sql, `${String(late + 900)}_extra.sql`);
    writeFileSync(
      file,
      'CREATE TABLE IF NOT EXISTS fireplot.extra (a UInt8) ENGINE = MergeTree ORDER BY a; SELECT nonsense;'
    );
    await expect(migrate(store, { folder: sql })).rejects.toThrow(/_extra\.sql failed: .*nonsense/);
    writeFileSync(
      file,
      "CREATE TABLE IF NOT EXISTS fireplot.extra (a UInt8) ENGINE = MergeTree ORDER BY a; SELECT ';' -- ; \n;"
    );
    expect((await migrate(store, { folder: sql })).to).toBe(late + 900);
    expect(await store.query('SELECT count() AS n FROM fireplot.extra')).toEqual([{ n: 0 }]);
    // The same database, seen by the program that lacks the last file.
    await expect(migrate(store)).rejects.toThrow(/newer than this program knows/);
  });
});

describe('pending', () => {
  const file = (version: number, sha256 = `s${version}`) => ({
    version,
    name: `${version}.sql`,
    sha256,
    statements: [],
  });

  test('leaves out what is applied, whatever the gaps', () => {
    const wanted = [file(1), file(5), file(20)];
    expect(pending(wanted, [file(1), file(20)], 'db').map(({ version }) => version)).toEqual([5]);
    expect(pending(wanted, wanted, 'db')).toEqual([]);
  });

  test('refuses an applied file that changed, or is gone', () => {
    expect(() => pending([file(1, 'other')], [file(1)], 'db')).toThrow('migration 1.sql was changed after');
    expect(() => pending([file(2)], [file(1)], 'db')).toThrow('its file is missing');
  });

  test('refuses a database that is newer than the program', () => {
    expect(() => pending([file(1)], [file(1), file(2)], 'db')).toThrow(
      'db has schema version 2, newer than this program knows (1)'
    );
  });
});
