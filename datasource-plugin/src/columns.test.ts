import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLUMNS, isColumn } from './columns';

const MIGRATION = join(import.meta.dirname, '../../provisioning/clickhouse/migrations/001_events.sql');

describe('COLUMNS', () => {
  it('are the columns that migration 001 makes, but for attrs, which is filtered by attrs.NAME', () => {
    const sql = readFileSync(MIGRATION, 'utf8');
    const body = sql.slice(sql.indexOf('('), sql.indexOf('ENGINE'));
    const names = [...body.matchAll(/^ {4}([a-z_]+) +[A-Z]\w+/gm)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(30);
    expect(COLUMNS).toEqual(names.filter((name) => name !== 'attrs'));
  });
});

describe('isColumn', () => {
  it.each(['dst_port', 'src_ip', 'attrs.mac'])('takes %s', (name) => expect(isColumn(name)).toBe(true));
  it.each(['', 'attrs', 'attrs.', 'events', 'toString', '__proto__', 'dst_port; --'])('refuses %j', (name) =>
    expect(isColumn(name)).toBe(false)
  );
});
