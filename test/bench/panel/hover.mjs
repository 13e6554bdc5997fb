import http from 'node:http';
import path from 'node:path';
import esbuild from 'esbuild';

const MOVES = 300;

/**
 * Moves a pointer over the whole panel, in many cells with findings drawn over them, and counts the long tasks (over 50 ms) it causes.
 * @returns the 95th percentile of the longest task a move, ms: 0 when at least 95 % of the moves cause no long task
 */
export async function hover(browser, cells, scans = 0) {
  const files = await bundle();
  const server = http.createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost').pathname;
    const file = files.get(url);
    response.statusCode = file ? 200 : 404;
    response.setHeader(
      'Content-Type',
      url.endsWith('.js') ? 'text/javascript' : url.endsWith('.css') ? 'text/css' : 'text/html'
    );
    response.end(file);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const page = await browser.newPage({ viewport: { width: 1540, height: 700 } });
    await page.goto(`http://127.0.0.1:${server.address().port}/?cells=${cells}&scans=${scans}`);
    const box = await page.locator('[data-testid=fireplot-canvas]').boundingBox();
    await page.waitForTimeout(1000);
    await page.evaluate(() => {
      globalThis.longTasks = [];
      new PerformanceObserver((list) =>
        globalThis.longTasks.push(...list.getEntries().map((one) => one.duration))
      ).observe({
        type: 'longtask',
      });
    });
    const longest = [];
    let told = 0;
    for (let i = 0; i < MOVES; i++) {
      // A Lissajous figure: over all of the plot, with long and short steps
      const x = box.x + box.width * (0.5 + 0.48 * Math.sin(i / 7));
      const y = box.y + box.height * (0.5 + 0.48 * Math.sin(i / 11));
      await page.mouse.move(x, y);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
      const [tasks, tooltip] = await page.evaluate(() => [
        globalThis.longTasks.splice(0),
        document.querySelector('[data-testid=fireplot-tooltip]') !== null,
      ]);
      longest.push(Math.max(0, ...tasks));
      told += tooltip ? 1 : 0;
    }
    const sorted = [...longest].sort((a, b) => a - b);
    return {
      name: `hover over ${cells.toLocaleString('en-US')} cells${scans > 0 ? ` and ${scans} scans` : ''}: long tasks`,
      p95Ms: sorted[Math.floor(MOVES * 0.95)],
      maxMs: sorted.at(-1),
      longTasks: longest.filter((ms) => ms > 0).length,
      made: told,
      goalMs: 50,
    };
  } finally {
    server.close();
  }
}

async function bundle() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, 'host.tsx')],
    bundle: true,
    write: false,
    outdir: '/',
    format: 'iife',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'globalThis' },
    alias: { 'react-router-dom-v5-compat': 'react-router-dom' },
    loader: { '.woff2': 'dataurl', '.ttf': 'dataurl' },
    logLevel: 'error',
  });
  const html =
    '<!doctype html><title>panel</title><link rel="stylesheet" href="/host.css"><div id="root"></div><script src="/host.js"></script>';
  return new Map([
    ['/', html],
    ...outputFiles.map((file) => [path.posix.join('/', path.basename(file.path)), file.text]),
  ]);
}
