import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { Fireplot } from './process.case.js';

let folder: { path: string; remove: () => void };
let log: string;
beforeAll(() => {
  folder = tempFolder('cli-detect');
  log = path.join(folder.path, 'fw.log');
  const lines = Array.from({ length: 40 }, (_, i) => {
    const stamp = `Nov 22 10:${String(Math.floor(i / 2)).padStart(2, '0')}:${i % 2 === 0 ? '00' : '30'}`;
    return `${stamp} fw kernel: DROP IN=eth0 OUT= SRC=198.51.100.7 DST=203.0.113.1 LEN=40 TTL=50 ID=${i} PROTO=TCP SPT=40000 DPT=${100 + i} WINDOW=1024 SYN URGP=0 \n`;
  });
  writeFileSync(log, lines.join(''));
});
afterAll(() => folder.remove());

async function run(...args: string[]) {
  const fireplot = new Fireplot([...args, '--store', path.join(folder.path, 'store')]);
  const code = await fireplot.ended();
  return { code, stdout: fireplot.stdout, stderr: fireplot.stderr };
}
const rows = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('fireplot detect and spikes', () => {
  test('say of an empty store what to do', async () => {
    expect(await run('detect')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('load a log file first') as string,
    });
  });

  test('detect prints one object a scan with the names of the table; load --detect keeps them', async () => {
    const loaded = await run('load', '--detect', '--timezone', 'UTC', '--year', '2026', log);
    expect(loaded.code, loaded.stderr).toBe(0);
    expect(loaded.stderr).toContain('1 scans and port spikes are new or have changed');
    const detected = await run('detect', '--from', '2026-11-22', '--to', '2026-11-23', '--json');
    expect(detected.code, detected.stderr).toBe(0);
    expect(rows(detected.stdout)).toEqual([
      {
        id: expect.stringMatching(/^v[0-9a-f]{12}$/) as string,
        kind: 'vertical',
        proto: 'tcp',
        flags: 'syn',
        order: 'ascending',
        pace: 'fast',
        sources: ['198.51.100.7'],
        source_count: 1,
        targets: ['203.0.113.1'],
        target_count: 1,
        ports: 40,
        min_port: 100,
        max_port: 139,
        port_list: Array.from({ length: 40 }, (_, i) => 100 + i),
        events: 40,
        start: '2026-11-22T10:00:00.000Z',
        end: '2026-11-22T10:19:30.000Z',
        rate: 0.03419,
        tool: '',
        tool_sure: '',
        score: 0.606,
        severity: 'low',
        magnitude: 10,
        ongoing: true,
        superseded_by: '',
        known: '',
        sensors: ['fw'],
        curve: expect.any(Array) as unknown[],
        evidence: expect.objectContaining({ up: 1, median_gap_s: 30 }) as object,
        not_evaluable: ['tool: tcp_seq'],
      },
    ]);
    // What is kept already is not written again.
    expect((await run('detect', '--from', '2026-11-22', '--to', '2026-11-23', '--save')).stderr).toContain('1 scans');
    expect((await run('detect', '--from', '2026-11-22', '--to', '2026-11-23', '--save')).stderr).toContain(
      '0 rows written'
    );
  });

  test('spikes has nothing to say of one source', async () => {
    const { code, stdout, stderr } = await run('spikes', '--json');
    expect([code, stdout], stderr).toEqual([0, '']);
    expect(stderr).toContain('0 spikes.');
  });

  test('known takes stored scans off alerts and says why, until it is taken back', async () => {
    const added = await run('known', 'add', '198.51.100.0/24', '--reason', 'our scanner');
    expect([added.code, added.stderr]).toEqual([
      0,
      expect.stringContaining('198.51.100.0/24 is known: 1 stored findings') as string,
    ]);
    const named = await run('detect', '--from', '2026-11-22', '--to', '2026-11-23', '--json');
    expect(rows(named.stdout)).toMatchObject([{ known: 'our scanner' }]);
    expect(rows((await run('known', 'list', '--json')).stdout)).toEqual([
      { network: '198.51.100.0/24', kind: '', port: 0, reason: 'our scanner', until: null },
    ]);
    const removed = await run('known', 'remove', '198.51.100.0/24');
    expect(removed.stderr).toContain('is no longer known: 1 stored findings');
    expect((await run('known', 'remove', '198.51.100.0/24')).stderr).toContain('fireplot known list');
  });

  test.each([
    ['known', 'add', 'everybody'],
    ['known', 'add', '192.0.2.1', '--kind', 'vertikal'],
    ['known', 'add', '192.0.2.1', '--port', '70000'],
    ['known', 'add', '192.0.2.1', '--until', '2001-01-01'],
    ['detect', '--from', 'yesterday'],
    ['spikes', '--from', '2026-11-23', '--to', '2026-11-22'],
  ])('%s %s %s … is refused with one sentence', async (...args) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^fireplot: .*\n$/);
  });
});
