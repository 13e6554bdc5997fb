#!/usr/bin/env node
// How fast a day of firewall log gets from its packed file into the embedded store, ready to be queried; and what
// share that is of two sessions that insert the same rows as TabSeparated with nothing to read or parse. One process,
// warm: load and raw insert take turns, medians of the rounds are printed.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.env.UV_THREADPOOL_SIZE ??= '8';
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DIST = path.join(ROOT, 'ingest', 'dist');
const DAY = path.join(ROOT, '..', 'shared', 'data', 'day', 'netfilter.log.gz');
const SAMPLE = path.join(ROOT, 'test', 'data', 'sample', 'netfilter.log.gz');
const ROUNDS = 3;

const ours = (name) => import(path.join(DIST, name));
const [{ Loader }, { openStore }, { migrate }, { openSink }, { COLUMNS }] = await Promise.all(
  ['read/loader.js', 'store/open.js', 'store/migrate.js', 'sink/sink.js', 'event/columns.js'].map(ours)
);

const file = process.argv[2] ?? (existsSync(DAY) ? DAY : SAMPLE);
if (file === SAMPLE) process.stderr.write(`${DAY} is not here: measuring with the smaller sample day instead.\n`);
const columns = COLUMNS.map(({ name }) => name).join(', ');
const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-bench-'));
const store = await openStore({ folder });
await migrate(store);
const sink = openSink(store);
const loader = new Loader(store, sink);

const TABLES = ['events', 'batches', 'refused', 'cells_10s', 'cells_1m', 'cells_10m', 'cells_1h', 'sources'];
async function empty() {
  for (const table of TABLES) await store.command(`TRUNCATE TABLE fireplot.${table}`);
}

async function stored() {
  const [row] = await store.query('SELECT toUInt32(count()) AS rows FROM fireplot.events');
  return row.rows;
}

/** Seconds from opening the file until its last row is counted. */
async function load() {
  await empty();
  const started = performance.now();
  await loader.load({
    ...{ path: file, input: file, sensor: 'bench', modified: statSync(file).mtimeMs, received: Date.now() },
    options: { dialect: 'auto', timezone: 'UTC', year: 2026, lineLimit: 8192, own: [], actions: [] },
  });
  const rows = await stored();
  return { rows, seconds: (performance.now() - started) / 1000 };
}

/** The same rows as TabSeparated, cut as the loader cuts them. */
async function dump() {
  const batches = await store.query(
    'SELECT toString(batch) AS id FROM fireplot.events GROUP BY batch ORDER BY min(seq)'
  );
  const session = store.engine.session();
  const pieces = [];
  for (const { id } of batches) {
    const sql = `SELECT ${columns} FROM fireplot.events WHERE batch = ${id} ORDER BY seq`;
    pieces.push(Buffer.from((await session.queryAsync(sql, { format: 'TabSeparated' })).bytes()));
  }
  session.close();
  return pieces;
}

async function raw(pieces) {
  await empty();
  const sessions = [0, 1].map(() =>
    store.engine.session({ max_partitions_per_insert_block: 0, max_insert_threads: 1 })
  );
  const started = performance.now();
  let next = 0;
  await Promise.all(
    sessions.map(async (session) => {
      while (next < pieces.length)
        await session.insert({ table: 'fireplot.events', values: pieces[next++], format: 'TSV' });
    })
  );
  const rows = await stored();
  const seconds = (performance.now() - started) / 1000;
  for (const session of sessions) session.close();
  return { rows, seconds };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

try {
  await load();
  let peak = 0;
  const watching = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const loads = [await load()];
  clearInterval(watching);
  const pieces = await dump();
  const raws = [await raw(pieces)];
  while (loads.length < ROUNDS) {
    loads.push(await load());
    raws.push(await raw(pieces));
  }
  const { rows } = loads[0];
  for (const each of [...loads, ...raws])
    if (each.rows !== rows) throw new Error(`${each.rows} rows came out, not ${rows}`);
  const rate = (runs) => Math.round(median(runs.map(({ seconds }) => rows / seconds)));
  process.stdout.write(
    `${JSON.stringify({
      file: path.basename(path.dirname(file)),
      rows,
      lines_per_s: rate(loads),
      raw_lines_per_s: rate(raws),
      share: Number((rate(loads) / rate(raws)).toFixed(2)),
      rss_mb: Math.round(peak / 2 ** 20),
    })}\n`
  );
} finally {
  await loader.close();
  await sink.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
