import { Counter, Gauge, Registry } from 'prom-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EmbeddedStore } from '../store/embedded.js';
import { StoreError } from '../store/error.js';
import { tempFolder } from '../store/fixture.case.js';
import { migrate } from '../store/migrate.js';
import type { Store } from '../store/store.js';
import { HealthWriter } from './writer.js';

const NASTY = 'it\'s a "sensor"\\\t{};\n';
const folder = tempFolder('health');
let store: EmbeddedStore;
beforeAll(async () => {
  store = await EmbeddedStore.open(folder.path);
  await migrate(store);
});
afterAll(async () => {
  await store.close();
  folder.remove();
});
beforeEach(() => store.command('TRUNCATE TABLE fireplot.health'));

const START = Date.now();
/** A writer over one counter and one gauge, whose clock goes on by 15 s a sample. */
function writer(
  warnings: string[] = [],
  instance = 'gw'
): { writer: HealthWriter; lines: Counter<'input'>; spool: Gauge } {
  const registry = new Registry();
  const registers = [registry];
  const lines = new Counter({ name: 'fireplot_lines_received_total', help: '-', labelNames: ['input'], registers });
  const spool = new Gauge({ name: 'fireplot_spool_bytes', help: '-', registers });
  let time = START;
  const now = (): number => (time += 15_000);
  return { writer: new HealthWriter({ registry, instance, warn: (text) => warnings.push(text), now }), lines, spool };
}

/** The real store behind a door that fails as told. */
function failing(fail: () => 'before' | 'after' | undefined, error: StoreError): Store {
  return {
    url: undefined,
    name: 'a store',
    insert: async (...args) => {
      const when = fail();
      if (when === 'before') throw error;
      await store.insert(...args);
      if (when === 'after') throw error;
    },
    query: (...args) => store.query(...args),
    command: (...args) => store.command(...args),
    close: () => store.close(),
  };
}

const total = async (): Promise<unknown> =>
  (await store.query("SELECT sum(value) AS n, count() AS rows FROM fireplot.health WHERE gauge = 'lines_received'"))[0];

describe('health rows', () => {
  test('are read back by the engine as they were meant, whatever labels and instance hold', async () => {
    const { writer: health, lines, spool } = writer([], NASTY);
    lines.inc({ input: NASTY }, 3);
    spool.set(1.5);
    health.attach(store);
    await health.tick();
    expect(
      await store.query(
        "SELECT instance, gauge, labels, value FROM fireplot.health WHERE gauge != 'sample_seconds' ORDER BY gauge"
      )
    ).toEqual([
      { instance: NASTY, gauge: 'lines_received', labels: { input: NASTY }, value: 3 },
      { instance: NASTY, gauge: 'spool_bytes', labels: {}, value: 1.5 },
    ]);
  });

  test('are kept while there is no store, each with the time of its sample', async () => {
    const { writer: health, spool } = writer();
    for (const bytes of [10, 20, 30]) {
      spool.set(bytes);
      await health.tick();
    }
    health.attach(store);
    await health.stop();
    const rows = await store.query<{ value: number; s: number }>(
      `SELECT value, toUnixTimestamp(time) - ${Math.floor(START / 1_000)} AS s FROM fireplot.health WHERE gauge = 'spool_bytes' ORDER BY time`
    );
    expect(rows.map(({ value }) => value)).toEqual([10, 20, 30, 30]);
    expect(rows.every(({ s }, i) => i === 0 || s - (rows[i - 1]?.s ?? 0) === 15)).toBe(true);
  });

  test.each(['before', 'after'] as const)('count once when the store fails %s it has stored them', async (when) => {
    const warnings: string[] = [];
    const { writer: health, lines } = writer(warnings);
    let fails: 'before' | 'after' | undefined = when;
    health.attach(failing(() => fails, new StoreError('away', 'nobody answers')));
    lines.inc({ input: 'udp' }, 3);
    await health.tick();
    lines.inc({ input: 'udp' }, 4);
    await health.tick();
    fails = undefined;
    await health.tick();
    expect(await total()).toEqual({ n: 7, rows: 2 });
    expect(warnings).toEqual([]);
  });

  test('that the store refuses are complained of once, until they go in again', async () => {
    const warnings: string[] = [];
    const { writer: health, lines } = writer(warnings);
    let fails: 'before' | undefined = 'before';
    health.attach(failing(() => fails, new StoreError('query', 'no right to insert')));
    for (let i = 0; i < 3; i++) await health.tick();
    expect(warnings).toEqual(['health rows wait: no right to insert']);
    fails = undefined;
    lines.inc({ input: 'udp' });
    await health.tick();
    fails = 'before';
    await health.tick();
    expect(warnings).toHaveLength(2);
  });
});
