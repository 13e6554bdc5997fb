import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import type { Store } from '../store/store.js';
import { Detector } from './detector.js';
import { forget, putProbes, REPLAY_DAY, replayStore } from './replay/day.case.js';
import { DAY, HOUR, scanner, TARGETS } from './replay/probe.case.js';
import type { Probe } from './replay/probe.case.js';

let folder: { path: string; remove: () => void };
let store: Store;
beforeAll(async () => {
  folder = tempFolder('detector');
  ({ store } = await replayStore(folder.path));
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(() => forget(store));

const MINUTE = 60_000;
const noon = REPLAY_DAY + 12 * HOUR;

/** A scan of a port every 10 s, from one minute of noon to another. */
function scan(from: number, to: number, changes: Partial<Probe> = {}): Probe[] {
  return Array.from({ length: (to - from) * 6 }, (_, i) => ({
    at: noon + from * MINUTE + i * 10_000,
    source: scanner(1),
    target: TARGETS[0] as string,
    port: 1_000 + from * 6 + i,
    ...changes,
  }));
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly ports: number;
  readonly ongoing: boolean;
  readonly superseded_by: string;
  readonly magnitude: number;
}

const scans = (): Promise<Row[]> =>
  store.query<Row>(
    'SELECT id, kind, ports, ongoing, superseded_by, magnitude FROM fireplot.scans FINAL ORDER BY start, id'
  );

/** A detector whose clock stands at a minute of noon. */
function detectorAt(minute: () => number): Detector {
  return new Detector(store, { clock: () => noon + minute() * MINUTE });
}

describe('turn by turn', () => {
  test('a scan that goes on is updated, not doubled, and its magnitude steps tenfold', async () => {
    let minute = 5;
    const detector = detectorAt(() => minute);
    await putProbes(store, scan(0, 5));
    await detector.turn();
    const [first] = await scans();
    expect(first).toMatchObject({ kind: 'vertical', ports: 30, ongoing: true, magnitude: 10 });
    minute = 20;
    await putProbes(store, scan(5, 20));
    await detector.turn();
    expect(await scans()).toEqual([{ ...first, ports: 120, magnitude: 100 }]);
  });

  test('nothing new is nothing to do', async () => {
    const detector = detectorAt(() => 5);
    expect(await detector.turn()).toBeUndefined();
    await putProbes(store, scan(0, 5));
    expect(await detector.turn()).toMatchObject({ done: true });
    expect(await detector.turn()).toBeUndefined();
  });

  test('a restart goes on where it was', async () => {
    await putProbes(store, scan(0, 5));
    await detectorAt(() => 5).turn();
    const news = await detectorAt(() => 6).turn();
    expect(news?.written ?? 0).toBe(0);
    await putProbes(store, scan(5, 10));
    await detectorAt(() => 10).turn();
    expect(await scans()).toMatchObject([{ ports: 60 }]);
  });

  test('news of a turn that failed are looked at by the next one', async () => {
    let away = true;
    const failing = new Proxy(store, {
      get: (of, key: keyof Store) => {
        if (key !== 'query') return typeof of[key] === 'function' ? of[key].bind(of) : of[key];
        return (sql: string, ...rest: [Record<string, unknown>]) =>
          away && sql.includes('detect_') ? Promise.reject(new Error('the store is away')) : of.query(sql, ...rest);
      },
    });
    const detector = new Detector(failing, { clock: () => noon + 5 * MINUTE });
    await putProbes(store, scan(0, 5));
    await expect(detector.turn()).rejects.toThrow('the store is away');
    away = false;
    expect(await detector.turn()).toMatchObject({ batches: 1, done: true });
    expect(await scans()).toMatchObject([{ kind: 'vertical', ports: 30 }]);
  });

  test('a vertical that turns out to be one of two in step points to them', async () => {
    let minute = 10;
    const detector = detectorAt(() => minute);
    await putProbes(store, scan(0, 10));
    await detector.turn();
    // The other sensor's log of the same minutes arrives late.
    await putProbes(store, scan(0, 10, { source: scanner(2), sourcePort: 50_001 }), { seed: 2 });
    minute = 12;
    await putProbes(store, [...scan(10, 12), ...scan(10, 12, { source: scanner(2), sourcePort: 50_001 })]);
    await detector.turn();
    const rows = await scans();
    const group = rows.find(({ kind }) => kind === 'synchronised');
    expect(group).toMatchObject({ ports: 72, superseded_by: '' });
    expect(rows.filter(({ kind }) => kind === 'vertical')).toMatchObject([{ superseded_by: group?.id }]);
    minute = 14;
    await putProbes(store, [...scan(12, 14), ...scan(12, 14, { source: scanner(2), sourcePort: 50_001 })]);
    await detector.turn();
    expect((await scans()).filter(({ superseded_by }) => superseded_by === '')).toMatchObject([
      { id: group?.id, ports: 84 },
    ]);
  });

  test('an hour without it ends it', async () => {
    let minute = 5;
    const detector = detectorAt(() => minute);
    await putProbes(store, scan(0, 5));
    await detector.turn();
    minute = 70;
    await putProbes(store, [{ at: noon + 69 * MINUTE, source: scanner(9), target: TARGETS[3] as string, port: 22 }]);
    await detector.turn();
    expect(await scans()).toMatchObject([{ ports: 30, ongoing: false }]);
  });
});

describe('a backfill', () => {
  test('is looked at day by day, and a scan over midnight is one', async () => {
    const long = Array.from({ length: 200 }, (_, i) => ({
      at: REPLAY_DAY + 20 * HOUR + i * 3 * MINUTE,
      source: scanner(1),
      target: TARGETS[0] as string,
      port: 100 + i,
    }));
    await putProbes(store, long);
    const detector = new Detector(store, { clock: () => REPLAY_DAY + 40 * DAY });
    const turns: boolean[] = [];
    await detector.workOff(({ done }) => turns.push(done));
    expect(turns).toEqual([false, true]);
    const rows = await scans();
    expect(rows.filter(({ superseded_by }) => superseded_by === '')).toMatchObject([{ kind: 'vertical', ports: 200 }]);
  });

  test('that was looked at is not looked at again', async () => {
    await putProbes(store, scan(0, 5));
    const clock = () => REPLAY_DAY + 40 * DAY;
    await new Detector(store, { clock }).workOff();
    let written = 0;
    await new Detector(store, { clock }).workOff((turn) => (written += turn.written));
    expect(written).toBe(0);
  });
});

test('a suppression is honoured by what is found after it', async () => {
  await store.command(
    "INSERT INTO fireplot.suppressions (network, kind, port, reason, until, removed) VALUES ('198.51.100.0/24', '', 0, 'our own', '2100-01-01', false)"
  );
  await putProbes(store, scan(0, 5));
  await detectorAt(() => 5).turn();
  expect(await store.query('SELECT known FROM fireplot.scans FINAL')).toEqual([{ known: 'our own' }]);
});
