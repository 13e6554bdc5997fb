#!/usr/bin/env node
// The live panel at 5,000 lines a second: serve, workbench, Chromium and a paced sender on this machine together.
// From the socket to the pixel of a probe on a port of its own; long tasks and frames of the page; what was skipped.
// Usage: node test/bench/live.mjs [RATE] [SECONDS]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { FLAGS, findBrowser } from '../../scripts/lib/browser.mjs';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { startIngest, startWorkbench } from '../../scripts/lib/stack.mjs';
import { watch } from './live/watch.mjs';

const SENDER = fileURLToPath(new URL('live/sender.mjs', import.meta.url));
const RATE = Number(process.argv[2] ?? 5_000);
const SECONDS = Number(process.argv[3] ?? 60);
/** Until then the page loads, and the store has a picture to begin with. */
const WARM_SECONDS = 15;
const SIZE = { width: 1500, height: 900 };

const store = mkdtempSync(path.join(os.tmpdir(), 'fireplot-live-'));
const [port, syslog, http, health] = [await anyPort(), await anyPort(), await anyPort(), await anyPort()];
const ingest = await startIngest({
  store,
  serveOptions: ['--syslog', `127.0.0.1:${syslog}`, '--http', String(http), '--health', String(health)],
});
const host = await startWorkbench({ port, clickhouseUrl: ingest.ready.http });
const browser = await chromium.launch({ executablePath: await findBrowser(), args: FLAGS, headless: true });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

try {
  const marks = [];
  let sent = 0;
  const sender = spawn(process.execPath, [SENDER, String(syslog), String(RATE), String(WARM_SECONDS + SECONDS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  sender.stdout.setEncoding('utf8').on('data', (text) => {
    for (const line of text.trim().split('\n')) {
      const said = JSON.parse(line);
      if (said.marked) marks.push(said.marked);
      sent = said.sent ?? sent;
    }
  });
  const done = new Promise((resolve) => sender.on('close', resolve));
  await pause(3_000);
  const page = await browser.newPage({ viewport: SIZE, timezoneId: 'UTC' });
  await page.goto(`${host.ready.url}/d/fireplot-live/fireplot-live`);
  const panel = page.getByTestId('fireplot-panel').first();
  await page.getByTestId('fireplot-live').waitFor({ timeout: 60_000, state: 'attached' });
  await pause((WARM_SECONDS - 8) * 1000);
  const [low, high] = (await panel.getAttribute('data-ports')).split(',').map(Number);
  const begun = Date.now();
  const inspector = await page.context().newCDPSession(page);
  await inspector.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () => {
    const { metrics } = await inspector.send('Performance.getMetrics');
    return metrics.find((one) => one.name === 'TaskDuration').value;
  };
  const busyBefore = await busy();
  await page.evaluate(watch, { low, high });
  await done;
  await pause(3_000);
  const found = await page.evaluate(() => ({ ...globalThis.liveBench, ended: performance.now() }));
  const cpu = (await busy()) - busyBefore;
  const cells = Number(await panel.getAttribute('data-cells'));
  const heap = await page.evaluate(() => globalThis.performance.memory?.usedJSHeapSize ?? 0);
  if (process.env.PICTURE) await page.screenshot({ path: process.env.PICTURE });

  const latencies = [];
  for (const mark of marks.filter((each) => each > begun)) {
    const seen = found.seen.find((each) => each.at >= mark && Math.abs(each.time - mark) < 1_900);
    if (seen) latencies.push(seen.at - mark);
  }
  const missed = marks.filter((each) => each > begun).length - latencies.length;
  latencies.sort((a, b) => a - b);
  const part = (share, of = latencies) => of[Math.min(of.length - 1, Math.floor(of.length * share))];
  const stored = await storedAfter(ingest.ready.http, begun);
  const seconds = (found.ended - found.started) / 1000;
  const long = found.longTasks.map((task) => task.duration).sort((a, b) => a - b);
  print(`live panel, ${RATE} lines/s, socket to pixel`, {
    probes: latencies.length,
    notSeen: missed,
    p50Ms: part(0.5),
    p95Ms: part(0.95),
    maxMs: latencies.at(-1),
    goalMs: 2000,
    ofWhichToTheStore: { p50Ms: part(0.5, stored), p95Ms: part(0.95, stored), maxMs: stored.at(-1) },
  });
  print(`live panel, ${RATE} lines/s, the page`, {
    seconds: Math.round(seconds),
    lines: sent,
    cells,
    longTasks: long.length,
    longTasksAMinute: Number(((long.length / seconds) * 60).toFixed(1)),
    longestMs: Math.round(long.at(-1) ?? 0),
    mainThreadCpuPercent: Math.round((cpu / seconds) * 100),
    framesPerS: Math.round(found.frames / seconds),
    skipped: found.skipped,
    heapMb: Math.round(heap / 2 ** 20),
    load1: Number(os.loadavg()[0].toFixed(1)),
  });
} finally {
  await browser.close();
  await host.stop();
  await ingest.stop();
  rmSync(store, { recursive: true, force: true });
}

/** From the socket to the ledger, of each marked probe, ms ascending. */
async function storedAfter(url, begun) {
  const id = 'reinterpretAsUInt64(reverse(substring(SHA256(token), 1, 8)))';
  const sql = `SELECT dateDiff('ms', e.time, b.inserted_at) AS ms FROM fireplot.events AS e
    JOIN (SELECT ${id} AS batch, inserted_at FROM fireplot.batches) AS b ON b.batch = e.batch
    WHERE e.dst_port = 1 AND e.time > fromUnixTimestamp64Milli(${begun}) ORDER BY ms FORMAT TSV`;
  const answer = await fetch(url, { method: 'POST', body: sql });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.text()).trim().split('\n').map(Number);
}

function print(name, figures) {
  console.log(JSON.stringify({ [name]: figures }));
}
