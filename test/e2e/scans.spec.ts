import { expect, describe, it } from 'vitest';
import type { Page } from 'playwright-core';
import { picture, useBrowser } from './browser';
import { readPlot } from './plot';
import { DAY_FROM, DAY_TO, label } from './sample';

const browser = useBrowser();
const lockstep = label('dual_lockstep');
const range = `from=${DAY_FROM}&to=${DAY_TO}&timezone=utc`;
const tall = { width: 1600, height: 1600 };

/** Detection runs every few seconds after a load: until it has, the page is asked again. */
async function shows(page: Page, selector: string, text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const found = page.locator(selector).filter({ hasText: text });
        await found
          .first()
          .waitFor({ state: 'attached', timeout: 5_000 })
          .catch(() => undefined);
        if ((await found.count()) > 0) return true;
        await page.reload();
        return false;
      },
      { timeout: 60_000, interval: 500 }
    )
    .toBe(true);
}

describe('what detection found', () => {
  it('is drawn over the fireplot and listed: the lockstep pair by both of its sources', async () => {
    const { page, errors } = await browser.open(`/d/fireplot-scans/scans?${range}`, tall);
    await readPlot(page);
    await shows(page, '[data-testid="fireplot-scan-legend"]', 'synchronised');
    const listed = page.getByTestId('fireplot-scan-list').first();
    const text = await listed.innerText();
    for (const source of lockstep.sources) expect(text).toContain(source);
    for (const title of ['Scans by kind', 'Sources that scan most', 'Scans']) {
      await page.getByText(title, { exact: true }).first().waitFor();
    }
    await picture(page, 'scans');
    expect(errors).toEqual([]);
  });

  it('leads from the table to the scan: its curve, its sources, its figures', async () => {
    const { page, errors } = await browser.open(`/d/fireplot-scans/scans?${range}`, tall);
    await shows(page, 'a', 'Ascending synchronised scan');
    await page.locator('a').filter({ hasText: 'Ascending synchronised scan' }).first().click();
    await page.waitForURL(/fireplot-scan\b.*var-scan=s[0-9a-f]{12}/);
    await readPlot(page);
    for (const source of lockstep.sources) await page.getByText(source, { exact: true }).first().waitFor();
    await page.getByText('lag_ms', { exact: true }).first().waitFor();
    await picture(page, 'one-scan');
    expect(errors).toEqual([]);
  });

  it('names the port that a thousand sources began to touch at noon', async () => {
    const { page, errors } = await browser.open(`/d/fireplot-spikes/port-spikes?${range}&var-port=7547`, tall);
    await shows(page, 'body', 'sources on TCP 7547');
    await page.getByText('Sources per hour on port 7547', { exact: false }).first().waitFor();
    await picture(page, 'spikes');
    expect(errors).toEqual([]);
  });
});
