import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../store/open.js';
import { tempFolder } from '../store/fixture.case.js';
import type { Store } from '../store/store.js';
import { runCommand } from './run.case.js';

const LOGS = ['netfilter', 'rpz', 'ossec'].map((name) =>
  fileURLToPath(new URL(`../../../test/fixtures/one-source/${name}.log`, import.meta.url))
);
const SOURCE = '::ffff:198.51.100.23';

/** The fixture of the dashboard "One source": what it shows is asked here of the store. */
describe('a source rewritten by RPZ, alerted by OSSEC and dropped by the firewall', () => {
  let folder: { path: string; remove: () => void };
  let store: Store;
  let said: string;
  beforeAll(async () => {
    folder = tempFolder('one-source');
    const place = path.join(folder.path, 'store');
    const time = ['--timezone', 'UTC', '--year', '2026'];
    const loaded = await runCommand(['load', ...LOGS, '--no-detect', '--store', place, ...time], { cwd: folder.path });
    said = loaded.stdout;
    await runCommand(['detect', '--save', '--from', '2026-11-22', '--to', '2026-11-23', '--store', place], {
      cwd: folder.path,
    });
    store = await openStore({ folder: place });
  });
  afterAll(async () => {
    await store.close();
    folder.remove();
  });
  const asked = (sql: string): Promise<unknown[]> => store.query(sql, { source: SOURCE });

  test('is one src_ip over the three dialects', async () => {
    expect(said).toContain('refused 0');
    const rows = await asked(
      `SELECT dialect, action, toUInt32(sum(count)) AS n FROM fireplot.events WHERE src_ip = {source:IPv6}
       GROUP BY dialect, action ORDER BY dialect, action`
    );
    expect(rows).toEqual([
      { dialect: 'bind-rpz', action: 'drop', n: 2 },
      { dialect: 'bind-rpz', action: 'reject', n: 1 },
      { dialect: 'netfilter', action: 'drop', n: 27 },
      { dialect: 'ossec', action: 'drop', n: 1 },
      { dialect: 'ossec', action: 'alert', n: 3 },
    ]);
  });

  test('has others beside it in each log', async () => {
    const rows = await asked(
      'SELECT dialect, count() AS n FROM fireplot.events WHERE src_ip != {source:IPv6} GROUP BY dialect ORDER BY dialect'
    );
    expect(rows.map((row) => Object.values(row as object).map(String))).toEqual([
      ['bind-rpz', '1'],
      ['netfilter', '2'],
      ['ossec', '1'],
    ]);
  });

  test('is a story in the order of time', async () => {
    const rows = await asked(
      `SELECT dialect, rule FROM fireplot.events WHERE src_ip = {source:IPv6} ORDER BY time, dialect, seq`
    );
    const steps = rows.map((row) => Object.values(row as object).join(' '));
    expect(steps.filter((step, i) => step !== steps[i - 1])).toEqual([
      ...['netfilter fw-drop', 'bind-rpz block.rpz', 'bind-rpz fireplot.rpz', 'ossec 5716', 'ossec 60122'],
      ...['ossec 5712', 'netfilter fireplot-drop'],
    ]);
  });

  test('is found scanning, and then stands on the list that named was given', async () => {
    const scans = await asked(
      "SELECT kind FROM fireplot.scans FINAL WHERE has(sources, toIPv6({source:String})) AND superseded_by = ''"
    );
    expect(scans).toEqual([{ kind: 'vertical' }]);
    await store.close();
    const place = path.join(folder.path, 'store');
    const range = ['--from', '2026-11-22', '--to', '2026-11-23', '--expire', 'never'];
    const { stdout } = await runCommand(['intel', 'export', 'rpz', ...range, '--store', place], { cwd: folder.path });
    expect(stdout).toContain('\n32.23.100.51.198.rpz-client-ip CNAME rpz-drop.\n');
    store = await openStore({ folder: place });
  });
});
