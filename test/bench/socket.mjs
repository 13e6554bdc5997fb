#!/usr/bin/env node
// How fast netfilter lines get from a TCP socket to where they can be asked for: `fireplot serve` with its spool and
// its embedded store, ready to be queried; and beside it rsyslog and syslog-ng, which parse the same lines and write a
// JSON object a line to a file. The same sender, a process of its own on the same cores, one after the other.
import { spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dayOfLines } from './socket/lines.mjs';
import { listening, Watched } from './socket/process.mjs';
import { rsyslog, syslogNg } from './socket/rivals.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SENDER = fileURLToPath(new URL('socket/sender.mjs', import.meta.url));
const TIMES = Number(process.argv[2] ?? 2);
const ROUNDS = Number(process.argv[3] ?? 3);
const PATIENCE_MS = 120_000;

const { name, lines } = dayOfLines(ROOT);
const total = lines * TIMES;
const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-bench-'));
const say = (object) => process.stdout.write(`${JSON.stringify(object)}\n`);

/** Starts the sender; resolves with the time of its first byte, ms since the epoch. */
async function send(port) {
  const child = spawn(process.execPath, [SENDER, String(port), String(TIMES), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  const started = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const found = /"started":(\d+)/.exec(said);
      if (found) resolve(Number(found[1]));
    });
    child.once('close', (code) => (code === 0 ? undefined : reject(new Error(`the sender ended with ${code}`))));
  });
  return started;
}

async function until(what, isDone) {
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    if (await isDone()) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${what} has not got all ${total} lines after ${PATIENCE_MS / 1000} s`);
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function ask(http, sql) {
  const answer = await fetch(`${http}/?default_format=TSV`, { method: 'POST', body: sql });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.text()).trim();
}

async function fireplot() {
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
  try {
    await until('fireplot', () => serve.stdout.includes('\n') || serve.child.exitCode !== null);
    if (serve.child.exitCode !== null) throw new Error(serve.stderr);
    const ready = JSON.parse(serve.stdout.split('\n')[0]);
    const port = Number(String(ready.syslog).split(':').at(-1));
    const rates = [];
    let cpu = 0;
    // The first round warms both the parser and the engine, and is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      const wanted = total * (round + 1);
      const before = serve.cpuSeconds();
      const started = await send(port);
      const ended = await until(
        'fireplot',
        async () => Number(await ask(ready.http, 'SELECT count() FROM fireplot.events')) >= wanted
      );
      if (round > 0) rates.push((total / (ended - started)) * 1000);
      cpu = ((serve.cpuSeconds() - before) / total) * 1e6;
    }
    const count = Number(await ask(ready.http, 'SELECT count() FROM fireplot.events'));
    if (count !== total * (ROUNDS + 1)) throw new Error(`${count} events are stored, not ${total * (ROUNDS + 1)}`);
    return { rate: median(rates), cpu, rss: serve.peakMegabytes, own: serve.peakOwnMegabytes };
  } finally {
    await serve.stop();
  }
}

/** Lines in a file that only grows. */
function lineCounter(file) {
  let read = 0;
  let count = 0;
  return async () => {
    if (!existsSync(file)) return 0;
    const { size } = statSync(file);
    if (size === read) return count;
    for await (const chunk of createReadStream(file, { start: read, end: size - 1 })) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count++;
    }
    read = size;
    return count;
  };
}

async function rival(what, setUp, port) {
  const output = path.join(folder, `${what}.json`);
  const start = setUp({ folder, port, output });
  if (start === undefined) return undefined;
  const watched = new Watched(start.command, start.args, start.env);
  try {
    await listening(port, watched);
    const counted = lineCounter(output);
    const rates = [];
    let cpu = 0;
    for (let round = 0; round <= ROUNDS; round++) {
      const wanted = total * (round + 1);
      const before = watched.cpuSeconds();
      const started = await send(port);
      const ended = await until(what, async () => (await counted()) >= wanted);
      if (round > 0) rates.push((total / (ended - started)) * 1000);
      cpu = ((watched.cpuSeconds() - before) / total) * 1e6;
    }
    return { rate: median(rates), cpu, rss: watched.peakMegabytes, own: watched.peakOwnMegabytes };
  } finally {
    await watched.stop();
    rmSync(output, { force: true });
  }
}

const line = ({ rate, cpu, rss, own }, ours) => ({
  lines_per_s: Math.round(rate),
  cpu_us_a_line: Number(cpu.toFixed(2)),
  rss_mb: Math.round(rss),
  rss_own_mb: Math.round(own),
  ...(ours === undefined ? {} : { fireplot_is_times_as_fast: Number((ours.rate / rate).toFixed(2)) }),
});

try {
  const ours = await fireplot();
  say({ [`fireplot serve, ${name} × ${TIMES}, socket to queryable`]: { ...line(ours), goal: 100_000 } });
  for (const [what, setUp, port] of [
    ['rsyslog', rsyslog, 21_514],
    ['syslog-ng', syslogNg, 21_515],
  ]) {
    const measured = await rival(what, setUp, port).catch((error) => {
      process.stderr.write(`${what}: ${error.message}\n`);
      return null;
    });
    if (measured === undefined)
      say({ [what]: 'not on this machine (Debian package; FIREPLOT_RIVALS names a folder of unpacked ones)' });
    else if (measured !== null) say({ [`${what}, socket to JSON file`]: line(measured, ours) });
    else say({ [what]: 'failed, see the message' });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
