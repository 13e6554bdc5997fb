#!/usr/bin/env node
// How long the data source takes to answer, from the request at the workbench's HTTP door to the last byte: ingest's
// embedded store, the real backend over gRPC, made-up events. One JSON object a line.
// Usage: node test/bench/query.mjs [--full] [--events 10000000] [--store DIR]; --full adds the pyramid of 29 days more,
// 100 million events in all. --store keeps a filled store for the next run.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { anyPort } from '../../scripts/lib/ports.mjs';
import { startIngest, startWorkbench } from '../../scripts/lib/stack.mjs';

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
const COLUMNS =
  'time, received, seq, batch, sensor, dialect, action, class, proto, src_ip, dst_ip, src_port, dst_port, tcp_flags, ttl, length, message';
const RUNS = 11;
const WARM_UP = 2;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The day that is looked at, and the 30 days that end with it. */
const day = Date.UTC(2026, 10, 22);
const month = day - (DAYS - 1) * DAY;
/** Rows an insert; the store's views need memory for each. */
const CHUNK = 250_000;
/** Seconds without a merge that count as settled, and how long to wait for them. */
const SETTLED = 3;
const SETTLE_MS = 300_000;

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

/** Sends one query the way a page does; rejects when it fails or answers nothing. */
function asker(url) {
  return async (range, query) => {
    const started = performance.now();
    const response = await fetch(`${url}/api/ds/query`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        from: String(range.from),
        to: String(range.to),
        queries: [
          {
            refId: 'A',
            datasource: { uid: 'fireplot', type: 'fireplot-firewall-datasource' },
            maxDataPoints: 1500,
            intervalMs: 60_000,
            ...query,
          },
        ],
      }),
    });
    const body = await response.arrayBuffer();
    const ms = performance.now() - started;
    const text = Buffer.from(body).toString();
    const result = JSON.parse(text).results?.A;
    if (!response.ok || result?.error)
      throw new Error(`${JSON.stringify(query)}: ${result?.error ?? text.slice(0, 500)}`);
    if (!result.frames.some((frame) => frame.data.values[0]?.length > 0))
      throw new Error(`${JSON.stringify(query)} was answered with nothing`);
    return { frames: result.frames, bytes: body.byteLength, ms };
  };
}

function writer(url, token) {
  return async (sql) => {
    const headers = { 'X-ClickHouse-User': 'fireplot-writer', 'X-ClickHouse-Key': token };
    const response = await fetch(`${url}/`, { method: 'POST', headers, body: sql });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
}

async function count(write, condition = '1') {
  return Number(await write(`SELECT count() FROM fireplot.events WHERE ${condition}`));
}

/** Brings the day up to a number of events; what a kept store already has is counted. */
async function fill(write, wanted) {
  const started = performance.now();
  const found = await count(write, `time >= fromUnixTimestamp64Milli(${day})`);
  for (let at = found; at < wanted; at += CHUNK) {
    await write(`INSERT INTO fireplot.events (${COLUMNS}) ${probes(at, Math.min(CHUNK, wanted - at), day)}`);
  }
  report(`filled, ${wanted / 1e6} M events in a day`, started, found);
  await settle(write);
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

/** Waits until the store has merged what was put in: it would do so beside the questions, on the same two cores. */
async function settle(write) {
  const started = performance.now();
  for (let quiet = 0; quiet < SETTLED && performance.now() - started < SETTLE_MS; quiet++) {
    await sleep(1000);
    if (Number(await write('SELECT count() FROM system.merges')) > 0) quiet = -1;
  }
}

function report(name, started, found) {
  console.log(JSON.stringify({ [name]: { seconds: Math.round((performance.now() - started) / 1000), found } }));
}

/**
 * Probes as a telescope sees them: three quarters of them on a few dozen ports, the rest spread over octaves and ports;
 * 40,000 sources of which few send most; two sensors, all actions, some UDP, ICMP, IPv6 and tails. With 10 million of
 * them a day the pyramid's finest lasting level has 0.13 rows an event, as a day of real probes has. A hash of the row's
 * number decides all, so that every run has the same events.
 */
function probes(first, length, from) {
  return `WITH cityHash64(number, 1) AS a, cityHash64(number, 2) AS b, cityHash64(number, 3) AS c, cityHash64(number, 4) AS d,
    (b % 1000000) / 1000000 AS u, toUInt16(pow((d % 1000003) / 1000003, 6) * 40000) AS who,
    multiIf(a % 100 < 80, 0, a % 100 < 96, 1, a % 100 < 98, 3, 4) + if(intDiv(a, 100) % 50 = 0, 8, 0) AS kind, bitAnd(kind, 3) AS transport,
    [22, 23, 80, 443, 445, 3389, 8080, 5060, 1433, 3306, 6379, 5900, 25, 21, 110, 8443, 53, 123, 161, 1900, 5555, 7547,
     8291, 2323, 37215, 52869, 9200, 27017, 11211, 5432] AS usual
  SELECT fromUnixTimestamp64Milli(toInt64(${from} + cityHash64(number, 5) % ${DAY}), 'UTC') AS time, time AS received,
    toUInt32(number) AS seq, toUInt64(${from}) AS batch, if(c % 10 = 0, 'gw-b', 'gw-a') AS sensor, 'netfilter' AS dialect,
    multiIf(intDiv(c, 10) % 100 > 2, 'drop', intDiv(c, 10) % 100 = 0, 'reject', 'allow') AS action, toUInt8(kind) AS class,
    multiIf(transport = 0, 6, transport = 1, 17, 1) AS proto,
    toIPv6(if(bitAnd(kind, 4) > 0, '2001:db8::' || hex(who), '::ffff:198.51.' || toString(intDiv(who, 256)) || '.' || toString(who % 256))) AS src_ip,
    toIPv6('::ffff:203.0.113.' || toString(d % 254 + 1)) AS dst_ip, toUInt16(1024 + d % 60000) AS src_port,
    multiIf(transport = 3, toUInt16(0), c % 1000 < 880, toUInt16(usual[toUInt8(pow(u, 2) * 30) + 1]), c % 1000 < 960,
      toUInt16(exp2(u * 15.99)), toUInt16(b % 65535 + 1)) AS dst_port,
    if(transport = 0, 2, NULL) AS tcp_flags, 64 - a % 20 AS ttl, 40 AS length,
    'gw kernel: DROP IN=eth0 OUT= SRC=198.51.100.1 DST=203.0.113.' || toString(d % 254 + 1) || ' LEN=40 ID=' || toString(b % 65536) AS message
  FROM numbers(${first}, ${length})`;
}
