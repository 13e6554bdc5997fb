import { describe, expect, it } from 'vitest';
import { picture, useBrowser } from './browser';
import { readPlot } from './plot';
import { DAY_FROM, DAY_TO } from './sample';

const browser = useBrowser();

/** Explore's URL for one query on the provisioned data source, over the sample day. */
function exploreUrl(query: Record<string, unknown>): string {
  const datasource = { type: 'fireplot-firewall-datasource', uid: 'fireplot' };
  const panes = {
    a: {
      datasource: 'fireplot',
      queries: [{ refId: 'A', datasource, ...query }],
      range: { from: String(DAY_FROM), to: String(DAY_TO) },
    },
  };
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

describe('Explore', () => {
  it('shows log rows of the firewall', async () => {
    const { page } = await browser.open(
      exploreUrl({ queryType: 'events', filters: [{ key: 'dst_port', operator: '=', value: '37777' }], limit: 50 })
    );
    await page
      .getByText(/DPT=37777/)
      .first()
      .waitFor({ timeout: 30_000 });
    await picture(page, 'explore');
  });

  it('paints a fireplot query as a fireplot', async () => {
    const { page } = await browser.open(exploreUrl({ queryType: 'fireplot' }));
    const plot = await readPlot(page);
    await picture(page, 'explore-fireplot');
    expect([plot.from, plot.to]).toEqual([DAY_FROM, DAY_TO]);
  });

  it('a bad query shows the error of the database, and what was wrong', async () => {
    const { page } = await browser.open(
      exploreUrl({ queryType: 'sql', format: 'table', rawSql: 'SELECT no_such_column FROM fireplot.events' })
    );
    await page
      .getByText(/no_such_column/)
      .filter({ hasText: /unknown|identifier|missing/i })
      .first()
      .waitFor({ timeout: 30_000 });
    await picture(page, 'bad-query');
  });

  it('a good SQL query with macros shows its table', async () => {
    const { page } = await browser.open(
      exploreUrl({
        queryType: 'sql',
        format: 'table',
        rawSql:
          'SELECT dst_port, sum(count) AS probes FROM fireplot.events WHERE $__timeFilter(time) GROUP BY dst_port ORDER BY probes DESC LIMIT 5',
      })
    );
    // Port 23 leads the sample day; the count is the whole day's, so the macro bounded the range rightly.
    await page.getByText('12517', { exact: true }).first().waitFor({ timeout: 30_000 });
  });
});
