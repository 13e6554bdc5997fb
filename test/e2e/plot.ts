/** Where things are on a painted fireplot, read from what the panel says of itself on its root element. */
import type { Page } from 'playwright-core';

export interface Plot {
  /** CSS pixels of the page. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** ms since the epoch. */
  from: number;
  to: number;
  /** Ports at the bottom and the top of the log axis. */
  low: number;
  high: number;
}

const numbers = (text: string | null) => (text ?? '').split(',').map(Number);

/** Waits for cells to be painted, then reads the plot's place and scales. */
export async function readPlot(page: Page): Promise<Plot> {
  const panel = page.getByTestId('fireplot-panel').first();
  await panel.locator('xpath=self::*[@data-cells and @data-cells!="0"]').waitFor({ timeout: 45_000 });
  const box = (await panel.boundingBox())!;
  const [x = 0, y = 0, width = 0, height = 0] = numbers(await panel.getAttribute('data-plot'));
  const [from = 0, to = 0] = numbers(await panel.getAttribute('data-time'));
  const [low = 0, high = 0] = numbers(await panel.getAttribute('data-ports'));
  return { left: box.x + x, top: box.y + y, width, height, from, to, low, high };
}

/** Page coordinates of a time and a port. */
export function place(plot: Plot, time: number, port: number): { x: number; y: number } {
  const across = (time - plot.from) / (plot.to - plot.from);
  const up = Math.log(port / plot.low) / Math.log(plot.high / plot.low);
  return { x: plot.left + across * plot.width, y: plot.top + (1 - up) * plot.height };
}

/** Share of points that have something painted within `reach` CSS pixels. */
export async function paintedShare(page: Page, points: { x: number; y: number }[], reach: number): Promise<number> {
  return page.evaluate(
    ([spots, r]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="fireplot-canvas"]')!;
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      const context = canvas.getContext('2d')!;
      const hit = ({ x, y }: { x: number; y: number }) => {
        const size = Math.max(1, Math.round((2 * r + 1) * scale));
        const image = context.getImageData(
          Math.round((x - box.left - r) * scale),
          Math.round((y - box.top - r) * scale),
          size,
          size
        );
        for (let i = 3; i < image.data.length; i += 4) if (image.data[i]! > 0) return true;
        return false;
      };
      return spots.filter(hit).length / spots.length;
    },
    [points, reach] as const
  );
}
