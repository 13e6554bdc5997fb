#!/usr/bin/env node
// How long the data source takes to answer, from the request at the workbench's HTTP door to the last byte: ingest's
// embedded store, the real backend over gRPC, made-up events. One JSON object a line.
// Usage: node test/bench/query.mjs [--full] [--events 10000000] [--store DIR]; --full adds the pyramid of 29 days more,
// 100 million events in all. --store keeps a filled store for the next run.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { startIngest, startWorkbench } from '../../scripts/lib/stack.mjs';
import { asker, DAY, day, fill, HOUR, probes, report, settle, writer } from './query/made-up.mjs';

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    events: { type: 'string', default: '10000000' },
    store: { type: 'string' },
  },
});
const EVENTS = Number(options.events);
/** All of the month, the day included. */
const MONTH_EVENTS = 100_000_000;
const DAYS = 30;
const RUNS = 11;
const WARM_UP = 2;
/** The 30 days that end with the day. */
const month = day - (DAYS - 1) * DAY;

const folder = options.store ?? mkdtempSync(path.join(os.tmpdir(), 'fireplot-query-'));
mkdirSync(folder, { recursive: true });
const ingest = await startIngest({
  store: folder,
  serveOptions: ['--syslog', 'off', '--health', 'off', '--http', String(await anyPort())],
});
let workbench;
// Both run in process groups of their own, so they outlive a bench that is ended, unless it stops them.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(1)));
try {
  const { url, token } = JSON.parse(readFileSync(path.join(folder, 'serve.json'), 'utf8'));
  const write = writer(url, token);
  await fill(write, EVENTS);
  workbench = await startWorkbench({ port: await anyPort(), clickhouseUrl: ingest.ready.http });
  const ask = asker(workbench.ready.url);
  await measureDay(ask);
  if (options.full) {
    await fillMonth(write, MONTH_EVENTS - EVENTS);
    await measureMonth(ask);
  }
} finally {
  await stop();
}

async function stop() {
  await workbench?.stop();
  await ingest.stop();
  if (!options.store) rmSync(folder, { recursive: true, force: true });
}

async function measureDay(ask) {
  const range = { from: day, to: day + DAY };
  const filters = (key, value) => [{ key, operator: '=', value }];
  await figure('fireplot, a day', ask, range, { queryType: 'fireplot' }, 300);
  await figure('fireplot, a day, no limit of cells', ask, range, { queryType: 'fireplot', maxCells: 1_000_000 });
  await figure('fireplot, a day, one source (events)', ask, range, {
    queryType: 'fireplot',
    filters: filters('src_ip', '198.51.100.7'),
  });
  await figure('fireplot, a day, one port (events)', ask, range, {
    queryType: 'fireplot',
    filters: filters('dst_port', '22'),
  });
  await figure('fireplot, ten ports of a day (events)', ask, range, {
    queryType: 'fireplot',
    portFrom: '440',
    portTo: '449',
  });
  await figure(
    'fireplot, an hour (events)',
    ask,
    { from: day + 12 * HOUR, to: day + 13 * HOUR },
    { queryType: 'fireplot' }
  );
  const cell = { from: day + 12 * HOUR, to: day + 12 * HOUR + 180_000, portFrom: 444, portTo: 453 };
  await figure('cell, what a hover asks', ask, range, { queryType: 'cell', cell });
  await figure('events, the newest 1,000 as logs', ask, range, { queryType: 'events' });
  await figure('events, volume', ask, range, { queryType: 'events', format: 'volume' });
  await figure('top ports', ask, range, { queryType: 'top' });
  await figure('top ports by sources', ask, range, { queryType: 'top', measure: 'sources' });
  await figure('top sources', ask, range, { queryType: 'top', by: 'src_ip' });
  await figure('top actions over time', ask, range, { queryType: 'top', by: 'action', format: 'timeseries' });
}

async function measureMonth(ask) {
  const range = { from: month, to: day + DAY };
  await figure('fireplot, 30 days', ask, range, { queryType: 'fireplot' }, 1000);
  await figure('fireplot, 30 days, half of the ports', ask, range, { queryType: 'fireplot', portFrom: '1024' });
  await figure('fireplot, a week of the month', ask, { from: day - 6 * DAY, to: day + DAY }, { queryType: 'fireplot' });
  await figure('fireplot, a day of the month', ask, { from: day - DAY, to: day }, { queryType: 'fireplot' }, 300);
  await figure('events, volume of 30 days', ask, range, { queryType: 'events', format: 'volume' });
  await figure('top actions, 30 days', ask, range, { queryType: 'top', by: 'action' });
}

/** Asks a few times over and prints the median. */
async function figure(name, ask, range, query, goalMs) {
  const times = [];
  let answer;
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    answer = await ask(range, query);
    if (i >= WARM_UP) times.push(answer.ms);
  }
  times.sort((a, b) => a - b);
  const frame = answer.frames[0];
  const rows = frame?.data.values[0]?.length ?? 0;
  const { source, stepMs, rowsPerOctave } = frame?.schema.meta?.custom ?? {};
  const grid = source ? { source, stepMs, rowsPerOctave } : {};
  const ms = (value) => Math.round(value * 10) / 10;
  console.log(
    JSON.stringify({
      [name]: {
        medianMs: ms(times[RUNS >> 1]),
        maxMs: ms(times.at(-1)),
        ...(goalMs ? { goalMs } : {}),
        rows,
        bytes: answer.bytes,
        ...grid,
      },
    })
  );
}

/**
 * Fills the 29 days before into the pyramid alone, as if their events had been stored: 100 million rows of events take
 * half an hour and gigabytes, and the query of 30 days reads none of them.
 */
async function fillMonth(write, wanted) {
  const started = performance.now();
  const daily = Math.round(wanted / (DAYS - 1));
  const condition = (from) => `t >= toDateTime(${from / 1000}) AND t < toDateTime(${(from + DAY) / 1000})`;
  for (let from = month; from < day; from += DAY) {
    if (Number(await write(`SELECT count() FROM fireplot.cells_1m WHERE ${condition(from)}`)) > 0) continue;
    await write(`INSERT INTO fireplot.cells_1m
      SELECT toStartOfMinute(toDateTime(time, 'UTC')) AS t, sensor, toUInt8(indexOf(['allow', 'drop', 'reject'], action)) AS action, class,
        toUInt16(if(dst_port = 0, 65535, floor(64 * log2(greatest(dst_port, 1))))) AS y, count() AS n
      FROM (${probes(from / DAY, daily, from)}) GROUP BY t, sensor, action, class, y`);
  }
  const rows = Number(await write(`SELECT count() FROM fireplot.cells_10m`));
  report(`filled, ${wanted / 1e6} M events more, 29 days, pyramid alone`, started, rows);
  await settle(write);
}
