import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StoreError } from './error.js';
import { splitStatements } from './statements.js';

export interface Migration {
  readonly version: number;
  /** File name, e.g. 001_events.sql. */
  readonly name: string;
  readonly sha256: string;
  readonly statements: readonly string[];
}

const FILE = /^(\d{3,})_[\w-]+\.sql$/;

/** The migrations of a folder in order of version. Gaps are fine, two files of one version are not. */
export function readMigrations(folder: string = defaultFolder()): Migration[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError('schema', `cannot read the migrations in ${folder}: ${why}`, { cause });
  }
  const found = names.flatMap((name) => {
    const version = FILE.exec(name)?.[1];
    if (version === undefined) return [];
    const sql = readFileSync(path.join(folder, name), 'utf8');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    return [{ version: Number(version), name, sha256, statements: splitStatements(sql) }];
  });
  found.sort((a, b) => a.version - b.version);
  const twice = found.find((migration, i) => found[i + 1]?.version === migration.version);
  if (twice) throw new StoreError('schema', `two migrations in ${folder} have the version ${twice.version}`);
  if (found.length === 0) throw new StoreError('schema', `no migrations (NNN_name.sql) in ${folder}`);
  return found;
}

/** provisioning/clickhouse/migrations beside the first folder above this file that has it: src and dist alike. */
function defaultFolder(): string {
  const tail = path.join('provisioning', 'clickhouse', 'migrations');
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, tail)) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  return path.join(folder, tail);
}
