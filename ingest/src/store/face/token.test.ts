import { readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Ask, Bench, Got } from './face.case.js';
import { ask as askAt, startFace } from './face.case.js';

let bench: Bench;
beforeAll(async () => {
  bench = await startFace();
});
afterAll(() => bench.end());

const ask = (params: Record<string, string>, asked: Ask = {}): Promise<Got> => askAt(bench.face.url, params, asked);
const read = (query: string, params: Record<string, string> = {}): Promise<Got> => ask({ query, ...params });
const asWriter = (): Record<string, string> => ({
  'X-ClickHouse-User': 'fireplot-writer',
  'X-ClickHouse-Key': bench.serving.token,
});

describe('whoever has the token', () => {
  test('finds it in a file that only the owner reads', () => {
    expect(statSync(path.join(bench.folder, 'serve.json')).mode & 0o777).toBe(0o600);
    expect(bench.serving).toMatchObject({ pid: process.pid, url: bench.face.url });
    expect(bench.serving.token.length).toBeGreaterThanOrEqual(40);
  });

  test('inserts rows, once a deduplication token, and runs DDL', async () => {
    const query = 'INSERT INTO fireplot.w (a, b) FORMAT TabSeparated';
    expect((await ask({}, { body: 'CREATE TABLE fireplot.w AS fireplot.t', headers: asWriter() })).status).toBe(200);
    for (const body of ['1\tx\n2\t\\N\n', gzipSync('1\tx\n2\t\\N\n')]) {
      const headers = { ...asWriter(), ...(typeof body === 'string' ? {} : { 'Content-Encoding': 'gzip' }) };
      expect((await ask({ query, insert_deduplication_token: 'one' }, { body, headers })).status).toBe(200);
    }
    expect((await read('SELECT count(), sum(a) FROM fireplot.w')).text).toBe('2\t3\n');
    expect((await ask({}, { body: 'DROP TABLE fireplot.w', headers: asWriter() })).status).toBe(200);
  });

  test('inserts binary rows whatever bytes they hold', async () => {
    await bench.store.command('CREATE TABLE fireplot.bin AS fireplot.t');
    const rows = Buffer.from([10, 10, 10, 10, 4, 10, 10, 59, 0, 1, 0, 0, 0, 0]);
    await ask({ query: 'INSERT INTO fireplot.bin (a, b) FORMAT RowBinary' }, { body: rows, headers: asWriter() });
    expect((await read('SELECT a, hex(b) FROM fireplot.bin ORDER BY a FORMAT CSV')).text).toBe(
      '1,""\n168430090,"0A0A3B00"\n'
    );
    await bench.store.command('DROP TABLE fireplot.bin');
  });

  test.each([
    ['a wrong token', { 'X-ClickHouse-User': 'fireplot-writer', 'X-ClickHouse-Key': 'wrong' }],
    ['a wrong bearer', { Authorization: 'Bearer wrong' }],
    ['no token', { 'X-ClickHouse-User': 'fireplot-writer' }],
  ])('is not who comes with %s', async (_, headers) => {
    const answer = await ask(
      { query: 'INSERT INTO fireplot.t (a) FORMAT TabSeparated' },
      { body: '1\n', headers: headers as Record<string, string> }
    );
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([403, '516']);
    expect(answer.text).not.toContain(bench.serving.token);
  });

  test('may send it as bearer or as basic authentication', async () => {
    const basic = `Basic ${Buffer.from(`fireplot-writer:${bench.serving.token}`).toString('base64')}`;
    for (const Authorization of [`Bearer ${bench.serving.token}`, basic]) {
      const answer = await ask({}, { body: 'CREATE DATABASE IF NOT EXISTS fireplot', headers: { Authorization } });
      expect(answer.status).toBe(200);
    }
  });

  test('inserts nothing of a body that breaks off', async () => {
    const url = new URL('/?query=INSERT+INTO+fireplot.t+(a)+FORMAT+TabSeparated', bench.face.url);
    for (const encoding of ['identity', 'gzip']) {
      const headers = { ...asWriter(), 'Content-Length': '1000', 'Content-Encoding': encoding };
      const sending = request(url, { method: 'POST', headers });
      sending.on('error', () => undefined);
      sending.write(encoding === 'gzip' ? gzipSync('1\n'.repeat(50)) : '1\n'.repeat(50));
      await vi.waitFor(() => expect(inbox()).toHaveLength(1));
      sending.destroy();
      await vi.waitFor(() => expect(inbox()).toEqual([]));
    }
    expect((await read('SELECT count() FROM fireplot.t')).text).toBe('0\n');
  });
  const inbox = (): string[] => readdirSync(path.join(bench.folder, 'fireplot-inbox'));

  test('is told what was wrong with the rows', async () => {
    const answer = await ask(
      { query: 'INSERT INTO fireplot.t (a) FORMAT TabSeparated' },
      { body: 'x\n', headers: asWriter() }
    );
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([400, '27']);
  });
});

describe('the official client', () => {
  test('pings, selects with parameters, and throws typed errors', async () => {
    const client = createClient({
      url: bench.face.url,
      compression: { response: true },
      log: { level: ClickHouseLogLevel.OFF },
    });
    expect((await client.ping()).success).toBe(true);
    expect((await client.ping({ select: true })).success).toBe(true);
    const rows = await client.query({
      query: 'SELECT number AS n, {s:String} AS s, {a:Array(UInt16)} AS a FROM numbers({n:UInt8})',
      query_params: { n: 2, s: "it's\t", a: [1, 2] },
      format: 'JSONEachRow',
    });
    expect(await rows.json()).toEqual([0, 1].map((n) => ({ n, s: "it's\t", a: [1, 2] })));
    await expect(client.query({ query: 'SELECT * FROM fireplot.nothing' })).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    });
    await expect(
      client.insert({ table: 'fireplot.t', values: [{ a: 1 }], format: 'JSONEachRow' })
    ).rejects.toMatchObject({ code: '164' });
    await client.close();
  });

  test('inserts with the token', async () => {
    const client = createClient({ url: bench.face.url, username: 'fireplot-writer', password: bench.serving.token });
    await client.command({ query: 'CREATE TABLE fireplot.c AS fireplot.t' });
    await client.insert({
      table: 'fireplot.c',
      values: [
        { a: 1, b: 'ü\n' },
        { a: 2, b: '' },
      ],
      format: 'JSONEachRow',
    });
    await client.insert({ table: 'fireplot.c', values: [{ a: 3 }], format: 'JSONEachRow', columns: ['a'] });
    const rows = await client.query({ query: 'SELECT * FROM fireplot.c ORDER BY a', format: 'JSONCompactEachRow' });
    expect(await rows.json()).toEqual([
      [1, 'ü\n'],
      [2, ''],
      [3, ''],
    ]);
    await client.command({ query: 'DROP TABLE fireplot.c' });
    await client.close();
  });
});
