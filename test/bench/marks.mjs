#!/usr/bin/env node
// What the marks of listed sources cost the fireplot: the same question with marks and without, in turn, from the
// request at the workbench's HTTP door to the last byte. 10 M events of a day from 40,000 sources; every 20th address,
// busy or not, is on a list that `fireplot intel add` has loaded. One JSON object a line.
// Usage: node test/bench/marks.mjs [--events 10000000] [--store DIR] [--runs 25]; --store keeps a filled store.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { startIngest, startWorkbench } from '../../scripts/lib/stack.mjs';
import { asker, DAY, day, fill, HOUR, writer } from './query/made-up.mjs';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    store: { type: 'string' },
    runs: { type: 'string', default: '25' },
  },
});
const RUNS = Number(options.runs);
const WARM_UP = 3;
/** The most that marks may add. */
const GOAL = 0.1;
/** Of 40,000 addresses every so many'th is listed. */
const EVERY = 20;

const folder = options.store ?? mkdtempSync(path.join(os.tmpdir(), 'fireplot-marks-'));
mkdirSync(folder, { recursive: true });
const ingest = await startIngest({
  store: folder,
  serveOptions: ['--syslog', 'off', '--health', 'off', '--http', String(await anyPort())],
});
let workbench;
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(1)));
try {
  const { url, token } = JSON.parse(readFileSync(path.join(folder, 'serve.json'), 'utf8'));
  await fill(writer(url, token), Number(options.events));
  addList();
  workbench = await startWorkbench({ port: await anyPort(), clickhouseUrl: ingest.ready.http });
  const ask = asker(workbench.ready.url);
  await compare('fireplot, a day', ask, { from: day, to: day + DAY }, {});
  await compare('fireplot, six hours', ask, { from: day + 9 * HOUR, to: day + 15 * HOUR }, {});
  await compare('fireplot, an hour (events)', ask, { from: day + 12 * HOUR, to: day + 13 * HOUR }, {});
} finally {
  await stop();
}

async function stop() {
  await workbench?.stop();
  await ingest.stop();
  if (!options.store) rmSync(folder, { recursive: true, force: true });
}

function addList() {
  const file = path.join(os.tmpdir(), `fireplot-marks-${process.pid}.txt`);
  const addresses = Array.from({ length: 40_000 / EVERY }, (_, i) => i * EVERY + 3);
  writeFileSync(file, addresses.map((who) => `198.51.${who >> 8}.${who & 255}\n`).join(''));
  const bin = path.resolve(import.meta.dirname, '../../ingest/bin/fireplot.js');
  const add = ['intel', 'add', file, '--format', 'plain', '--name', `list-${process.pid}`, '--store', folder];
  try {
    execFileSync(process.execPath, [bin, ...add], { stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(file, { force: true });
  }
}

/** Asks with and without, in turn: what the machine does beside hits both alike. Tells the median of the pairs' ratios. */
async function compare(name, ask, range, query) {
  const plain = { queryType: 'fireplot', ...query };
  const pairs = [];
  let marks = 0;
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    const both = [];
    for (const marked of i % 2 === 0 ? [false, true] : [true, false]) {
      const answer = await ask(range, marked ? { ...plain, marks: 'intel' } : plain);
      both[marked ? 1 : 0] = answer.ms;
      if (marked) marks = answer.frames[1]?.data.values[0]?.length ?? 0;
    }
    if (i >= WARM_UP) pairs.push(both);
  }
  if (marks === 0) throw new Error(`${name}: nothing was marked, so nothing was measured`);
  const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;
  const withoutMs = median(pairs.map(([off]) => off));
  const withMs = median(pairs.map(([, on]) => on));
  console.log(
    JSON.stringify({
      [`${name}, marks on over off`]: {
        ratio: round(withMs / withoutMs, 3),
        pairRatio: round(median(pairs.map(([off, on]) => on / off)), 3),
        goal: 1 + GOAL,
        withoutMs: round(withoutMs, 1),
        withMs: round(withMs, 1),
        marks,
      },
    })
  );
}
