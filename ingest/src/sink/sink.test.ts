import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EmbeddedStore } from '../store/embedded.js';
import { StoreError } from '../store/error.js';
import { makeBatch, tempFolder } from '../store/fixture.case.js';
import { migrate } from '../store/migrate.js';
import type { Store } from '../store/store.js';
import type { RefusedGroup } from './batch.js';
import { openSink } from './sink.js';

const folder = tempFolder('sink');
let store: EmbeddedStore;

beforeAll(async () => {
  store = await EmbeddedStore.open(folder.path);
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});

const TABLES = ['events', 'cells_10s', 'cells_1m', 'cells_10m', 'cells_1h', 'sources', 'refused', 'batches'];
const empty = async (): Promise<void> => {
  for (const table of TABLES) await store.command(`TRUNCATE TABLE fireplot.${table}`);
};
beforeEach(empty);
afterEach(empty);

/** Events as every level counts them; a batch that counts twice anywhere shows here. */
async function counts(): Promise<Record<string, number>> {
  const [row] = await store.query<Record<string, number>>(`SELECT
    (SELECT sum(count) FROM fireplot.events) AS events,
    (SELECT sum(n) FROM fireplot.cells_1m) AS minutes,
    (SELECT sum(n) FROM fireplot.cells_10m) AS tens,
    (SELECT sum(n) FROM fireplot.cells_1h) AS hours,
    (SELECT sum(n) FROM fireplot.sources) AS sources,
    (SELECT count() FROM fireplot.batches) AS batches`);
  return row as Record<string, number>;
}
const once = (events: number, batches: number): Record<string, number> => ({
  events,
  minutes: events,
  tens: events,
  hours: events,
  sources: events,
  batches,
});
const ROWS = 300;
const EVENTS = 600; // counts 1, 2, 3 in turn

/** The real store with one call that fails: what a crash or a full disk looks like from here. */
function failing(when: (call: string, table: string) => Error | undefined): Store {
  const refuse = (call: string, table: string): void => {
    const error = when(call, table);
    if (error) throw error;
  };
  return {
    url: undefined,
    name: store.name,
    insert: async (table, ...rest) => {
      refuse('before', table);
      await store.insert(table, ...rest);
      refuse('after', table);
    },
    query: (sql, params) => store.query(sql, params),
    command: (sql, params) => store.command(sql, params),
    close: () => Promise.resolve(),
  };
}

describe('a batch counts once', () => {
  test('in every level, when it is written twice', async () => {
    const sink = openSink(store);
    expect(await sink.write(makeBatch('a', ROWS))).toBe('stored');
    expect(await sink.write(makeBatch('a', ROWS))).toBe('known');
    expect(await counts()).toEqual(once(EVENTS, 1));
  });

  test('when two writers bring it at the same moment', async () => {
    const sink = openSink(store);
    const outcomes = await Promise.all([sink.write(makeBatch('b', ROWS)), sink.write(makeBatch('b', ROWS))]);
    expect(outcomes.sort()).toEqual(['known', 'stored']);
    expect(await counts()).toEqual(once(EVENTS, 1));
  });

  test.each(['before', 'after'])(
    'when the process ends %s the ledger row and the engine starts anew',
    async (moment) => {
      const crash = new StoreError('held', 'the process ended');
      const dying = openSink(
        failing((call, table) => (call === moment && table === 'fireplot.batches' ? crash : undefined))
      );
      await expect(dying.write(makeBatch('c', ROWS))).rejects.toThrow('the process ended');
      await store.close();
      store = await EmbeddedStore.open(folder.path);
      expect(await openSink(store).write(makeBatch('c', ROWS))).toBe(moment === 'before' ? 'stored' : 'known');
      expect(await counts()).toEqual(once(EVENTS, 1));
    }
  );

  test('when the store takes the rows and the answer is lost', async () => {
    let lost = 0;
    const away = new StoreError('away', 'ClickHouse does not answer');
    const flaky = failing((call, table) =>
      call === 'after' && table === 'fireplot.events' && lost++ < 2 ? away : undefined
    );
    const told: string[] = [];
    const sink = openSink(flaky, { backoffMs: 1, onRetry: (sentence) => told.push(sentence) });
    expect(await sink.write(makeBatch('d', ROWS))).toBe('stored');
    expect(told).toHaveLength(2);
    expect(told[0]).toBe('storing events: ClickHouse does not answer; trying again in 0.001 s');
    expect(await counts()).toEqual(once(EVENTS, 1));
  });

  test('and another one with the same rows counts too', async () => {
    const sink = openSink(store);
    await Promise.all(['e', 'f', 'g', 'h'].map((name) => sink.write(makeBatch(name, ROWS))));
    await sink.close();
    expect(await counts()).toEqual(once(4 * EVENTS, 4));
  });
});

describe('a batch that cannot be stored', () => {
  test('is rejected at once when its bytes are wrong, and leaves nothing', async () => {
    const batch = makeBatch('bad', 1, { tsv: Buffer.from('nonsense\n') });
    await expect(openSink(store).write(batch)).rejects.toThrow(
      /^a batch of 1 events from bad was not stored: cannot insert/
    );
    expect(await counts()).toEqual(once(0, 0));
  });

  test('is rejected after the last try', async () => {
    let tries = 0;
    const full = new StoreError('query', 'no space left', { code: 243 });
    const sink = openSink(
      failing((call) => (call === 'before' && ++tries > 0 ? full : undefined)),
      { tries: 3, backoffMs: 1 }
    );
    await expect(sink.write(makeBatch('full', ROWS))).rejects.toMatchObject({
      kind: 'query',
      message: expect.stringContaining('no space left') as string,
    });
    expect(tries).toBe(3);
  });
});

describe('refused lines', () => {
  const group = (reason: string, count: number, lines: number, sensor = 'gw'): RefusedGroup => ({
    sensor,
    dialect: 'netfilter',
    reason,
    count,
    lines: Array.from({ length: lines }, (_, i) => ({ received: 1_000 * i, text: `${reason}\t${i} 'quoted' \\ <b>` })),
  });
  const byReason = () =>
    store.query(
      "SELECT reason, sum(count) AS n, countIf(line != '') AS kept FROM fireplot.refused GROUP BY reason ORDER BY reason"
    );

  test('are kept as they came, with exact counts, in table and ledger', async () => {
    await openSink(store).write(
      makeBatch('r', 0, { refused: [group('bad-port', 1_000, 2), group('truncated', 1, 1)] })
    );
    expect(await byReason()).toEqual([
      { reason: 'bad-port', n: 1_000, kept: 2 },
      { reason: 'truncated', n: 1, kept: 1 },
    ]);
    expect(await store.query("SELECT line FROM fireplot.refused WHERE reason = 'truncated'")).toEqual([
      { line: "truncated\t0 'quoted' \\ <b>" },
    ]);
    expect(await store.query('SELECT rows, refused FROM fireplot.batches')).toEqual([{ rows: 0, refused: 1_001 }]);
  });

  test('over the cap of a day are counted and not kept, also by the next process', async () => {
    const options = { refusedPerDay: 3 };
    await openSink(store, options).write(makeBatch('r1', 0, { refused: [group('bad-port', 10, 2)] }));
    await openSink(store, options).write(
      makeBatch('r2', 0, {
        refused: [group('bad-port', 10, 2), group('truncated', 5, 2), group('truncated', 7, 2, 'other')],
      })
    );
    expect(await byReason()).toEqual([
      { reason: 'bad-port', n: 20, kept: 3 },
      { reason: 'truncated', n: 12, kept: 0 },
    ]);
  });
});
