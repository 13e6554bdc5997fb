// The panel's figures, in Chromium: medians of 20 runs, one JSON object a line on stdout.
// Usage: node test/bench/panel.mjs [--ratio 2] ; CHROMIUM_PATH names another browser than /usr/bin/chromium.
import path from 'node:path';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { hover } from './panel/hover.mjs';

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
    entryPoints: [path.join(HERE, 'panel/page.ts')],
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
  for (const { name, ms, made } of runs) {
    const sorted = [...ms].sort((a, b) => a - b);
    const goal = GOALS[name] ? { goalMs: GOALS[name] } : {};
    print(name, { medianMs: round(sorted[Math.floor(RUNS / 2)]), maxMs: round(sorted.at(-1)), ...goal, made });
  }
  for (const scans of [0, 300]) {
    const { name, ...figures } = await hover(browser, 500_000, scans);
    print(name, figures);
  }
} finally {
  await browser.close();
}

function print(name, figures) {
  console.log(JSON.stringify({ [`${name}, ${WIDTH} × ${HEIGHT} at ${ratio} px`]: figures }));
}

function round(ms) {
  return Math.round(ms * 100) / 100;
}
