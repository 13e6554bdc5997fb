// The panel's figures, in Chromium: medians of 20 runs as JSON on stdout.
// Usage: node test/bench/panel.mjs [--ratio 2] ; CHROMIUM_PATH names another browser than /usr/bin/chromium.
import path from 'node:path';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { hover } from './panel-hover.mjs';

const HERE = import.meta.dirname;
const WIDTH = 1500;
const HEIGHT = 600;
const RUNS = 20;
const ratio = process.argv.includes('--ratio') ? Number(process.argv[process.argv.indexOf('--ratio') + 1]) : 1;

/** Goals of the project in ms, by the name of the run. */
const GOALS = { 'paint 500,000 cells': 100, 'bin and paint 200,000 points': 150 };

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(HERE, 'panel-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
  });
  const page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0].text });
  const runs = await page.evaluate(
    ([width, height, pixels, times]) => globalThis.bench(width, height, pixels, times),
    [WIDTH, HEIGHT, ratio, RUNS]
  );
  const results = runs.map(({ name, ms, made }) => ({ name, ...spread(ms), made, goalMs: GOALS[name] ?? null }));
  results.push(await hover(browser, 500_000));
  console.log(JSON.stringify({ bench: 'panel', width: WIDTH, height: HEIGHT, ratio, runs: RUNS, results }, null, 2));
} finally {
  await browser.close();
}

/** Median and the worst of some times, ms. */
function spread(ms) {
  const sorted = [...ms].sort((a, b) => a - b);
  return { medianMs: round(sorted[Math.floor(sorted.length / 2)]), maxMs: round(sorted.at(-1)) };
}

function round(ms) {
  return Math.round(ms * 100) / 100;
}
