import { afterAll, beforeAll, expect, test } from 'vitest';
import { batchIdOf } from '../read/token.js';
import { COLUMNS } from '../event/columns.js';
import { EmbeddedStore } from '../store/embedded.js';
import { StoreError } from '../store/error.js';
import { eventTsv, tempFolder } from '../store/fixture.case.js';
import { migrate } from '../store/migrate.js';
import type { Store } from '../store/store.js';
import { utcText } from '../store/text.js';
import { Follower } from './follow.js';
import { Ledger } from './ledger.js';
import { askHours, askPage } from './page.js';

const NAMES = COLUMNS.map(({ name }) => name);
const NOON = Date.UTC(2026, 10, 22, 12);

let folder: { path: string; remove: () => void };
let store: Store;
let batches = 0;

beforeAll(async () => {
  folder = tempFolder('feed');
  store = await EmbeddedStore.open(folder.path);
  await migrate(store);
}, 60_000);
afterAll(async () => {
  await store.close();
  folder.remove();
});

/** Stores events as the sink does: the ledger's row is last, with a stamp of its own when one is given. */
async function put(
  events: readonly Readonly<Record<string, string | number>>[],
  stamp?: number
): Promise<() => Promise<void>> {
  const token = `token ${++batches}`;
  const rows = events.map((event, seq) => ({ seq, batch: batchIdOf(token).decimal, ...event }));
  await store.insert('fireplot.events', NAMES, eventTsv(rows), token);
  const times = events.map(({ time }) => String(time)).sort();
  const fields = [token, 'test', times[0], times.at(-1), rows.length, 0];
  const names = ['token', 'input', 'min_time', 'max_time', 'rows', 'refused'];
  return () =>
    store.insert(
      'fireplot.batches',
      stamp === undefined ? names : [...names, 'inserted_at'],
      Buffer.from(`${[...fields, ...(stamp === undefined ? [] : [utcText(stamp)])].join('\t')}\n`),
      token
    );
}

const at = (seconds: number, port: number) => ({ time: utcText(NOON + seconds * 1_000), dst_port: port });
const all = { from: NOON - 86_400_000, to: NOON + 86_400_000, actions: [], batches: undefined } as const;

async function drain(follower: Follower, from: Store = store): Promise<number[]> {
  const ports: number[] = [];
  do ports.push(...(await follower.next(from)).map(({ port }) => port));
  while (follower.more);
  return ports;
}

test('each event stored after the start comes once, whatever the order of stamps and times', async () => {
  await (
    await put([at(0, 1)])
  )();
  const ledger = new Ledger();
  await ledger.start(store);
  const follower = new Follower(ledger, all.from, []);
  expect(await drain(follower)).toEqual([]);

  const unfinished = await put([at(1, 2)], Date.now() - 5_000);
  await (
    await put([at(3, 4), at(2, 3)])
  )();
  expect(await drain(follower)).toEqual([3, 4]);
  await unfinished(); // its ledger row appears behind one with a later stamp
  expect(await drain(follower)).toEqual([2]);
  expect(await drain(follower)).toEqual([]);
});

test('what was stored before, and what comes after, meet without a gap and without an event twice', async () => {
  const early = await put([at(10, 10)], Date.now() - 20_000);
  const ledger = new Ledger();
  await ledger.start(store);
  await (
    await put([at(11, 11)])
  )(); // stored between the start and the look back
  await early();
  const { events } = await askPage(store, { ...all, from: NOON + 10_000, batches: ledger.before }, undefined);
  const later = await drain(new Follower(ledger, all.from, []));
  expect([...events.map(({ port }) => port), ...later].sort()).toEqual([10, 11]);
});

test('questions that fail lose nothing and double nothing', async () => {
  const ledger = new Ledger();
  await ledger.start(store);
  const follower = new Follower(ledger, all.from, []);
  await (
    await put(Array.from({ length: 45_000 }, (_, i) => at(100 + (i % 7), 1 + (i % 60_000))))
  )();
  let asked = 0;
  const failing: Store = Object.create(store, {
    query: {
      value: (...args: Parameters<Store['query']>) =>
        ++asked % 2 === 0 ? Promise.reject(new StoreError('away', 'gone')) : store.query(...args),
    },
  }) as Store;
  const ports: number[] = [];
  let failures = 0;
  for (let quiet = 0; quiet < 2; ) {
    try {
      const events = await follower.next(failing);
      ports.push(...events.map(({ port }) => port));
      quiet = events.length === 0 && !follower.more ? quiet + 1 : 0;
    } catch {
      failures++;
    }
  }
  expect(failures).toBeGreaterThan(1);
  expect(ports.length).toBe(45_000);
  expect(new Set(ports).size).toBe(45_000);
});

test('actions, times and empty hours are left out by the store', async () => {
  await (
    await put([{ ...at(7_200, 70), action: 'allow' }, at(7_201, 71), at(21_600, 72)])
  )();
  const ports = async (wanted: Partial<Parameters<typeof askPage>[1]>) =>
    (await askPage(store, { ...all, from: NOON + 7_000_000, ...wanted }, undefined)).events.map(({ port }) => port);
  expect(await ports({})).toEqual([70, 71, 72]);
  expect(await ports({ actions: ['allow'] })).toEqual([70]);
  expect(await ports({ actions: ['drop', 'reject'], to: NOON + 21_600_000 })).toEqual([71]);
  expect(await askHours(store, NOON + 3_600_000, NOON + 21_600_001)).toEqual([NOON + 7_200_000, NOON + 21_600_000]);
});
