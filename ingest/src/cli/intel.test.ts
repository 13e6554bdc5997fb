import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventTsv, tempFolder } from '../store/fixture.case.js';
import { COLUMNS } from '../event/columns.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import { runCommand } from './run.case.js';

let folder: { path: string; remove: () => void };
let store: string;
beforeAll(async () => {
  folder = tempFolder('intel');
  store = path.join(folder.path, 'store');
  const engine = await openStore({ folder: store });
  await migrate(engine);
  const rows = ['198.51.100.7', '198.51.100.7', '198.51.100.8', '192.0.2.1', '2001:db8::9'].map((source, seq) => ({
    seq,
    src_ip: source.includes(':') ? source : `::ffff:${source}`,
    dst_port: 23 + seq,
  }));
  await engine.insert(
    'fireplot.events',
    COLUMNS.map(({ name }) => name),
    eventTsv(rows),
    'planted',
    'TabSeparated'
  );
  await engine.close();
});
afterAll(() => folder.remove());

const intel = (...args: string[]) => runCommand(['intel', ...args, '--store', store], { cwd: folder.path });

function file(name: string, content: string | Buffer): string {
  writeFileSync(path.join(folder.path, name), content);
  return name;
}

const RANGE = ['--from', '2026-11-22T00:00:00Z', '--to', '2026-11-23T00:00:00Z'];

/** Sources and the feeds that list them. */
async function hits(): Promise<string[]> {
  const { stdout, code } = await intel('hits', '--json', ...RANGE);
  expect(code).toBe(0);
  const rows = stdout.split('\n').filter(Boolean);
  return rows.map((row) => {
    const { src_ip, events, score, feeds } = JSON.parse(row) as {
      [name in 'src_ip' | 'events' | 'score']: string;
    } & { feeds: string[] };
    return `${src_ip} ${events} ${score} ${feeds.join('+')}`;
  });
}

const feeds = async (): Promise<Record<string, unknown>[]> =>
  (await intel('list', '--json')).stdout
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row) as Record<string, unknown>);

describe('fireplot intel', () => {
  test('loads feeds, and old events light up under all lists that cover their source', async () => {
    expect(await hits()).toEqual([]);
    const added = await intel(
      'add',
      file('bad.txt.gz', gzipSync('198.51.100.0/24\n?\n')),
      '--format',
      'plain',
      '--name',
      'nets'
    );
    expect([added.code, added.stderr]).toEqual([
      0,
      'nets, entry 2 cannot be read: ?\nnets: 1 indicators (0 of other kinds left out).\n',
    ]);
    const csv = file('scored.csv', 'ip,score,tag\n198.51.100.7,90,"it\'s\\n"\n2001:db8::/64,20,six\n');
    const second = await intel('add', csv, '--format', 'csv', '--map', 'indicator=ip,score=score,tags=tag');
    expect(second.code).toBe(0);
    expect((await hits()).sort()).toEqual([
      '198.51.100.7 2 90 nets+scored',
      '198.51.100.8 1 50 nets',
      '2001:db8::9 1 20 scored',
    ]);
    expect(await feeds()).toMatchObject([
      { name: 'nets', format: 'plain', state: 'ok', indicators: 1, bad: 1 },
      {
        name: 'scored',
        format: 'csv',
        state: 'ok',
        indicators: 2,
        options: { map: 'indicator=ip,score=score,tags=tag' },
      },
    ]);
  });

  test('what is allowed is no hit, until it is taken back', async () => {
    expect((await intel('allow', 'add', '198.51.100.0/29', '--reason', 'our lab')).code).toBe(0);
    expect((await hits()).map((hit) => hit.split(' ')[0])).not.toContain('198.51.100.7');
    expect((await intel('allow', 'list')).stdout).toMatch(/^198\.51\.100\.0\/29 +our lab\n$/);
    expect((await intel('allow', 'remove', '198.51.100.0/29')).code).toBe(0);
    expect(await hits()).toHaveLength(3);
    expect(await intel('allow', 'remove', '198.51.100.0/29')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not on the allow list') as string,
    });
  });

  test.each([
    ['is empty', '# nothing\n', 'the feed is empty'],
    ['is a web page', '<!DOCTYPE html><p>198.51.100.7', 'web page'],
    ['lists the internet', '0.0.0.0/0\n', 'more than any feed can mean'],
    ['has grown tenfold', Array.from({ length: 10 }, (_, i) => `192.0.2.${i}\n`).join(''), 'ten times its usual size'],
  ])('a feed that %s is refused, and the last good load stays in force', async (_, text, words) => {
    const before = await hits();
    file('bad.txt.gz', gzipSync(text));
    const updated = await intel('update', 'nets');
    expect([updated.code, updated.stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(updated.stderr).toContain('The 1 indicators of the last good load stay in force.');
    expect(await hits()).toEqual(before);
    expect((await feeds())[0]).toMatchObject({
      state: 'refused',
      indicators: 1,
      last_error: expect.stringContaining(words) as string,
    });
  });

  test('a packed feed that is cut, and one that is gone, are refused', async () => {
    file('bad.txt.gz', gzipSync('198.51.100.0/24\n').subarray(0, 20));
    expect((await intel('update', 'nets')).stderr).toContain('cut short');
    expect((await intel('add', 'nowhere.json', '--format', 'otx', '--name', 'gone')).stderr).toContain(
      'does not exist'
    );
    expect((await intel('remove', 'gone')).code).toBe(0);
  });

  test('a feed that names our own networks is refused', async () => {
    const own = ['--own', '203.0.113.0/24'];
    const refused = await intel('add', file('own.txt', '203.0.113.9\n'), '--format', 'plain', ...own);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('our own network 203.0.113.0/24')]);
    expect((await intel('remove', 'own')).code).toBe(0);
  });

  test('a load replaces the one before, and a removed feed is gone', async () => {
    file('bad.txt.gz', gzipSync('192.0.2.1\n'));
    expect((await intel('update', 'nets')).code).toBe(0);
    expect((await hits()).map((hit) => hit.split(' ')[0]).sort()).toEqual(['192.0.2.1', '198.51.100.7', '2001:db8::9']);
    expect((await intel('remove', 'nets')).code).toBe(0);
    expect((await hits()).map((hit) => hit.split(' ')[0]).sort()).toEqual(['198.51.100.7', '2001:db8::9']);
    expect(await feeds()).toHaveLength(1);
  });

  test.each([
    [['add', 'x', '--format', 'nonsense'], '"nonsense" is no format'],
    [['add', 'x', '--format', 'plain', '--name', 'a b'], 'no name for a feed'],
    [['add', 'x', '--format', 'plain', '--score', '0'], 'no score'],
    [['remove', 'nobody'], 'no feed "nobody"'],
    [['allow', 'add', 'nobody'], 'no network'],
  ])('%j ends with code 2 and one sentence', async (args, words) => {
    expect(await intel(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) as string });
  });
});
