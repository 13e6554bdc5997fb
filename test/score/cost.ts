// What detection costs: a day of 10 million events, from first hits and from events, and a minute's increment. One JSON
// object a line. SCORE_EVENTS changes the number of events, SCORE_STORE keeps a filled store for the next run.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Asker, BESIDE_INSERTS, FOR_A_PERSON } from '../../ingest/src/detect/ask.js';
import { EVERYTHING, findAll } from '../../ingest/src/detect/detect.js';
import { Detector } from '../../ingest/src/detect/detector.js';
import { replayStore } from '../../ingest/src/detect/replay/day.case.js';
import { readMigrations } from '../../ingest/src/store/migrations.js';
import { DAY_MS, fillDay, rebuildFirstHits } from './fill.js';

const EVENTS = Number(process.env.SCORE_EVENTS ?? 10_000_000);
const day = Date.UTC(2026, 10, 22);
const folder = process.env.SCORE_STORE ?? mkdtempSync(path.join(os.tmpdir(), 'fireplot-cost-'));

const print = (row: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(row)}\n`);

/** Seconds of wall clock and of processor; the processor's are what a busy machine does not stretch. */
async function timed(task: () => Promise<unknown>): Promise<{ seconds: number; cpuSeconds: number }> {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  await task();
  const used = process.cpuUsage(cpu);
  const round = (s: number): number => Number(s.toFixed(1));
  return { seconds: round((performance.now() - wall) / 1000), cpuSeconds: round((used.user + used.system) / 1e6) };
}

const { store } = await replayStore(folder);
try {
  const [count] = await store.query<{ n: number }>(
    'SELECT count() AS n FROM fireplot.events WHERE time >= {day:DateTime64(3)}',
    {
      day: new Date(day),
    }
  );
  await fillDay(store, day, EVENTS, count?.n ?? 0);
  const asker = new Asker(store, FOR_A_PERSON);
  const range = { from: day, to: day + DAY_MS };
  let found = 0;
  const scope = { ...EVERYTHING, hourly: false };
  const rebuilt = await timed(() => rebuildFirstHits(store, readMigrations()));
  const whole = await timed(async () => (found = (await findAll(asker, range, scope)).standing.length));
  const all = await timed(() => findAll(asker, range, EVERYTHING));
  const millions = `${EVENTS / 1e6} M events`;
  print({ [`a day of ${millions}, from first hits`]: { ...whole, goal: 'seconds < 15 on two idle cores', found } });
  print({
    [`a day of ${millions}, from events`]: {
      seconds: Number((rebuilt.seconds + whole.seconds).toFixed(1)),
      cpuSeconds: Number((rebuilt.cpuSeconds + whole.cpuSeconds).toFixed(1)),
      goal: 'seconds < 30',
    },
  });
  print({ [`a day of ${millions}, pictures and clocks too`]: all });
  // A turn after a minute's lines; the wide look, which comes every ten minutes, has been.
  let now = day + DAY_MS;
  const detector = new Detector(store, { effort: BESIDE_INSERTS, clock: () => now });
  await store.command(
    'INSERT INTO fireplot.detections (seen, from, to, batches, found, ms) SELECT now64(3), now64(3), now64(3), 0, 0, 0'
  );
  const minute = Math.round(EVENTS / 1440);
  const seconds: number[] = [];
  for (let i = 0; i < 4; i++) {
    await fillDay(store, now - 1439 * 60_000, minute * 1440, minute * 1439);
    now += 60_000;
    const cost = await timed(() => detector.turn());
    if (i > 0) seconds.push(cost.cpuSeconds);
  }
  print({ [`a minute's increment, ${minute} events`]: { cpuSeconds: Math.max(...seconds), goal: 'seconds < 2' } });
} finally {
  await store.close();
  if (process.env.SCORE_STORE === undefined) rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
