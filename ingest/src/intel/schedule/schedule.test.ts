import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../../store/fixture.case.js';
import { migrate } from '../../store/migrate.js';
import { openStore } from '../../store/open.js';
import type { Store } from '../../store/store.js';
import { Copies } from '../copies.js';
import { LIMITS } from '../fetch/limits.js';
import { FeedServer } from '../fetch/server.case.js';
import { loadFeed } from '../load.js';
import { planFeed } from '../plan.js';
import type { Plan } from '../plan.js';
import type { Feed } from '../store/feeds.js';
import { NEW_FEED, readFeeds } from '../store/feeds.js';
import { FeedSchedule } from './schedule.js';
import type { ScheduleOptions } from './schedule.js';

const HOUR = 3_600_000;
let folder: { path: string; remove: () => void };
let store: Store;
let server: FeedServer;
let clock: number;
let running: FeedSchedule | undefined;
/** What the schedule told: outcomes, and how many networks lines are held against. */
let told: string[];

beforeEach(async () => {
  folder = tempFolder('schedule');
  store = await openStore({ folder: path.join(folder.path, 'store') });
  await migrate(store);
  server = await new FeedServer().listen();
  clock = Date.UTC(2026, 10, 25);
  told = [];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await server.close();
  await store.close();
  folder.remove();
});

const context = () => ({
  ...{ store, env: {}, own: [], limits: LIMITS, now: () => clock },
  copies: new Copies(path.join(folder.path, 'intel')),
});

const plan = (name: string): Plan => planFeed({ source: `${server.url}/${name}.txt`, format: 'plain', every: '6h' });

async function start(plans: readonly Plan[], more: Partial<ScheduleOptions> = {}): Promise<void> {
  await running?.stop();
  running = new FeedSchedule(
    { context: context(), plans, refreshAdded: false, pollMs: 10, chance: () => 0, ...more },
    {
      match: ({ networks }) => void told.push(`match ${networks}`),
      feeds: () => {},
      loaded: ({ feed, outcome }) => void told.push(`${feed.name} ${outcome}`),
      failed: (sentence) => void told.push(sentence),
    }
  );
  running.start();
}

const until = (...expected: string[]) => expect.poll(() => told, { timeout: 20_000 }).toEqual(expected);
const feed = async (name: string): Promise<Feed | undefined> =>
  (await readFeeds(store)).find((each) => each.name === name);

describe('the schedule', () => {
  test('asks for each feed when it is due, for what is new, and tells what lines are held against', async () => {
    server.tagged('/a.txt', '192.0.2.1\n192.0.2.2\n', '"one"');
    await start([plan('a')]);
    await until('match 0', 'a loaded', 'match 2');
    clock += 6 * HOUR;
    await until('match 0', 'a loaded', 'match 2', 'a unchanged');
    server.tagged('/a.txt', '192.0.2.1\n', '"two"');
    clock += 6 * HOUR;
    await until('match 0', 'a loaded', 'match 2', 'a unchanged', 'a loaded', 'match 1');
    expect(server.asked).toHaveLength(3);
  });

  test('tries a refused feed again sooner, and keeps what was good', async () => {
    server.text('/a.txt', '192.0.2.1\n');
    await start([plan('a')]);
    await until('match 0', 'a loaded', 'match 1');
    server.status('/a.txt', 503, { 'retry-after': '1200' });
    clock += 6 * HOUR;
    await until('match 0', 'a loaded', 'match 1', 'a refused');
    expect(await feed('a')).toMatchObject({
      state: 'refused',
      indicators: 1,
      lastError: expect.stringContaining('503') as string,
    });
    server.text('/a.txt', '192.0.2.1\n192.0.2.2\n');
    // The server asked for twenty minutes.
    clock += 15 * 60_000;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.asked).toHaveLength(2);
    clock += 5 * 60_000;
    await until('match 0', 'a loaded', 'match 1', 'a refused', 'a loaded', 'match 2');
  });

  test('asks nobody again because it was started again, unless the feed is another now', async () => {
    server.text('/a.txt', '192.0.2.1\n');
    server.text('/b.txt', '192.0.2.1\n192.0.2.2\n');
    await start([plan('a')]);
    await until('match 0', 'a loaded', 'match 1');
    told = [];
    await start([plan('a')]);
    clock += HOUR;
    await until('match 1');
    expect(server.asked).toHaveLength(1);
    told = [];
    await start([{ ...plan('b'), name: 'a' }]);
    await until('match 1', 'a loaded', 'match 2');
    expect(await feed('a')).toMatchObject({ place: `${server.url}/b.txt` });
  });

  test('asks for feeds that were added by the command only when it may, and sees what others change', async () => {
    server.text('/a.txt', '192.0.2.1\n');
    await start([]);
    await until('match 0');
    await loadFeed(context(), { ...NEW_FEED, ...plan('a') });
    await until('match 0', 'match 1');
    clock += 7 * HOUR;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.asked).toHaveLength(1);
    told = [];
    await start([], { refreshAdded: true });
    await expect.poll(() => told, { timeout: 20_000 }).toContain('a loaded');
  });

  test('stops at once while a server is silent, and leaves the feed as it was', async () => {
    server.text('/a.txt', '192.0.2.1\n');
    await start([plan('a')]);
    await until('match 0', 'a loaded', 'match 1');
    server.paths.set('/a.txt', () => {});
    clock += 6 * HOUR;
    await expect.poll(() => server.asked.length, { timeout: 20_000 }).toBe(2);
    await running?.stop();
    expect(told).toEqual(['match 0', 'a loaded', 'match 1']);
    expect(await feed('a')).toMatchObject({ state: 'ok', lastError: '' });
  });
});
