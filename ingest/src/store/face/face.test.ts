import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedStore } from '../embedded.js';
import { tempFolder } from '../fixture.case.js';
import type { Face } from '../options.js';
import type { Serving } from '../serving.js';
import { openFace } from './open.js';

const folder = tempFolder('face');
let store: EmbeddedStore;
let face: Face;
let serving: Serving;

beforeAll(async () => {
  store = await EmbeddedStore.open(folder.path);
  await store.command('CREATE DATABASE IF NOT EXISTS fireplot');
  await store.command(`CREATE TABLE fireplot.t (a UInt32, b String) ENGINE = MergeTree ORDER BY a
    SETTINGS non_replicated_deduplication_window = 100`);
  face = await openFace(store, { port: 0, maxReads: 2 });
  serving = JSON.parse(readFileSync(path.join(folder.path, 'serve.json'), 'utf8')) as Serving;
});
afterAll(async () => {
  await face.close();
  await store.close();
  folder.remove();
});

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  signal?: AbortSignal;
}

/** A bare HTTP request, as curl sends it: nothing adds headers or undoes encodings. */
function ask(params: Record<string, string>, { method = 'GET', headers = {}, body, signal }: Ask = {}): Promise<Got> {
  const url = new URL(`/?${new URLSearchParams(params).toString()}`, face.url);
  return new Promise((resolve, reject) => {
    const sending = httpRequest(
      url,
      { method: body === undefined ? method : 'POST', headers, ...(signal ? { signal } : {}) },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const all = Buffer.concat(chunks);
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: all, text: all.toString('utf8') });
        });
      }
    );
    sending.on('error', reject);
    sending.end(body);
  });
}

const read = (query: string, params: Record<string, string> = {}): Promise<Got> => ask({ query, ...params });
const asWriter = (): Record<string, string> => ({
  'X-ClickHouse-User': 'fireplot-writer',
  'X-ClickHouse-Key': serving.token,
});

describe('reading', () => {
  test('answers /ping and an empty GET as ClickHouse does', async () => {
    expect((await ask({})).text).toBe('Ok.\n');
    const answer = await fetch(`${face.url}/ping`);
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

  test('what this interface lacks is refused in words', async () => {
    expect((await read('SELECT 1', { client_protocol_version: '54460', default_format: 'Native' })).text).toContain(
      'client_protocol_version is not supported'
    );
    expect((await read('SELECT 1', { client_protocol_version: '0' })).status).toBe(200);
    expect((await read('SELECT 1', { session_id: 'x' })).status).toBe(501);
    expect((await fetch(`${face.url}/play`)).status).toBe(404);
  });
});

describe('a reader cannot', () => {
  const secret = 'root:';
  const refused: [string, string][] = [
    ['insert', "INSERT INTO fireplot.t VALUES (1, 'x')"],
    ['drop', 'DROP TABLE fireplot.t'],
    ['create', 'CREATE TABLE fireplot.u (a UInt8) ENGINE = Memory'],
    ['create a temporary table', 'CREATE TEMPORARY TABLE u (a UInt8)'],
    ['alter', 'ALTER TABLE fireplot.t DELETE WHERE 1'],
    ['truncate', 'TRUNCATE TABLE fireplot.t'],
    ['optimize', 'OPTIMIZE TABLE fireplot.t'],
    ['set', 'SET readonly = 0'],
    ['set in the statement', 'SELECT 1 SETTINGS max_threads = 1'],
    ['take a role', 'SET ROLE writer'],
    ['run two statements', 'SELECT 1; SELECT 2'],
    ['run two statements, the second hidden', "SELECT 1; -- '\nDROP TABLE fireplot.t"],
    ['end queries', 'KILL QUERY WHERE 1'],
    ['command the system', 'SYSTEM STOP MERGES'],
    ['make a backup', "BACKUP TABLE fireplot.t TO File('/tmp/fireplot-backup')"],
    ['attach a file', "ATTACH TABLE fireplot.f FROM '/etc' (a String) ENGINE = File(TSV)"],
    ['check a table', 'CHECK TABLE fireplot.t'],
    ['use another database', 'USE system'],
    ['write a file', "SELECT 1 INTO OUTFILE '/tmp/fireplot-outfile'"],
    ['write a file in odd spelling', "SELECT 1 into /**/ outFILE '/tmp/fireplot-outfile'"],
    ['write a file from below', "SELECT 1 UNION ALL SELECT 2 INTO OUTFILE '/tmp/fireplot-outfile' FORMAT CSV"],
    ['write by a table function', "INSERT INTO FUNCTION file('/tmp/fireplot-outfile') SELECT 1"],
    ['read a file', "SELECT file('/etc/passwd')"],
    ['read a file, quoted', "SELECT `file`('/etc/passwd')"],
    ['read a file, escaped', "SELECT `fi\\x6ce`('/etc/passwd')"],
    ['read a file, double quotes', 'SELECT "file"(\'/etc/passwd\')'],
    ['read a file, commented', "SELECT file/* */('/etc/passwd')"],
    ['read a file by name', "SELECT arrayMap(file, ['/etc/passwd'])"],
    ['read a file by APPLY', "SELECT * APPLY(file) FROM (SELECT '/etc/passwd' AS x)"],
    ['read a file below', "WITH (SELECT file('/etc/passwd')) AS x SELECT x"],
    ['read a file while describing', "DESCRIBE (SELECT file('/etc/passwd'))"],
    ['read a file as a table', "SELECT * FROM file('/etc/passwd', 'TSVRaw', 'a String')"],
    ['read a file as a cluster', "SELECT * FROM fileCluster('default', '/etc/passwd', 'TSVRaw', 'a String')"],
    ['read a URL', "SELECT * FROM url('http://127.0.0.1:1/', 'TSV', 'a String')"],
    ['describe a URL', "DESCRIBE TABLE url('http://127.0.0.1:1/')"],
    ['read S3', "SELECT * FROM s3('https://bucket.s3.amazonaws.com/x.csv', 'CSV', 'a String')"],
    ['describe S3', "DESCRIBE TABLE s3('https://bucket.s3.amazonaws.com/x.csv')"],
    ['read another server', "SELECT * FROM remote('127.0.0.1', system.one)"],
    ['read a database server', "SELECT * FROM mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')"],
    ['run a program', "SELECT * FROM executable('id', TSV, 'a String')"],
    ['read SQLite', "SELECT * FROM sqlite('/tmp/x.db', 't')"],
    ['evaluate text', "SELECT * FROM eval('SELECT 1')"],
  ];
  test.each(refused)('%s', async (_, sql) => {
    for (const answer of [await read(sql), await ask({}, { body: sql })]) {
      expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
      expect(answer.text).not.toContain(secret);
    }
    expect(existsSync('/tmp/fireplot-outfile')).toBe(false);
    expect((await read('SELECT count() FROM fireplot.t')).text).toBe('0\n');
  });

  const SETTINGS: [string, Record<string, string>][] = [
    ['in a filter', { additional_table_filters: "{'system.one':'file(\\'/etc/passwd\\') = \\'\\''}" }],
    [
      'in a filter that ends early',
      { additional_table_filters: "{'system.one':'1) OR (file(\\'/etc/passwd\\') = \\'\\''}" },
    ],
    ['in a filter with other escapes', { additional_table_filters: "{'system.one':'\\x66ile(1) = 1'}" }],
    ['in a result filter', { additional_result_filter: "file('/etc/passwd') = ''" }],
    ['in the name of a format’s file', { format_schema: '/etc/passwd:x' }],
    ['as a template', { format_template_row: '/etc/passwd' }],
    ['as another language', { dialect: 'kusto' }],
    ['by allowing more', { allow_experimental_eval_table_function: '1' }],
  ];
  test.each(SETTINGS)('read a file %s', async (_, settings) => {
    const answer = await read('SELECT 1 FROM system.one', settings);
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400);
  });

  test('read a file by the name in a parameter', async () => {
    const answer = await read("SELECT arrayMap({f:Identifier}, ['/etc/passwd'])", { param_f: 'file' });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain(secret);
  });

  test('lift the bounds', async () => {
    const sql =
      "SELECT getSetting('max_execution_time'), getSetting('max_memory_usage'), getSetting('max_result_bytes')";
    const { text } = await read(sql, {
      max_execution_time: '0',
      max_memory_usage: '99999999999',
      max_result_bytes: '0',
    });
    expect(text).toBe(`300\t${300 * 2 ** 20}\t${64 * 2 ** 20}\n`);
  });

  test('be a web page', async () => {
    const hosts = ['evil.example', 'evil.example:8123', '127.0.0.1.evil.example', '[::1].evil.example'];
    for (const host of hosts) expect((await ask({ query: 'SELECT 1' }, { headers: { Host: host } })).status).toBe(403);
    expect((await ask({ query: 'SELECT 1' }, { headers: { Origin: 'http://evil.example' } })).status).toBe(403);
    expect((await ask({ query: 'SELECT 1' }, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status).toBe(403);
    expect(
      (await ask({ query: 'SELECT 1' }, { headers: { Host: 'localhost:3000', Origin: 'http://localhost:3000' } }))
        .status
    ).toBe(200);
  });
});

describe('whoever has the token', () => {
  test('finds it in a file that only the owner reads', () => {
    expect(statSync(path.join(folder.path, 'serve.json')).mode & 0o777).toBe(0o600);
    expect(serving).toMatchObject({ pid: process.pid, url: face.url });
    expect(serving.token.length).toBeGreaterThanOrEqual(40);
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
    await store.command('CREATE TABLE fireplot.bin AS fireplot.t');
    const rows = Buffer.from([10, 10, 10, 10, 4, 10, 10, 59, 0, 1, 0, 0, 0, 0]);
    await ask({ query: 'INSERT INTO fireplot.bin (a, b) FORMAT RowBinary' }, { body: rows, headers: asWriter() });
    expect((await read('SELECT a, hex(b) FROM fireplot.bin ORDER BY a FORMAT CSV')).text).toBe(
      '1,""\n168430090,"0A0A3B00"\n'
    );
    await store.command('DROP TABLE fireplot.bin');
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
    expect(answer.text).not.toContain(serving.token);
  });

  test('may send it as bearer or as basic authentication', async () => {
    const basic = `Basic ${Buffer.from(`fireplot-writer:${serving.token}`).toString('base64')}`;
    for (const Authorization of [`Bearer ${serving.token}`, basic]) {
      const answer = await ask({}, { body: 'CREATE DATABASE IF NOT EXISTS fireplot', headers: { Authorization } });
      expect(answer.status).toBe(200);
    }
  });

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
      url: face.url,
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
    const client = createClient({ url: face.url, username: 'fireplot-writer', password: serving.token });
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

describe('many at once', () => {
  const running = async (): Promise<number> => {
    const [row] = await store.query<{ n: number }>(
      "SELECT count() AS n FROM system.processes WHERE query LIKE '/*%' AND query LIKE '%numbers_of_a_long_query%'"
    );
    return row?.n ?? -1;
  };
  const until = async (wanted: number): Promise<void> => {
    while ((await running()) !== wanted) await new Promise((go) => setTimeout(go, 20));
  };
  const LONG = 'SELECT max(sipHash64(number)) AS numbers_of_a_long_query FROM system.numbers';

  test('a client that leaves ends its query, also one that waits in line', async () => {
    const leaving = new AbortController();
    const asked = [1, 2, 3, 4].map((n) => ask({ query: `${LONG} WHERE number > ${n}` }, { signal: leaving.signal }));
    await until(2);
    leaving.abort();
    for (const one of asked) await expect(one).rejects.toThrow();
    await until(0);
    expect((await read('SELECT 1')).text).toBe('1\n');
  });

  test('parameters of queries that run side by side do not mix', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => read('SELECT {n:UInt32}, sleep(0.01)', { param_n: String(n) }))
    );
    expect(answers.map(({ text }) => text)).toEqual(answers.map((_, n) => `${n}\t0\n`));
  });
});

describe('openFace', () => {
  test('takes the next port when the wanted one is in use, and serves a store once', async () => {
    await face.close();
    expect(existsSync(path.join(folder.path, 'serve.json'))).toBe(false);
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as { port: number };
    face = await openFace(store, { port });
    expect(face.port).toBeGreaterThan(port);
    expect(store.url).toBe(face.url);
    await expect(openFace(store, { port: 0 })).rejects.toThrow('has an HTTP interface already');
    taken.close();
  });
});
