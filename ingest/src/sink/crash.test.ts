import { afterAll, describe, expect, test } from 'vitest';
import { EmbeddedStore } from '../store/embedded.js';
import { makeBatch, tempFolder } from '../store/fixture.case.js';
import { startChild } from '../store/process.case.js';
import { openSink } from './sink.js';

const folder = tempFolder('crash');
afterAll(folder.remove);

const BATCHES = 14;
const ROWS = 1_500;

describe('a process that is killed while it loads', () => {
  test('has lost and doubled nothing when the same batches come again', async () => {
    const child = startChild('load', folder.path, String(BATCHES), String(ROWS));
    await child.line((line) => line === '6');
    await child.kill();

    const store = await EmbeddedStore.open(folder.path);
    try {
      const sink = openSink(store);
      const outcomes = new Set<string>();
      for (let n = 0; n < BATCHES; n++) outcomes.add(await sink.write(makeBatch(`child ${n}`, ROWS)));
      expect([...outcomes].sort()).toEqual(['known', 'stored']);
      const events = BATCHES * ROWS * 2; // counts 1, 2, 3 in turn
      const [counts] = await store.query(`SELECT
        (SELECT sum(count) FROM fireplot.events) AS events,
        (SELECT sum(n) FROM fireplot.cells_1m) AS minutes,
        (SELECT sum(n) FROM fireplot.cells_10m) AS tens,
        (SELECT sum(n) FROM fireplot.cells_1h) AS hours,
        (SELECT sum(n) FROM fireplot.sources) AS sources,
        (SELECT uniqExact(token) FROM fireplot.batches) AS batches`);
      expect(counts).toEqual({
        events,
        minutes: events,
        tens: events,
        hours: events,
        sources: events,
        batches: BATCHES,
      });
    } finally {
      await store.close();
    }
  });
});
