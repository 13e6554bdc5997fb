import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ask, Bench, Got } from './face.case.js';
import { ask as askAt, startFace } from './face.case.js';

let bench: Bench;
beforeAll(async () => {
  bench = await startFace();
});
afterAll(() => bench.end());

const ask = (params: Record<string, string>, asked: Ask = {}): Promise<Got> => askAt(bench.face.url, params, asked);
const read = (query: string, params: Record<string, string> = {}): Promise<Got> => ask({ query, ...params });

describe('reading', () => {
  test('answers /ping and an empty GET as ClickHouse does', async () => {
    expect((await ask({})).text).toBe('Ok.\n');
    const answer = await fetch(`${bench.face.url}/ping`);
    expect([answer.status, await answer.text()]).toEqual([200, 'Ok.\n']);
  });

  test('takes the query from the URL, from the body, or from both', async () => {
    expect((await read('SELECT 1, 2')).text).toBe('1\t2\n');
    expect((await ask({}, { body: 'SELECT 3' })).text).toBe('3\n');
    expect((await ask({ query: 'SELECT -- half' }, { body: '4' })).text).toBe('4\n');
    expect((await ask({}, { body: gzipSync('SELECT 5'), headers: { 'Content-Encoding': 'gzip' } })).text).toBe('5\n');
  });

  test('tells format, zone, id and what it cost', async () => {
    const { headers, text } = await read('SELECT number FROM numbers(3) FORMAT JSONEachRow;', { query_id: 'my-id' });
    expect(text).toBe('{"number":0}\n{"number":1}\n{"number":2}\n');
    expect(headers).toMatchObject({
      'x-clickhouse-format': 'JSONEachRow',
      'x-clickhouse-timezone': 'UTC',
      'x-clickhouse-query-id': 'my-id',
      'content-type': 'application/json; charset=UTF-8',
    });
    expect(JSON.parse(String(headers['x-clickhouse-summary']))).toMatchObject({ read_rows: '3' });
  });

  test('takes the default format of URL or header, and the statement’s own before both', async () => {
    expect((await read('SELECT 1 AS a', { default_format: 'CSVWithNames' })).text).toBe('"a"\n1\n');
    const header = { headers: { 'X-ClickHouse-Format': 'JSONCompactEachRow' } };
    expect((await ask({ query: 'SELECT 1 AS a' }, header)).text).toBe('[1]\n');
    expect((await ask({ query: 'SELECT 1 AS a FORMAT TSV' }, header)).text).toBe('1\n');
  });

  test('fills parameters of every kind, and keeps what they hold apart from the statement', async () => {
    const params = {
      param_n: '7',
      param_s: "a\\tb'; DROP TABLE fireplot.t --",
      param_a: "['x','y''z']",
      param_t: 'one',
    };
    const sql =
      'SELECT {n:UInt8} + 1, {s:String}, {a:Array(String)}, count() FROM system.{t:Identifier} FORMAT JSONCompactEachRow';
    expect(JSON.parse((await read(sql, params)).text)).toEqual([8, "a\tb'; DROP TABLE fireplot.t --", ['x', "y'z"], 1]);
  });

  test('uses the database asked for', async () => {
    expect((await read('SELECT count() FROM t', { database: 'fireplot' })).text).toBe('0\n');
    expect((await read('SELECT 1', { database: 'nowhere' })).status).toBe(404);
  });

  test('passes Native through byte for byte', async () => {
    const { body, headers } = await read("SELECT toUInt16(258) AS port, 'ü' AS s", { default_format: 'Native' });
    // Two columns, one row; name, type, data of each.
    expect(body.toString('hex')).toBe(
      ['0201', '04706f7274', '0655496e743136', '0201', '0173', '06537472696e67', '02c3bc'].join('')
    );
    expect(headers['content-type']).toBe('application/octet-stream');
  });

  test('compresses when both sides want it', async () => {
    const query = "SELECT repeat('x', 5000)";
    const packed = await ask({ query, enable_http_compression: '1' }, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).toString()).toBe(`${'x'.repeat(5_000)}\n`);
    const plain = await ask({ query }, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  test('takes the settings that matter to a data source', async () => {
    const settings = {
      max_execution_time: '5',
      log_comment: 'user=a',
      session_timezone: 'Europe/Oslo',
      max_threads: '1',
    };
    const sql =
      "SELECT getSetting('max_execution_time'), getSetting('log_comment'), toHour(toDateTime(0)), getSetting('readonly')";
    expect((await read(sql, { ...settings, readonly: '2' })).text).toBe('5\tuser=a\t1\t1\n');
  });

  test('applies filters that reach inside views', async () => {
    const sql = 'SELECT count() FROM (SELECT * FROM system.numbers LIMIT 10)';
    expect(
      (
        await read(sql, {
          additional_table_filters: "{'system.numbers':'number % 2 = 0 AND toString(number) != \\'4\\''}",
        })
      ).text
    ).toBe('10\n');
    expect(
      (
        await read('SELECT sum(number) FROM system.numbers LIMIT 1', {
          additional_table_filters: "{'system.numbers':'number < 3'}",
          max_rows_to_read: '1000',
          read_overflow_mode: 'break',
        })
      ).text
    ).toBe('3\n');
  });
});

describe('errors', () => {
  test.each([
    ['a statement that is none', 'SELEC nonsense FROM', 400, 62],
    ['an unknown table', 'SELECT * FROM fireplot.nothing', 404, 60],
    ['an unknown column', 'SELECT nothing FROM fireplot.t', 404, 47],
    ['a value of the wrong type', "SELECT toUInt8('x')", 400, 6],
    ['a missing parameter', 'SELECT {x:UInt8}', 400, 456],
    [
      'a query that runs too long',
      'SELECT sum(sleepEachRow(0.5)) FROM numbers(100) SETTINGS max_block_size = 1',
      403,
      164,
    ],
  ])('%s has ClickHouse’s code and status', async (_, sql, status, code) => {
    const answer = await read(sql);
    expect({ status: answer.status, code: answer.headers['x-clickhouse-exception-code'] }).toEqual({
      status,
      code: String(code),
    });
    expect(answer.text).toMatch(
      new RegExp(`^Code: ${code}\\. DB::Exception: .*\\([A-Z_]+\\) \\(version \\d+\\.\\d+`, 's')
    );
    expect(answer.text).not.toContain('formatQuery');
  });

  test('a query over its time is ended', async () => {
    const answer = await read('SELECT max(sipHash64(number)) FROM system.numbers', { max_execution_time: '0.3' });
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([408, '159']);
  });

  test('an answer over its size is refused before it is sent', async () => {
    const answer = await read('SELECT number FROM numbers(100000000)');
    expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([500, '396']);
  });

  test('a statement that is too long, or not there, is refused', async () => {
    expect((await ask({}, { body: `SELECT '${'x'.repeat(300_000)}'` })).status).toBe(413);
    expect((await ask({}, { body: ' ' })).status).toBe(400);
  });

  test('a format that is unknown, or works on files, is refused', async () => {
    for (const sql of ['SELECT 1 FORMAT Nonsense', 'SELECT 1 AS a FORMAT CapnProto', 'SELECT 1 AS a FORMAT Template']) {
      const answer = await read(sql);
      expect([answer.status, answer.headers['x-clickhouse-exception-code']]).toEqual([404, '73']);
    }
    expect((await read('SELECT 1', { default_format: 'Protobuf' })).status).toBe(404);
  });

  test('what this interface lacks is refused in words', async () => {
    expect((await read('SELECT 1', { client_protocol_version: '54460', default_format: 'Native' })).text).toContain(
      'client_protocol_version is not supported'
    );
    expect((await read('SELECT 1', { client_protocol_version: '0' })).status).toBe(200);
    expect((await read('SELECT 1', { session_id: 'x' })).status).toBe(501);
    expect((await fetch(`${bench.face.url}/play`)).status).toBe(404);
  });
});
