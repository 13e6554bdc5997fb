import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Setting } from '../../ingest/src/config/setting.js';
import { SETTINGS } from '../../ingest/src/config/settings.js';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const unit = read('packaging/systemd/fireplot.service');

/** Values of a key, in their order. */
const all = (text: string, key: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${key}=`))
    .map((line) => line.slice(key.length + 1));

const variables = new Set(Object.values<Setting<unknown>>(SETTINGS).map(({ variable }) => variable));

describe('fireplot.service', () => {
  it('loads every credential that settings know, and no other', () => {
    const known = Object.values<Setting<unknown>>(SETTINGS).flatMap(({ credential }) => credential ?? []);
    expect(all(unit, 'LoadCredential').sort()).toEqual(known.sort());
  });

  it('sets variables that there are', () => {
    const names = all(unit, 'Environment').flatMap((line) => line.split(' ').map((each) => each.split('=')[0] ?? ''));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names.filter((each) => each !== 'NODE_ENV')) expect(variables).toContain(name);
  });

  it('gives the service more time to end than it takes', () => {
    const service = read('ingest/src/cli/serve/service.ts');
    const flush = Number(/LAST_DELIVERY_MS = ([\d_]+)/.exec(service)?.[1]?.replaceAll('_', ''));
    expect(flush).toBeGreaterThan(0);
    expect(Number(all(unit, 'TimeoutStopSec')[0]) * 1_000).toBeGreaterThan(2 * flush);
  });

  it('does not start a wrong config again and again: exit code 2 says that a person has to mend it', () => {
    expect(all(unit, 'RestartPreventExitStatus')).toEqual(['2']);
    expect(read('ingest/src/cli/io.ts')).toContain('EXIT_USAGE = 2');
  });

  it('starts what the repository builds', () => {
    expect(all(unit, 'ExecStart')).toEqual(['/usr/bin/node /opt/fireplot/ingest/bin/fireplot.js serve']);
    expect(read('packaging/systemd/fireplot.service.d/journal.conf.example')).toContain('fireplot.js serve --stdin');
    expect(read('ingest/bin/fireplot.js')).toMatch(/^#!/);
  });
});

it('the kernel keeps as much UDP as the input asks for in the least', () => {
  expect(read('packaging/sysctl/60-fireplot.conf')).toMatch(/^net\.core\.rmem_max = 4194304$/m);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

describe.skipIf(!hasSystemd)('by systemd-analyze (skipped where there is none)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fireplot-unit-'));
  const file = path.join(folder, 'fireplot.service');
  // The program lies elsewhere on the machine of the test.
  const program = `${process.execPath} ${path.join(root, 'ingest/bin/fireplot.js')}`;
  writeFileSync(file, unit.replace('/usr/bin/node /opt/fireplot/ingest/bin/fireplot.js', program));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('the unit is understood', () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' });
    expect([stderr.split('\n').filter((line) => line.includes('fireplot')), status]).toEqual([[], 0]);
  });

  it('its exposure is at most 2.0 of 10', (context) => {
    const help = execFileSync('systemd-analyze', ['--help'], { encoding: 'utf8' });
    if (!help.includes('--offline')) return context.skip('this systemd-analyze judges no file');
    const { status, stdout } = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', '--threshold=20', '--no-pager', file],
      { encoding: 'utf8' }
    );
    expect(status, stdout.split('\n').slice(-3).join('\n')).toBe(0);
  });
});
