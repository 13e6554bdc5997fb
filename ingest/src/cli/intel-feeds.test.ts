import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FeedServer } from '../intel/fetch/server.case.js';
import { tempFolder } from '../store/fixture.case.js';
import { ageWords } from './intel-feeds.js';
import { runCommand } from './run.case.js';

const SECRET = 'geheim-0815-geheim';
let folder: { path: string; remove: () => void };
let store: string;
let server: FeedServer;
beforeAll(async () => {
  folder = tempFolder('intel-feeds');
  store = path.join(folder.path, 'store');
  server = await new FeedServer().listen();
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

/** All that the commands said. */
let said = '';

async function intel(...args: string[]) {
  const ran = await runCommand(['intel', ...args, '--store', store], { cwd: folder.path, env: { FEED_KEY: SECRET } });
  said += ran.stdout + ran.stderr;
  return ran;
}

async function feed(name: string): Promise<Record<string, unknown>> {
  const { stdout } = await intel('list', '--json');
  const rows = stdout.split('\n').filter(Boolean);
  return rows.map((row) => JSON.parse(row) as Record<string, unknown>).find((row) => row.name === name) ?? {};
}

const copies = (): string[] => readdirSync(path.join(store, 'intel'));

describe('a feed at a URL', () => {
  test('is loaded, kept as it came, and not loaded again while nothing is new', async () => {
    server.tagged('/lists/bad.txt', '198.51.100.0/24\n192.0.2.1\n', '"one"');
    const added = await intel('add', `${server.url}/lists/bad.txt`, '--format', 'plain', '--every', '6h');
    expect([added.code, added.stderr]).toEqual([
      0,
      expect.stringMatching(/^bad: 2 indicators .*\n.*intel\.refresh: on\.\n$/),
    ]);
    const first = await feed('bad');
    expect(first).toMatchObject({ place: `${server.url}/lists/bad.txt`, options: { minutes: 360 }, confirmed: null });
    const [copy = ''] = copies();
    expect(gunzipSync(readFileSync(path.join(store, 'intel', copy))).toString()).toMatch(
      /\n198\.51\.100\.0\/24\n192\.0\.2\.1\n$/
    );
    expect(await intel('update', 'bad')).toMatchObject({ code: 0, stderr: 'bad: nothing new, 2 indicators.\n' });
    const second = await feed('bad');
    expect(second).toMatchObject({ last_good: first.last_good, version: first.version, state: 'ok' });
    expect(second.confirmed).not.toBeNull();
    server.tagged('/lists/bad.txt', '198.51.100.0/24\n', '"two"');
    expect((await intel('update', 'bad')).stderr).toMatch(/^bad: 1 indicators/);
    expect(await feed('bad')).toMatchObject({ indicators: 1, confirmed: null });
  });

  test('added anew is asked for whole, though its tag is known', async () => {
    const again = await intel('add', `${server.url}/lists/bad.txt`, '--format', 'plain', '--score', '70');
    expect(again.stderr).toMatch(/^bad: 1 indicators/);
    expect(await feed('bad')).toMatchObject({ score: 70 });
  });

  test.each([
    ['answers with 500', () => server.status('/lists/bad.txt', 500), 'answers with 500'],
    ['is empty', () => server.text('/lists/bad.txt', ''), 'the feed is empty'],
    ['is a web page', () => server.text('/lists/bad.txt', '<!doctype html><title>198.51.100.0/24'), 'web page'],
    ['lists the internet', () => server.text('/lists/bad.txt', '0.0.0.0/0\n'), 'more than any feed can mean'],
    [
      'has grown tenfold',
      () => server.text('/lists/bad.txt', Array.from({ length: 10 }, (_, i) => `192.0.2.${i}\n`).join('')),
      'ten times its usual size',
    ],
  ])('that %s is refused; list says so, with the age of what stays in force', async (_, answer, words) => {
    answer();
    const updated = await intel('update', 'bad');
    expect([updated.code, updated.stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(await feed('bad')).toMatchObject({
      state: 'refused',
      indicators: 1,
      age_seconds: expect.any(Number) as number,
    });
    const { stdout } = await intel('list');
    expect(stdout).toMatch(/^bad +plain +1 {2}0 min old .* refused: .*; the last good load stays in force\n$/);
  });

  test('that was refused is asked for by the tag of the last good copy', async () => {
    server.tagged('/lists/bad.txt', '198.51.100.0/24\n', '"two"');
    expect((await intel('update', 'bad')).stderr).toBe('bad: nothing new, 1 indicators.\n');
    expect(await feed('bad')).toMatchObject({ state: 'ok', last_error: '' });
  });

  test('whose copy is gone or damaged is asked for whole', async () => {
    for (const content of ['nonsense', readFileSync(path.join(store, 'intel', copies()[0] ?? '')).subarray(0, 60)]) {
      writeFileSync(path.join(store, 'intel', copies()[0] ?? ''), content);
      expect((await intel('update', 'bad')).stderr).toMatch(/^bad: 1 indicators/);
    }
    expect((await intel('remove', 'bad')).code).toBe(0);
    expect(copies()).toEqual([]);
  });
});

describe('a key', () => {
  test('from environment or file is sent as a header, and stands nowhere else, whatever the server answers', async () => {
    server.paths.set('/keyed.txt', ({ headers }, response) => {
      const key = headers.authorization ?? '';
      response.end(`198.51.100.0/24\n192.0.2.1\n192.0.2.2\n${key}\n? ${SECRET}\n`);
    });
    const add = (...how: string[]) => intel('add', `${server.url}/keyed.txt`, '--format', 'plain', ...how);
    expect((await add('--key-env', 'FEED_KEY')).code).toBe(0);
    expect(server.asked.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`);
    writeFileSync(path.join(folder.path, 'key'), `${SECRET}\n`);
    expect((await add('--key-file', 'key', '--auth', 'X-Key')).code).toBe(0);
    expect(server.asked.at(-1)?.headers['x-key']).toBe(SECRET);
    expect((await intel('list')).stdout).toContain(`key: file ${path.join(folder.path, 'key')}`);
    server.text('/keyed.txt', `{"${SECRET}`);
    expect((await intel('update', 'keyed')).code).toBe(1);
    expect(said).toContain('? (hidden)');
    expect(said).not.toContain(SECRET);
    expect(JSON.stringify(await feed('keyed'))).not.toContain(SECRET);
    expect((await intel('remove', 'keyed')).code).toBe(0);
  });

  test.each([
    [['https://u:geheim@feeds.example/', '--format', 'plain'], '--key-file, --key-env or --key-credential'],
    [['https://feeds.example/?token=geheim', '--format', 'plain'], '--key-file, --key-env or --key-credential'],
    [['http://feeds.example/', '--format', 'plain', '--key-env', 'FEED_KEY', '--key-file', 'x'], 'more than one place'],
    [['http://127.0.0.1:1/', '--format', 'plain', '--key-env', 'NOWHERE'], 'NOWHERE'],
    [['otx'], 'gives nothing without a key'],
    [['nowhere'], 'Of what format'],
    [['list.txt', '--format', 'plain', '--key-env', 'FEED_KEY'], 'is a file'],
    [['http://127.0.0.1:1/', '--format', 'plain', '--every', '1s'], 'no interval'],
    [['gopher://127.0.0.1/', '--format', 'plain'], 'cannot be had by gopher'],
  ])('%j ends with code 2 and one sentence', async (args, words) => {
    const { code, stderr } = await intel('add', ...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(stderr).not.toContain('geheim');
  });

  test('that is not there keeps the feed out of the store', async () => {
    expect((await intel('list')).stderr).toBe('0 feeds.\n');
  });
});

test.each([
  [-5, '0 min'],
  [5_340_000, '89 min'],
  [5 * 3_600_000, '5 h'],
  [3 * 86_400_000, '3 days'],
])('an age of %i ms is %s', (ms, words) => expect(ageWords(ms)).toBe(words));
