#!/usr/bin/env node
// From `npm start` (already built, empty store) to the painted picture, in seconds: median of three starts.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { FLAGS, findBrowser } from '../../scripts/lib/browser.mjs';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { ROOT } from '../../scripts/lib/tools.mjs';

const RUNS = 3;

async function once(browser) {
  const store = mkdtempSync(path.join(os.tmpdir(), 'fireplot-start-'));
  const args = ['start', '--silent', '--', '--store', store];
  for (const name of ['port', 'syslog', 'http', 'health']) args.push(`--${name}`, String(await anyPort()));
  const env = { ...process.env };
  delete env.GRAFANA_HOME;
  const started = performance.now();
  const child = spawn('npm', args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  try {
    const url = await new Promise((resolve, reject) => {
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        output += text;
        const match = /^look\s+(\S+)$/m.exec(output);
        if (match && output.includes('\ndata ')) resolve(match[1]);
      });
      child.on('close', (code) => reject(new Error(`npm start ended with exit code ${code}\n${output}`)));
    });
    const printed = performance.now();
    const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
    await page.goto(url);
    await page.locator('[data-testid="fireplot-panel"][data-cells]:not([data-cells="0"])').waitFor({ timeout: 60_000 });
    const painted = performance.now();
    await page.close();
    return { url_s: (printed - started) / 1000, picture_s: (painted - started) / 1000 };
  } finally {
    process.kill(-child.pid, 'SIGTERM');
    await new Promise((resolve) => (child.exitCode === null ? child.on('close', resolve) : resolve()));
    rmSync(store, { recursive: true, force: true });
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS });
const runs = [];
for (let i = 0; i < RUNS; i++) runs.push(await once(browser));
await browser.close();
console.log(
  JSON.stringify({
    bench: 'start',
    runs: RUNS,
    url_s: Number(median(runs.map((run) => run.url_s)).toFixed(2)),
    picture_s: Number(median(runs.map((run) => run.picture_s)).toFixed(2)),
    goal: 'picture_s < 10',
  })
);
