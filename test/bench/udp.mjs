#!/usr/bin/env node
// A minute of 50,000 UDP lines a second, paced, one datagram a line: what arrived, what the kernel dropped, what was
// stored. Where net.core.rmem_max allows 4 MiB no drop is the goal; elsewhere every drop must be counted.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Watched } from './socket/process.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SENDER = fileURLToPath(new URL('socket/udp-sender.mjs', import.meta.url));
const RATE = Number(process.argv[2] ?? 50_000);
const SECONDS = Number(process.argv[3] ?? 60);

const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-bench-'));
const main = path.join(ROOT, 'ingest/bin/fireplot.js');
const args = [
  'serve',
  '--store',
  path.join(folder, 'store'),
  '--syslog',
  '0',
  '--http',
  '0',
  '--health',
  '127.0.0.1:0',
];
const serve = new Watched(process.execPath, [main, ...args, '--timezone', 'UTC', '--log-format', 'json']);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(http, sql) {
  const answer = await fetch(`${http}/?default_format=TSV`, { method: 'POST', body: sql });
  if (!answer.ok) throw new Error(await answer.text());
  return Number((await answer.text()).trim());
}

/** The drops that `serve` itself counts, by cause. */
async function drops(health) {
  const text = await (await fetch(`${health}/metrics`)).text();
  const found = [...text.matchAll(/^(fireplot_\w*drop\w*(?:\{[^}]*\})?) (\d+)$/gm)];
  return Object.fromEntries(found.map(([, name, value]) => [name, Number(value)]));
}

const sum = (counts) => Object.values(counts).reduce((total, n) => total + n, 0);

try {
  while (!serve.stdout.includes('\n')) {
    serve.mustRun();
    await pause(50);
  }
  const { syslog, http, health } = JSON.parse(serve.stdout.split('\n')[0]);
  const sender = new Watched(process.execPath, [SENDER, syslog.split(':').at(-1), String(RATE), String(SECONDS)]);
  await sender.ended;
  const { sent, seconds } = JSON.parse(sender.stdout);
  let stored = 0;
  for (let quiet = 0; quiet < 20; quiet++) {
    await pause(250);
    serve.mustRun();
    const now = await ask(http, 'SELECT count() FROM fireplot.events');
    if (now > stored) quiet = 0;
    stored = now;
  }
  const dropped = await drops(health);
  process.stdout.write(
    `${JSON.stringify({
      [`UDP, ${RATE} lines/s asked for, ${SECONDS} s`]: {
        sent,
        sent_per_s: Math.round(sent / seconds),
        stored,
        dropped,
        unaccounted: sent - stored - sum(dropped),
        rmem_max: Number(readFileSync('/proc/sys/net/core/rmem_max', 'latin1')),
        rss_mb: Math.round(serve.peakMegabytes),
        rss_own_mb: Math.round(serve.peakOwnMegabytes),
      },
    })}\n`
  );
} finally {
  await serve.stop();
  rmSync(folder, { recursive: true, force: true });
}
