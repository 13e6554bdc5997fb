import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Batch, Outcome, Sink } from '../../sink/batch.js';
import { makeBatch } from '../../store/fixture.case.js';
import { StoreError } from '../../store/error.js';
import { Delivery } from './delivery.js';
import { openLog } from './log.js';
import { Metrics } from './metrics.js';

/** A store that gives these answers, one a try. */
class ScriptedSink implements Sink {
  tries = 0;
  readonly #answers: (Outcome | StoreError)[];

  constructor(...answers: (Outcome | StoreError)[]) {
    this.#answers = answers;
  }

  async write(_: Batch): Promise<Outcome> {
    this.tries++;
    const answer = this.#answers.shift() ?? 'stored';
    if (answer instanceof StoreError) throw answer;
    return answer;
  }

  async close(): Promise<void> {}
}

const AWAY = new StoreError('away', 'ClickHouse at http://x does not answer');
const REFUSED = new StoreError('query', 'Code: 27. Cannot parse');

let words = '';
let metrics: Metrics;
let delivery: Delivery;
beforeEach(() => {
  vi.useFakeTimers();
  const stderr = new PassThrough();
  words = '';
  stderr.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  metrics = new Metrics();
  delivery = new Delivery(openLog(stderr, 'info', 'json'), metrics);
});
afterEach(() => void vi.useRealTimers());

const counted = async (name: string): Promise<number> =>
  ((await metrics.registry.getSingleMetric(name)?.get())?.values ?? []).reduce((sum, { value }) => sum + value, 0);

describe('Delivery', () => {
  test('keeps batches until there is a store', async () => {
    const sink = new ScriptedSink();
    const delivered = delivery.deliver(makeBatch('a', 5));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sink.tries).toBe(0);
    delivery.attach(sink);
    await delivered;
    expect([sink.tries, await counted('fireplot_events_stored_total')]).toEqual([1, 5]);
  });

  test('tries again as long as the store is away, and says so once', async () => {
    const sink = new ScriptedSink(AWAY, AWAY, AWAY, 'stored');
    delivery.attach(sink);
    const delivered = delivery.deliver(makeBatch('a', 5));
    await vi.advanceTimersByTimeAsync(1);
    expect(delivery.away).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    await delivered;
    expect([sink.tries, delivery.away, await counted('fireplot_events_lost_total')]).toEqual([4, false, 0]);
    expect(words.match(/does not answer/g)).toHaveLength(1);
    expect(words).toContain('The store answers again.');
  });

  test('gives up what the store refuses for good, counts it and says so', async () => {
    delivery.attach(new ScriptedSink(REFUSED));
    await delivery.deliver(makeBatch('a', 5));
    expect([await counted('fireplot_events_lost_total'), await counted('fireplot_events_stored_total')]).toEqual([
      5, 0,
    ]);
    expect(words).toContain('Cannot parse; its 5 events are lost');
  });

  test('counts refused lines by reason, and nothing of a batch that was there before', async () => {
    const refused = [{ sensor: 'fw', dialect: '', reason: 'unclaimed', count: 7, lines: [] }];
    delivery.attach(new ScriptedSink('stored', 'known'));
    await delivery.deliver(makeBatch('a', 5, { refused }));
    await delivery.deliver(makeBatch('b', 5, { refused }));
    expect([await counted('fireplot_lines_refused_total'), await counted('fireplot_events_stored_total')]).toEqual([
      7, 5,
    ]);
  });

  test('abandons what waits when there is no more time, and counts it', async () => {
    delivery.attach(new ScriptedSink(AWAY, AWAY, AWAY));
    const waiting = delivery.deliver(makeBatch('a', 5));
    await vi.advanceTimersByTimeAsync(1);
    delivery.abandon();
    await waiting;
    await delivery.deliver(makeBatch('b', 3));
    expect(delivery.abandoned).toBe(8);
  });
});
