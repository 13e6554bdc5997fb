import net from 'node:net';
import { describe, expect, inject, it } from 'vitest';
import type { Page } from 'playwright-core';
import { picture, useBrowser } from './browser';

const browser = useBrowser();
const url = '/d/fireplot-ingest-health/ingest-health?from=now-1h&to=now&timezone=utc';
const tall = { width: 1500, height: 1900 };

function sendLines(lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(inject('syslogPort'), '127.0.0.1', () => socket.end(`${lines.join('\n')}\n`));
    socket.on('error', reject).on('close', () => resolve());
  });
}

/** Samples are written every 15 s: until the text is there, the page is asked again. */
async function shows(page: Page, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const found = page.getByText(text, { exact: false }).first();
        if (
          await found.waitFor({ timeout: 5_000 }).then(
            () => true,
            () => false
          )
        )
          return true;
        await page.reload();
        return false;
      },
      { timeout: 60_000, interval: 200 }
    )
    .toBe(true);
}

describe.skipIf(inject('syslogPort') === 0)('the dashboard Ingest health', () => {
  it('shows the sensor that sends, the line that nobody could read as text, and what came in by which input', async () => {
    const markup = '<img src=x onerror="document.title=1"> no firewall wrote this';
    await sendLines([
      `<4>${new Date().toISOString()} fw-health kernel: DROP IN=wan0 OUT= MAC= SRC=192.0.2.98 DST=203.0.113.7 LEN=44 TOS=00 PREC=0x00 TTL=60 ID=1 PROTO=TCP SPT=40000 DPT=8443 SEQ=1 ACK=0 WINDOW=1024 SYN URGP=0`,
      markup,
    ]);
    const { page, errors } = await browser.open(url, tall);
    for (const title of ['Lines in, by input', 'Sensors', 'Latest refused lines', 'Dropped, by cause']) {
      await page.getByText(title, { exact: true }).first().waitFor();
    }
    await shows(page, 'fw-health');
    await shows(page, 'unclaimed');
    await shows(page, markup);
    await shows(page, 'No line was dropped in this time range.');
    await picture(page, 'ingest-health');
    expect(await page.title()).not.toBe('1');
    expect(errors).toEqual([]);
    await page.getByRole('link', { name: 'fw-health' }).click();
    await page.waitForURL(/\/d\/fireplot-overview.*var-sensor=fw-health/);
    await shows(page, '192.0.2.98');
  });
});
