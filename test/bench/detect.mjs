#!/usr/bin/env node
// What detection takes beside a page: 10 million events in the last day, lines that go on coming at that pace, and one
// viewer who asks for the day's fireplot over and over; first without detection, then while it looks at the whole day.
// Then how long turns over new lines take, one each second instead of each minute. Usage: node test/bench/detect.mjs [--events 10000000] [--store DIR]
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { startIngest, startWorkbench } from '../../scripts/lib/stack.mjs';
import { asker, DAY, fill, writer } from './query/made-up.mjs';

const { values: options } = parseArgs({
  options: { events: { type: 'string', default: '10000000' }, store: { type: 'string' } },
});
const EVENTS = Number(options.events);
const ASKED = 60;
/** Turns over new lines to wait for, and how long at most. */
const TURNS = 6;
const PATIENCE_MS = 150_000;
const WARM_UP = 5;
const SENDER = fileURLToPath(new URL('socket/udp-sender.mjs', import.meta.url));

const folder = options.store ?? mkdtempSync(path.join(os.tmpdir(), 'fireplot-detect-'));
mkdirSync(folder, { recursive: true });
const now = Date.now();
const range = { from: now - DAY, to: now };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the services with a turn of detection so often, and gives both to `task`. */
async function withStack(detectSeconds, task) {
  process.env.FIREPLOT_DETECT_SECONDS = detectSeconds;
  const serveOptions = ['--syslog', '0', '--health', 'off', '--http', String(await anyPort()), '--timezone', 'UTC'];
  const ingest = await startIngest({ store: folder, serveOptions });
  const host = await startWorkbench({ port: await anyPort(), clickhouseUrl: ingest.ready.http });
  try {
    const { url, token } = JSON.parse(readFileSync(path.join(folder, 'serve.json'), 'utf8'));
    return await task({ write: writer(url, token), ask: asker(host.ready.url), syslog: ingest.ready.syslog });
  } finally {
    await host.stop();
    await ingest.stop();
  }
}

/** Lines at the day's own pace while `task` runs. */
async function whileLinesCome({ syslog }, task) {
  const rate = String(Math.max(1, Math.round(EVENTS / 86_400)));
  const sender = spawn(process.execPath, [SENDER, syslog.split(':').at(-1), rate, '600'], { stdio: 'ignore' });
  try {
    await pause(8_000);
    return await task();
  } finally {
    sender.kill();
  }
}

/** Milliseconds of a viewer's questions, ascending. */
async function viewer({ ask }) {
  const times = [];
  for (let i = 0; i < WARM_UP + ASKED; i++) {
    const { ms } = await ask(range, { queryType: 'fireplot' });
    if (i >= WARM_UP) times.push(ms);
    await pause(250);
  }
  return times.sort((a, b) => a - b);
}

/** Milliseconds of the turns over new lines, in their order; the first is the one over the whole day. */
async function turnsOf({ write }) {
  const started = performance.now();
  for (;;) {
    const rows = await write('SELECT ms FROM fireplot.detections WHERE ms > 0 ORDER BY seen');
    const turns = rows.trim().split('\n').filter(Boolean).map(Number);
    if (turns.length > TURNS || performance.now() - started > PATIENCE_MS) return turns;
    await pause(1_000);
  }
}

const part = (sorted, share) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]);
const figures = (times) => ({ p50Ms: part(times, 0.5), p95Ms: part(times, 0.95), maxMs: part(times, 1) });

try {
  const alone = await withStack('off', async (stack) => {
    await fill(stack.write, EVENTS, range.from);
    return whileLinesCome(stack, () => viewer(stack));
  });
  const { times, turns } = await withStack('1', (stack) =>
    whileLinesCome(stack, async () => ({ times: await viewer(stack), turns: await turnsOf(stack) }))
  );
  const millions = `${EVENTS / 1e6} M events`;
  console.log(JSON.stringify({ [`fireplot of a day of ${millions}, without detection`]: figures(alone) }));
  const ratio = Number((part(times, 0.95) / part(alone, 0.95)).toFixed(2));
  const name = 'the same, while detection looks at the day';
  console.log(JSON.stringify({ [name]: { ...figures(times), p95Ratio: ratio, goalRatio: 2 } }));
  const [whole = 0, ...later] = turns;
  later.sort((a, b) => a - b);
  console.log(
    JSON.stringify({
      'a turn over new lines, beside them': {
        turns: later.length,
        ...(later.length > 0 ? figures(later) : {}),
        goalMs: 2000,
        theOneOverTheWholeDayMs: whole,
      },
    })
  );
} finally {
  if (options.store === undefined) rmSync(folder, { recursive: true, force: true });
}
