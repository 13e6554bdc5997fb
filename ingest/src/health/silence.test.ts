import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { COLUMNS } from '../event/columns.js';
import { EmbeddedStore } from '../store/embedded.js';
import { eventTsv, tempFolder } from '../store/fixture.case.js';
import { migrate } from '../store/migrate.js';
import { utcText } from '../store/text.js';

/** The view by which the rule "sensor silent" and the dashboard tell a silent sensor from a quiet one. */

const MINUTE = 60_000;
const DAY = 1_440;
const AT = Date.UTC(2026, 10, 22, 12, 30);
const folder = tempFolder('silence');
let store: EmbeddedStore;
beforeAll(async () => {
  store = await EmbeddedStore.open(folder.path);
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(async () => {
  for (const table of ['events', 'arrivals']) await store.command(`TRUNCATE TABLE fireplot.${table}`);
});

let batches = 0;
/** Lines of a sensor that came in so many minutes before AT. */
async function came(sensor: string, minutesAgo: readonly number[], stampOff = 0): Promise<void> {
  const rows = minutesAgo.map((ago) => ({
    sensor,
    received: utcText(AT - ago * MINUTE),
    time: utcText(AT - ago * MINUTE - stampOff),
  }));
  const columns = COLUMNS.map(({ name }) => name);
  await store.insert('fireplot.events', columns, eventTsv(rows), `silence ${++batches}`);
}

/** Minutes from `from` down to `to` before AT, one every `step`. */
const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((from - to) / step) + 1 }, (_, i) => from - i * step);

interface Silence {
  readonly sensor: string;
  readonly events: number;
  readonly busy_minutes: number;
  readonly usual_pause: number;
  readonly allowed: number | null;
  readonly silent: number;
  readonly behind: number;
}
async function silence(): Promise<Silence[]> {
  const columns = 'sensor, events, busy_minutes, usual_pause, allowed, silent, behind';
  return store.query(`SELECT ${columns} FROM fireplot.silence(at = toDateTime({at:UInt32})) ORDER BY sensor`, {
    at: AT / 1_000,
  });
}
const cries = async (): Promise<string[]> =>
  (await silence()).filter(({ silent, allowed }) => allowed !== null && silent > allowed).map(({ sensor }) => sensor);

describe('a sensor', () => {
  test('that sends every minute may be silent for ten', async () => {
    await came('steady', every(1, 3 * DAY, 9));
    expect(await silence()).toEqual([
      { sensor: 'steady', events: 4_312, busy_minutes: 4_312, usual_pause: 1, allowed: 10, silent: 9, behind: 0 },
    ]);
    expect(await cries()).toEqual([]);
  });

  test('that sends every minute and has been silent for longer cries', async () => {
    await came('steady', every(1, 3 * DAY, 11));
    expect(await cries()).toEqual(['steady']);
  });

  test('that is quiet every night does not cry by night', async () => {
    const day = (ago: number): number[] => every(2, ago * DAY + 600, ago * DAY + 90);
    await came('office', [0, 1, 2, 3, 4, 5].reverse().flatMap(day));
    const [office] = await silence();
    expect(office).toMatchObject({ silent: 90, usual_pause: DAY - 510, allowed: 2 * (DAY - 510) });
  });

  test('that was away twice this week cries as soon as ever the third time', async () => {
    await came('gw', [...every(1, 6 * DAY, 5 * DAY), ...every(1, 4 * DAY, 3 * DAY), ...every(1, 2 * DAY, 11)]);
    expect((await silence())[0]).toMatchObject({ usual_pause: 1, allowed: 10 });
    expect(await cries()).toEqual(['gw']);
  });

  test('pauses across the full hour as within one', async () => {
    await came('gw', every(25, 3 * DAY, 45));
    expect((await silence())[0]).toMatchObject({ usual_pause: 25, allowed: 50, silent: 45 });
  });

  test.each([
    ['of less than a day', every(1, DAY - 60, 30)],
    ['of few minutes', every(120, 6 * DAY, 30)],
    ['of few hours', [...every(1, 2 * DAY, 2 * DAY - 240), ...every(1, DAY, DAY - 240)]],
    ['that is one file, loaded at once', every(0.0001, 30.05, 30)],
  ])('with a history %s has too little to go by', async (_, minutes) => {
    await came('new', minutes);
    expect((await silence())[0]).toMatchObject({ allowed: null });
  });

  test('that has been gone for over a week is forgotten', async () => {
    await came('gone', every(1, 9 * DAY, 8 * DAY));
    expect(await silence()).toEqual([]);
  });

  test('whose clock is late is seen to be, and judged by its arrivals', async () => {
    await came('late', every(1, 2 * DAY, 2), 3_600_000);
    expect((await silence())[0]).toMatchObject({ silent: 2, behind: 3_600 });
  });

  test('of lines that come twice, as after a crash, is no different', async () => {
    const columns = COLUMNS.map(({ name }) => name);
    const rows = eventTsv([{ sensor: 'gw', received: utcText(AT), time: utcText(AT), count: 4 }]);
    for (let i = 0; i < 2; i++) await store.insert('fireplot.events', columns, rows, 'the same token');
    expect(await store.query('SELECT sum(n) AS n FROM fireplot.arrivals')).toEqual([{ n: 4 }]);
  });
});

test('an empty store has no sensors', async () => {
  expect(await silence()).toEqual([]);
});
