import { describe, expect, it } from 'vitest';
import { picture, useBrowser } from './browser';
import { paintedShare, place, readPlot } from './plot';
import { DAY_FROM, DAY_TO, dayUrl, label } from './sample';

const browser = useBrowser();
const lockstep = label('dual_lockstep');
const start = Date.parse(lockstep.start);
const end = Date.parse(lockstep.end);

/** The pair sends every 8th port in order at an even pace: where it is at a share of its way. */
function onTheWay(share: number): { time: number; port: number } {
  return {
    time: start + share * (end - start),
    port: Math.round(lockstep.min_port + share * (lockstep.max_port - lockstep.min_port)),
  };
}

describe('the sample day on the fireplot', () => {
  it('shows the whole day, and the lockstep scan lies where labels.json says', async () => {
    const { page, errors } = await browser.open(dayUrl);
    const plot = await readPlot(page);
    await picture(page, 'day');
    expect([plot.from, plot.to]).toEqual([DAY_FROM, DAY_TO]);

    const shares = Array.from({ length: 60 }, (_, i) => 0.02 + (i / 60) * 0.97);
    const curve = shares.map((share) => {
      const { time, port } = onTheWay(share);
      return place(plot, time, port);
    });
    expect(await paintedShare(page, curve, 2)).toBeGreaterThan(0.95);

    // The same curve, two and a half hours later: the background alone does not light it up like that.
    const shifted = shares.map((share) => {
      const { time, port } = onTheWay(share);
      return place(plot, time + 9_000_000, port);
    });
    expect(await paintedShare(page, shifted, 2)).toBeLessThan(0.5);
    expect(errors).toEqual([]);
  });

  it('hovering the lockstep scan names its port, its time and both of its sources', async () => {
    const { page } = await browser.open(dayUrl);
    const plot = await readPlot(page);
    const { time, port } = onTheWay(0.4);
    const spot = place(plot, time, port);
    await page.mouse.move(spot.x - 3, spot.y - 3);
    await page.mouse.move(spot.x, spot.y);
    const tooltip = page.getByTestId('fireplot-tooltip');
    await tooltip.waitFor();
    await expect.poll(() => tooltip.innerText(), { timeout: 10_000 }).toContain(lockstep.sources[0]);
    const text = await tooltip.innerText();
    await picture(page, 'hover');
    for (const source of lockstep.sources) expect(text).toContain(source);
    expect(text).toContain('TCP/IPv4');
    const ports = [...text.replace(/[,\u202f\u00a0]/g, '').matchAll(/\b\d{4,5}\b/g)].map(([number]) => Number(number));
    expect(ports.some((named) => Math.abs(named - port) / port < 0.03)).toBe(true);
  });

  it('a drag across zooms in time, and the new range is in the URL', async () => {
    const { page } = await browser.open(dayUrl);
    const plot = await readPlot(page);
    const y = plot.top + plot.height / 2;
    const [left, right] = [start, end].map((time) => place(plot, time, 100).x);
    await page.mouse.move(left!, y);
    await page.mouse.down();
    await page.mouse.move((left! + right!) / 2, y + 1, { steps: 5 });
    await page.mouse.move(right!, y + 2, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await readPlot(page)).to, { timeout: 15_000 }).toBeLessThan(DAY_TO);
    const zoomed = await readPlot(page);
    const pixel = (DAY_TO - DAY_FROM) / plot.width;
    expect(Math.abs(zoomed.from - start)).toBeLessThan(4 * pixel);
    expect(Math.abs(zoomed.to - end)).toBeLessThan(4 * pixel);
    await expect.poll(() => new URL(page.url()).searchParams.get('from')).not.toBe(String(DAY_FROM));
    await picture(page, 'zoomed-time');
  });

  it('a drag upwards zooms in ports, through the dashboard variables', async () => {
    const { page } = await browser.open(dayUrl);
    const plot = await readPlot(page);
    const x = plot.left + plot.width / 2;
    await page.mouse.move(x, place(plot, start, 1000).y);
    await page.mouse.down();
    await page.mouse.move(x + 1, place(plot, start, 3000).y, { steps: 5 });
    await page.mouse.move(x + 2, place(plot, start, 10_000).y, { steps: 5 });
    await page.mouse.up();
    await expect.poll(async () => (await readPlot(page)).low, { timeout: 15_000 }).toBeGreaterThan(500);
    const zoomed = await readPlot(page);
    expect(zoomed.low).toBeGreaterThan(900);
    expect(zoomed.high).toBeLessThan(11_000);
    expect(new URL(page.url()).searchParams.get('var-port_from')).toMatch(/^\d+$/);
    await picture(page, 'zoomed-ports');
  });

  it('the legend shows one class alone, and all of them again', async () => {
    const { page } = await browser.open(dayUrl);
    await readPlot(page);
    const panel = page.getByTestId('fireplot-panel').first();
    const cells = async () => Number(await panel.getAttribute('data-cells'));
    const all = await cells();
    const udp = page.getByTestId('fireplot-legend').getByRole('button', { name: /UDP\/IPv4/ });
    await udp.click();
    await expect.poll(cells).toBeLessThan(all);
    expect(await cells()).toBeGreaterThan(0);
    await udp.click();
    await expect.poll(cells).toBe(all);
  });

  it('steps to the day before and back', async () => {
    const { page } = await browser.open(dayUrl);
    await readPlot(page);
    await page.getByRole('button', { name: /day before/i }).click();
    await expect
      .poll(() => new URL(page.url()).searchParams.get('from'), { timeout: 15_000 })
      .toMatch(/^(1795219200000|2026-11-21T00:00:00\.000Z)$/);
    const empty = page.getByTestId('fireplot-empty');
    await empty.waitFor();
    expect(await empty.innerText()).toMatch(/2026-11-22|22 Nov|Nov 22|22\/11\/2026/);
    await page.getByRole('button', { name: /day after/i }).click();
    const plot = await readPlot(page);
    expect([plot.from, Math.round(plot.to / 1000)]).toEqual([DAY_FROM, DAY_TO / 1000]);
  });
});
