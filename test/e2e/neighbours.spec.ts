import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { picture, useBrowser } from './browser';
import { readPlot } from './plot';
import { DAY_FROM, DAY_TO } from './sample';

const browser = useBrowser();
const store = inject('store');
const tall = { width: 1600, height: 1500 };
const ROOT = path.resolve(import.meta.dirname, '../..');
const SOURCE = '198.51.100.23';
/** The fixture's day is moved to one that no other test looks at, and that is no history of the sample's. */
const [FROM, TO] = [Date.UTC(2026, 9, 2), Date.UTC(2026, 9, 3)];

const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-neighbours-'));
const fireplot = (...args: string[]) =>
  promisify(execFile)(process.execPath, [path.join(ROOT, 'ingest/bin/fireplot.js'), ...args, '--store', store], {
    env: { ...process.env, TZ: 'UTC' },
  });

/** The lines of one source in three logs, on another day. */
function moved(): string[] {
  const from = path.join(ROOT, 'test/fixtures/one-source');
  return readdirSync(from)
    .filter((name) => name.endsWith('.log'))
    .map((name) => {
      const text = readFileSync(path.join(from, name), 'utf8')
        .replaceAll('22-Nov-2026', '02-Oct-2026')
        .replaceAll('2026-11-22', '2026-10-02')
        .replaceAll('Sun Nov 22', 'Fri Oct  2')
        .replaceAll('Nov 22', 'Oct  2')
        // The active response has its alert's time, seconds since the epoch.
        .replaceAll('1795316688', String(1_795_316_688 - 51 * 86_400));
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    });
}

/** Port history as DShield's API gives it: thirty even days, and one on which port 7547 has tripled. */
function history(): string {
  const days = Array.from({ length: 31 }, (_, i) => {
    const date = new Date(DAY_FROM - (30 - i) * 86_400_000).toISOString().slice(0, 10);
    return [i, { date, records: 900_000, targets: 40_000, sources: i < 30 ? 10_000 : 30_000, tcp: 99, udp: 1 }];
  });
  const file = path.join(folder, 'porthistory-7547.json');
  writeFileSync(file, JSON.stringify({ ...Object.fromEntries(days), port: 7547 }));
  return file;
}

/** A source of the sample day among DShield's top sources of that day. */
function topSources(): string {
  const file = path.join(folder, 'topips.json');
  const entry = { rank: 1, source: '198.51.100.47', reports: 4242, targets: 77 };
  writeFileSync(file, JSON.stringify({ 0: entry, date: '2026-11-22' }));
  return file;
}

describe.skipIf(store === '')('neighbours (the store is not at hand where GRAFANA_URL is set)', () => {
  beforeAll(async () => {
    const load = ['load', '--timezone', 'UTC', '--year', '2026', '--no-detect'];
    expect((await fireplot(...load, ...moved())).stdout).toMatch(/^loaded 38, refused 0/);
    await fireplot('dshield', 'load', history(), topSources());
    await fireplot('enrich');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('one source, rewritten by RPZ, alerted by OSSEC and dropped by the firewall, is one story', async () => {
    const range = `from=${FROM}&to=${TO}&timezone=utc`;
    const { page, errors } = await browser.open(`/d/fireplot-source/one-source?${range}&var-ip=${SOURCE}`, tall);
    await readPlot(page);
    const said = page.getByText('amplify.example', { exact: true });
    await said.first().waitFor();
    for (const text of ['bind-rpz', 'ossec', 'netfilter', 'asked DNS for', 'first seen']) {
      await page.getByText(text, { exact: true }).first().waitFor();
    }
    for (const line of ['netfilter drop', 'bind-rpz reject', 'ossec alert', 'ossec drop']) {
      await page.getByText(line, { exact: true }).first().waitFor();
    }
    await page.getByText('SSHD brute force', { exact: false }).first().waitFor();
    expect(await page.getByText('ads.example').count()).toBe(0);
    await picture(page, 'one-source');
    expect(errors).toEqual([]);
  });

  it('our ports stand beside those of DShield, with its trend', async () => {
    const range = `from=${DAY_FROM - 30 * 86_400_000}&to=${DAY_TO}&timezone=utc`;
    const { page, errors } = await browser.open(`/d/fireplot-dshield/us-and-dshield?${range}&var-port=7547`, tall);
    // sqrt((30000 - 10000)² / 10000)
    await page.getByText('200.0', { exact: true }).first().waitFor();
    for (const text of ['30000', 'our sources', 'their trend']) {
      await page.getByText(text, { exact: true }).first().waitFor();
    }
    await page.getByText('4242', { exact: true }).first().waitFor();
    await page.getByText("DShield's", { exact: true }).first().waitFor();
    await page.getByText('porthistory-7547.json', { exact: false }).first().waitFor();
    await picture(page, 'us-and-dshield');
    expect(errors).toEqual([]);
  });

  it('a port spike says where its sources come from, and each source leads to its story', async () => {
    const range = `from=${DAY_FROM}&to=${DAY_TO}&timezone=utc`;
    const { page, errors } = await browser.open(`/d/fireplot-spikes/port-spikes?${range}&var-port=7547`, tall);
    const link = page.locator('a[href*="/d/fireplot-source"]');
    await link.first().waitFor();
    const source = (await link.first().innerText()).trim();
    await page.getByText('Where from: countries', { exact: true }).waitFor();
    await picture(page, 'spikes-countries');
    await link.first().click();
    await page.waitForURL(/fireplot-source\b.*var-ip=/);
    await readPlot(page);
    await page.getByText(`What ${source} touched`, { exact: true }).waitFor();
    expect(errors).toEqual([]);
  });
});
