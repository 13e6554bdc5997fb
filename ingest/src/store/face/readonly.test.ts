import { existsSync } from 'node:fs';
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
    expect(text).toBe(`300\t${112 * 2 ** 20}\t${24 * 2 ** 20}\n`);
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
