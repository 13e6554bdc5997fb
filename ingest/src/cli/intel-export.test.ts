import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scan } from '../detect/finding.js';
import { someScan } from '../detect/finding.case.js';
import { saveScans } from '../detect/stored.js';
import { tempFolder } from '../store/fixture.case.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import type { Store } from '../store/store.js';
import { saveSettings } from '../sink/settings.js';
import { utcText } from '../store/text.js';
import { runCommand } from './run.case.js';

const HOUR = 3_600_000;
/** The command goes by the clock: what is planted was seen an hour ago. */
const SEEN = Math.floor(Date.now() / HOUR) * HOUR - HOUR;

let folder: { path: string; remove: () => void };
let place: string;

const mapped = (address: string): string => (address.includes(':') ? address : `::ffff:${address}`);
const scan = (id: string, sources: string[], more: Partial<Scan> = {}): Scan =>
  someScan({
    ...{ id, sources: sources.map(mapped), sourceCount: sources.length, targets: ['::ffff:203.0.113.1'] },
    ...{ start: SEEN - HOUR, end: SEEN, day: Math.floor(SEEN / (24 * HOUR)) * 24 * HOUR },
    ...more,
  });

const PLANTED = [
  scan('v000000000001', ['198.51.100.1']),
  scan('h000000000002', ['198.51.100.2', '10.0.0.9'], { kind: 'horizontal', score: 0.95 }),
  scan('s000000000003', ['198.51.100.3', '2001:db8::3'], { kind: 'synchronised' }),
  scan('v000000000004', ['198.51.100.4'], { known: 'our own scanner' }),
  scan('v000000000005', ['198.51.100.5'], { supersededBy: 's000000000003' }),
  scan('v000000000006', ['198.51.100.6'], { start: SEEN - 60 * HOUR, end: SEEN - 50 * HOUR }),
  scan('v000000000007', ['203.0.113.77', '203.0.113.1']),
  scan('v000000000008', ['198.51.100.8']),
  scan('y000000000009', ['198.51.100.8', '198.51.100.9'], { kind: 'decoy' }),
  scan('v000000000010', ['198.51.100.10']),
  scan('r000000000011', ['198.51.100.10'], { kind: 'backscatter', severity: 'info', known: 'seen before' }),
  scan('p000000000012', ['198.51.100.12'], { kind: 'periodic', severity: 'info' }),
  scan('v000000000013', ['198.51.100.13']),
];

async function plantSpike(store: Store, id: string, source: string, severity: string): Promise<void> {
  await store.command(
    `INSERT INTO fireplot.spikes (day, id, version, port, proto, sources, source_list, start, \`end\`, score, severity)
     SELECT toDate({end:DateTime64(3, 'UTC')}), {id:String}, 1, 7547, 'tcp', 3, [toIPv6({source:String})],
       {end:DateTime64(3, 'UTC')}, {end:DateTime64(3, 'UTC')}, 0.8, {severity:String}`,
    { id, source, severity, end: utcText(SEEN) }
  );
}

beforeAll(async () => {
  folder = tempFolder('intel-export');
  place = path.join(folder.path, 'store');
  const store = await openStore({ folder: place });
  await migrate(store);
  await saveScans(store, PLANTED, 1);
  await plantSpike(store, 'k000000000001', '198.51.100.21', 'medium');
  await plantSpike(store, 'k000000000002', '198.51.100.22', 'info');
  await store.command(
    `INSERT INTO fireplot.suppressions (network, kind, port, reason, until, removed)
     SELECT '198.51.100.13', '', 0, 'a friend', now() + 3600, false`
  );
  await saveSettings(store, { own_networks: '["203.0.113.0/28"]' });
  await store.close();
});
afterAll(() => folder.remove());

const run = (...args: string[]) => runCommand(['intel', ...args, '--store', place], { cwd: folder.path });

/** Last octets, or the address where it is no 198.51.100.0/24. */
async function listed(...args: string[]): Promise<string[]> {
  const { code, stdout } = await run('export', 'plain', ...args);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace('198.51.100.', ''));
}

describe('fireplot intel export', () => {
  test('lists who was found, and says who is left out and why', async () => {
    const { code, stdout, stderr } = await run('export', 'plain');
    expect(code).toBe(0);
    expect(stdout.split('\n').slice(1)).toEqual([
      ...['198.51.100.1', '198.51.100.2', '198.51.100.3', '198.51.100.6', '198.51.100.21'],
      ...['203.0.113.77', '2001:db8::3', ''],
    ]);
    expect(stderr).toMatch(/^plain: 7 addresses of 11 findings between \S+ and \S+\. Left out: /);
    expect(stderr).toContain(
      'Left out: 1 private or reserved, 1 our own, 2 decoys or victims of backscatter, 2 suppressed, 1 of findings that only inform (--info takes them).'
    );
  });

  test.each([
    ['scanners', ['1', '2', '6', '203.0.113.77']],
    ['synchronised', ['3', '2001:db8::3']],
    ['spikes', ['21']],
  ])('--what %s', async (what, addresses) => {
    expect(await listed('--what', what)).toEqual(addresses);
  });

  test('--info, --min-score, --expire and a range', async () => {
    expect(await listed('--what', 'spikes', '--info')).toEqual(['21', '22']);
    expect(await listed('--min-score', '90')).toEqual(['2']);
    expect(await listed('--what', 'scanners', '--expire', '2d')).toEqual(['1', '2', '203.0.113.77']);
    const before = new Date(SEEN - 40 * HOUR).toISOString();
    expect(await listed('--from', '2026-01-01', '--to', before, '--expire', 'never')).toEqual(['6']);
    expect(await listed('--from', before, '--what', 'scanners', '--expire', 'never')).toEqual([
      ...['1', '2', '203.0.113.77'],
    ]);
  });

  test('what is allowed is left out, whether by hand or by a feed', async () => {
    expect((await run('allow', 'add', '198.51.100.0/30')).code).toBe(0);
    writeFileSync(path.join(folder.path, 'rpz.zone'), '32.6.100.51.198.rpz-client-ip CNAME rpz-passthru.\n');
    expect((await run('add', 'rpz.zone', '--format', 'rpz')).code).toBe(0);
    expect(await listed()).toEqual(['21', '203.0.113.77', '2001:db8::3']);
    expect((await run('allow', 'remove', '198.51.100.0/30')).code).toBe(0);
    expect((await run('remove', 'rpz')).code).toBe(0);
    expect(await listed()).toHaveLength(7);
  });

  test('writes a file whole, and a zone over another with a later serial', async () => {
    mkdirSync(path.join(folder.path, 'out'));
    const serial = async (): Promise<number> => {
      expect(await run('export', 'rpz', '--out', 'out/zone', '--list', 'bad')).toMatchObject({ code: 0, stdout: '' });
      return Number(/SOA \S+ \S+ \( (\d+)/.exec(readFileSync(path.join(folder.path, 'out/zone'), 'utf8'))?.[1]);
    };
    const first = await serial();
    expect(await serial()).toBeGreaterThan(first);
    expect(readdirSync(path.join(folder.path, 'out'))).toEqual(['zone']);
  });

  test('an empty list is a valid file, and said to be empty', async () => {
    const { code, stdout, stderr } = await run('export', 'stix', '--from', '2020-01-01', '--to', '2020-01-02');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { objects: object[] }).objects).toHaveLength(1);
    expect(stderr).toContain('The list is empty, and valid as such. Findings come from serve');
  });

  test('who was looked for is ours where nobody says what is', async () => {
    const store = await openStore({ folder: place });
    await saveSettings(store, { own_networks: '[]' });
    await store.close();
    expect(await listed('--what', 'scanners', '--own', '10.0.0.0/8')).toEqual(['1', '2', '6', '203.0.113.77']);
    expect(await listed('--what', 'scanners', '--own', '203.0.113.64/26')).toEqual(['1', '2', '6', '203.0.113.1']);
  });

  test.each([
    [['nonsense'], '"nonsense" is no format to export'],
    [['plain', '--what', 'constructor'], 'cannot be exported'],
    [['plain', '--expire', '0d'], 'no time to expire after'],
    [['plain', '--expire', '99999d'], 'no time to expire after'],
    [['plain', '--min-score', '101'], 'no score'],
    [['plain', '--policy', 'bomb'], 'no policy'],
    [['plain', '--list', 'a b; drop'], 'no name for a list'],
    [['plain', '--from', '2026-02-02', '--to', '2026-02-01'], 'no time between'],
    [['plain', '--out', 'nowhere/file'], 'cannot be written (ENOENT)'],
  ])('%j ends with code 2 and one sentence', async (args, words) => {
    expect(await run('export', ...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) as string });
  });
});
