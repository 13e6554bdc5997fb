import { describe, expect, it } from 'vitest';
import { picture, useBrowser } from './browser';
import { place, readPlot } from './plot';
import { DAY_FROM, DAY_TO, label } from './sample';

const browser = useBrowser();
const range = `from=${DAY_FROM}&to=${DAY_TO}&timezone=utc`;
const url = `/d/fireplot-intel/threat-intelligence?${range}`;
const tall = { width: 1600, height: 1800 };
/** On test/data/sample/example-list.txt, which the suite loads beside the sample day. */
const listed = label('dual_lockstep');

describe('threat intelligence', () => {
  it('says who on the lists knocked, what each list is worth, and leads to the source', async () => {
    const { page, errors } = await browser.open(url, tall);
    await readPlot(page);
    for (const source of listed.sources) {
      const link = page.getByRole('link', { name: source, exact: true }).first();
      await link.waitFor();
      // Grafana and the workbench write the range in different ways.
      expect(await link.getAttribute('href')).toMatch(/^\/d\/fireplot-source\?from=[^&]+&to=[^&]+&/);
      expect(await link.getAttribute('href')).toContain(`&var-ip=${source}`);
    }
    for (const title of ['Hits by list', 'What listed sources look for', 'Which list earns its keep'])
      await page.getByText(title, { exact: true }).first().waitFor();
    await page.getByText('example-list', { exact: true }).first().waitFor();
    await picture(page, 'intel');
    expect(errors).toEqual([]);
  });

  it('marks their cells: marks, then the marked cells alone, then neither; a hover names list and score', async () => {
    const { page, errors } = await browser.open(url, tall);
    const plot = await readPlot(page);
    const panel = page.getByTestId('fireplot-panel').first();
    const cells = async () => Number(await panel.getAttribute('data-cells'));
    const marks = async () => Number(await panel.getAttribute('data-marks'));
    const all = await cells();
    expect(await marks()).toBeGreaterThan(50);

    const middle = (Date.parse(listed.start) + Date.parse(listed.end)) / 2;
    const spot = place(plot, middle, 32_000);
    await page.mouse.move(spot.x, spot.y);
    const told = page.getByTestId('fireplot-mark');
    for (let y = spot.y - 80; y < spot.y + 80 && !(await told.isVisible()); y += 4) await page.mouse.move(spot.x, y);
    expect(await told.innerText()).toMatch(/listed sources? here or beside: score \d+, on example-list/);
    await page.mouse.move(0, 0);

    const legend = page.getByTestId('fireplot-mark-legend');
    await legend.click();
    await expect.poll(cells).toBeLessThan(all / 2);
    expect(await cells()).toBeGreaterThan(0);
    await picture(page, 'intel-only-listed');
    await legend.click();
    await expect.poll(cells).toBe(all);
    expect(await marks()).toBe(0);
    await legend.click();
    await expect.poll(marks).toBeGreaterThan(50);
    expect(errors).toEqual([]);
  });

  it('is a filter on any view', async () => {
    const filter = encodeURIComponent('intel|=|listed');
    const { page, errors } = await browser.open(`/d/fireplot-overview/overview?${range}&var-filters=${filter}`, tall);
    await readPlot(page);
    const body = page.locator('body');
    await page.getByText(listed.sources[0]!, { exact: true }).first().waitFor();
    // The busiest source of the day is on no list.
    expect(await body.innerText()).not.toContain('198.51.100.17');
    await picture(page, 'intel-filter');
    expect(errors).toEqual([]);
  });
});
