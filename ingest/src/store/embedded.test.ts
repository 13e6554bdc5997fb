import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedStore } from './embedded.js';
import { tempFolder } from './fixture.case.js';

const folder = tempFolder('embedded');
let store: EmbeddedStore;

beforeAll(async () => {
  store = await EmbeddedStore.open(folder.path);
  await store.command('CREATE DATABASE IF NOT EXISTS fireplot');
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const table = async (name: string): Promise<string> => {
  await store.command(`CREATE TABLE fireplot.${name} (a UInt32, b String) ENGINE = MergeTree ORDER BY a
    SETTINGS non_replicated_deduplication_window = 100`);
  return `fireplot.${name}`;
};

describe('query', () => {
  test('fills parameters with whatever they hold', async () => {
    const text = fc.string({ unit: 'grapheme' });
    await fc.assert(
      fc.asyncProperty(text, fc.array(text), fc.maxSafeInteger(), async (s, a, n) => {
        const [row] = await store.query('SELECT {s:String} AS s, {a:Array(String)} AS a, {n:Int64} AS n', { s, a, n });
        expect(row).toEqual({ s, a, n });
      }),
      { numRuns: 60, seed: 4 }
    );
  });

  test('takes NULL, booleans and dates', async () => {
    const params = { n: null, b: true, d: new Date(Date.UTC(2026, 10, 22, 1, 2, 3, 4)) };
    const sql = "SELECT {n:Nullable(String)} AS n, {b:Bool} AS b, toString({d:DateTime64(3, 'UTC')}) AS d";
    expect(await store.query(sql, params)).toEqual([{ n: null, b: true, d: '2026-11-22 01:02:03.004' }]);
  });

  test('gives 64-bit integers as numbers where that is exact, else as text', async () => {
    const sql = `SELECT count() AS n, toUInt64(9007199254740993) AS large, toNullable(toInt64(-7)) AS small,
      '12' AS text, NULL::Nullable(UInt64) AS nothing, toUInt32(5) AS plain`;
    const wanted = { n: 1, large: '9007199254740993', small: -7, text: '12', nothing: null, plain: 5 };
    expect(await store.query(sql)).toEqual([wanted]);
  });

  test('gives no rows as none, and an error in a sentence with its code', async () => {
    expect(await store.query('SELECT 1 AS a WHERE 0')).toEqual([]);
    await expect(store.query('SELECT nothing')).rejects.toMatchObject({
      kind: 'query',
      code: 47,
      message: expect.stringMatching(
        /^cannot query .*: Unknown expression identifier `nothing`.* \(UNKNOWN_IDENTIFIER\)$/
      ) as string,
    });
  });

  test('cannot write', async () => {
    await expect(store.query('DROP DATABASE fireplot')).rejects.toMatchObject({ code: 164 });
  });
});

describe('insert', () => {
  test('puts rows of both formats in, and the same token once', async () => {
    const name = await table('formats');
    const binary = Buffer.from([2, 0, 0, 0, 3, 10, 10, 59]);
    await store.insert(name, ['a', 'b'], Buffer.from('1\ttab\\tand \\\\N\n'), 'one');
    await store.insert(name, ['a', 'b'], binary, 'two', 'RowBinary');
    await store.insert(name, ['a', 'b'], binary, 'two', 'RowBinary');
    await store.insert(name, ['a'], Buffer.from('3\n'), 'three');
    expect(await store.query(`SELECT a, b FROM ${name} ORDER BY a`)).toEqual([
      { a: 1, b: 'tab\tand \\N' },
      { a: 2, b: '\n\n;' },
      { a: 3, b: '' },
    ]);
  });

  test('makes one part of 60,000 rows', async () => {
    const name = await table('block');
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i}\tsome text ${i}\n`).join('');
    await store.insert(name, ['a', 'b'], Buffer.from(rows), 'block');
    const parts = await store.query("SELECT rows FROM system.parts WHERE table = 'block' AND level = 0");
    expect(parts).toEqual([{ rows: 60_000 }]);
  });

  test('takes rows of more partitions than the default allows', async () => {
    await store.command('CREATE TABLE fireplot.months (a UInt32) ENGINE = MergeTree PARTITION BY a ORDER BY a');
    const rows = Array.from({ length: 101 }, (_, i) => `${i}\n`).join('');
    await store.insert('fireplot.months', ['a'], Buffer.from(rows), 'months');
    expect(await store.query('SELECT count() AS n FROM fireplot.months')).toEqual([{ n: 101 }]);
  });

  test('runs side by side without mixing', async () => {
    const name = await table('many');
    const rows = (n: number): Buffer =>
      Buffer.from(Array.from({ length: 500 }, (_, i) => `${n * 500 + i}\t${n}\n`).join(''));
    await Promise.all(Array.from({ length: 12 }, (_, n) => store.insert(name, ['a', 'b'], rows(n), `token ${n}`)));
    expect(await store.query(`SELECT count() AS n, uniqExact(a) AS a, sum(toUInt32(b)) AS b FROM ${name}`)).toEqual([
      { n: 6_000, a: 6_000, b: 33_000 },
    ]);
  });

  test('leaves nothing behind, also when the rows are wrong', async () => {
    const name = await table('wrong');
    const error = store.insert(name, ['a', 'b'], Buffer.from('1\tfine\nnot a number\tx\n'), 'wrong');
    await expect(error).rejects.toMatchObject({ kind: 'query', code: 27 });
    await expect(error).rejects.toThrow(/^cannot insert into fireplot\.wrong of /);
    await expect(error).rejects.not.toThrow(/inbox/);
    expect(await store.query(`SELECT count() AS n FROM ${name}`)).toEqual([{ n: 0 }]);
    expect(readdirSync(path.join(folder.path, 'fireplot-inbox'))).toEqual([]);
  });

  test('refuses names that are none', async () => {
    await expect(store.insert('t; DROP', ['a'], Buffer.from('1\n'), 'x')).rejects.toThrow('not a table name');
    await expect(store.query('SELECT 1', { 'a b': 1 })).rejects.toThrow('not the name of a parameter');
  });
});
