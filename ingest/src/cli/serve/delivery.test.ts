import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Batch, Outcome, Sink } from '../../sink/batch.js';
import { makeBatch } from '../../store/fixture.case.js';
import { StoreError } from '../../store/error.js';
import { Delivery } from './delivery.js';
import { openLog } from './log.js';
import { Metrics } from './metrics.js';

/** A sink whose every write is settled by the test. */
class HeldSink implements Sink {
  readonly written: Batch[] = [];
  readonly settle: ((outcome: Outcome | Error) => void)[] = [];

  write(batch: Batch): Promise<Outcome> {
    this.written.push(batch);
    return new Promise((resolve, reject) => {
      this.settle.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
    });
  }

  async close(): Promise<void> {}
}

let words = '';
let now = 0;
let metrics: Metrics;
let delivery: Delivery;
let sink: HeldSink;
beforeEach(() => {
  const stderr = new PassThrough();
  words = '';
  now = 0;
  stderr.on('data', (chunk: Buffer) => void (words += chunk.toString()));
  metrics = new Metrics();
  delivery = new Delivery(openLog(stderr, 'info', 'json'), metrics, () => now);
  sink = new HeldSink();
});

const ticks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const counted = async (name: string): Promise<number> =>
  ((await metrics.registry.getSingleMetric(name)?.get())?.values ?? []).reduce((sum, { value }) => sum + value, 0);

describe('Delivery', () => {
  test('keeps batches until there is a store', async () => {
    const delivered = delivery.deliver(makeBatch('a', 5));
    await ticks();
    expect(sink.written).toEqual([]);
    delivery.attach(sink);
    await ticks();
    sink.settle[0]?.('stored');
    await delivered;
    expect(await counted('fireplot_events_stored_total')).toBe(5);
  });

  test('says that the store is away once a minute, and that it is back', async () => {
    delivery.attach(sink);
    const delivered = delivery.deliver(makeBatch('a', 5));
    await ticks();
    for (now = 0; now < 120_000; now += 15_000) delivery.retrying('ClickHouse does not answer');
    expect(delivery.away).toBe(true);
    expect(words.match(/ClickHouse does not answer. Lines wait in the spool meanwhile./g)).toHaveLength(2);
    sink.settle[0]?.('stored');
    await delivered;
    expect([delivery.away, await counted('fireplot_events_set_aside_total')]).toEqual([false, 0]);
    expect(words).toContain('The store answers again.');
    delivery.retrying('away again');
    expect(words).toContain('away again');
  });

  test('sets aside what the store cannot read, counts it and says so', async () => {
    delivery.attach(sink);
    const delivered = delivery.deliver(makeBatch('a', 5));
    await ticks();
    sink.settle[0]?.(new StoreError('query', 'Code: 27. Cannot parse'));
    expect(await delivered).toBe('refused');
    expect(await counted('fireplot_events_set_aside_total')).toBe(5);
    expect(await counted('fireplot_events_stored_total')).toBe(0);
    expect(words).toContain('Cannot parse. The batch is set aside in the spool');
  });

  test('counts refused lines by reason, and nothing of a batch that was there before', async () => {
    const refused = [{ sensor: 'fw', dialect: '', reason: 'unclaimed', count: 7, lines: [] }];
    delivery.attach(sink);
    const both = ['a', 'b'].map((name) => delivery.deliver(makeBatch(name, 5, { refused })));
    await ticks();
    sink.settle[0]?.('stored');
    sink.settle[1]?.('known');
    await Promise.all(both);
    expect([await counted('fireplot_lines_refused_total'), await counted('fireplot_events_stored_total')]).toEqual([
      7, 5,
    ]);
  });

  test('leaves what waits in the spool when there is no more time', async () => {
    delivery.attach(sink);
    const waiting = delivery.deliver(makeBatch('a', 5));
    await ticks();
    delivery.abandon();
    expect([await waiting, await delivery.deliver(makeBatch('b', 3))]).toEqual([undefined, undefined]);
    sink.settle[0]?.('stored');
    await ticks();
    expect([sink.written.length, await counted('fireplot_events_stored_total')]).toEqual([1, 0]);
  });
});
