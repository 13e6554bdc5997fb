import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DiskIntake } from '../tls/disk-intake.case.js';
import { bodyLines } from './lines.js';
import { Deliveries } from './deliveries.js';

const LIMIT = 4_000;

/** What a try of a body gets to: slices handed over, of which some writes reach the disk, before all ends. */
interface Try {
  readonly slices: number;
  readonly committed: boolean;
  /** The process dies, or goes on. */
  readonly crash: boolean;
}

const attempt: fc.Arbitrary<Try> = fc.record({ slices: fc.nat(6), committed: fc.boolean(), crash: fc.boolean() });

async function deliver(
  intake: DiskIntake,
  deliveries: Deliveries,
  key: string | undefined,
  body: Buffer,
  slices: number
): Promise<boolean> {
  const delivery = await deliveries.begin(key, body, () => false);
  try {
    if (delivery.accepted !== undefined) return true;
    let count = 0;
    const sink = intake.open({ input: 'http', sender: '10.0.0.1', stamps: 'live' });
    const lines = bodyLines('lines', body, LIMIT, {
      line: (line, start, end) => {
        if (++count > delivery.done) sink.line(line, start, end);
      },
      tooLong: () => {},
    });
    for (let i = 0; i < slices; i++) {
      const more = lines.next();
      if (count > delivery.done || !more) delivery.reached(count, !more);
      if (!more) return true;
    }
    return false;
  } finally {
    delivery.end();
  }
}

test.each([
  ['with a key', 'key-1'],
  ['without one', undefined],
])('a body %s that is sent until it is answered is stored once, wherever each try ended', async (_, key) => {
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { maxLength: 6 }), fc.integer({ min: 0, max: 300 }), async (tries, count) => {
      const expected = Array.from({ length: count }, (_, i) => `line ${i} ${'x'.repeat(i * 7)}`);
      const body = Buffer.from(expected.join('\n'));
      let intake = new DiskIntake(undefined, { manual: true });
      let deliveries = new Deliveries(intake, () => 0);
      for (const { slices, committed, crash } of [...tries, { slices: 99, committed: true, crash: false }]) {
        await deliver(intake, deliveries, key, body, slices);
        if (committed) intake.commit();
        if (!crash) continue;
        intake = new DiskIntake(intake.disk, { manual: true });
        deliveries = new Deliveries(intake, () => 0);
      }
      expect(intake.disk.lines.map(({ text }) => text)).toEqual(expected);
    }),
    { seed: 3, numRuns: 200 }
  );
});

const start = async (
  key: string | undefined,
  text: string
): Promise<{ intake: DiskIntake; deliveries: Deliveries }> => {
  const intake = new DiskIntake();
  const deliveries = new Deliveries(intake, () => 0);
  const delivery = await deliveries.begin(key, Buffer.from(text), () => false);
  delivery.reached(1, true);
  delivery.answered();
  delivery.end();
  return { intake, deliveries };
};

test('a key that was answered is answered alike; with another body it is refused', async () => {
  const { deliveries } = await start('key-1', 'one');
  const again = await deliveries.begin('key-1', Buffer.from('one'), () => false);
  expect(again).toMatchObject({ done: 1, accepted: 1 });
  again.end();
  await expect(deliveries.begin('key-1', Buffer.from('two'), () => false)).rejects.toMatchObject({ status: 422 });
});

test('a body without a key that was answered is another one when it comes again', async () => {
  const { deliveries } = await start(undefined, 'one');
  expect(await deliveries.begin(undefined, Buffer.from('one'), () => false)).toMatchObject({
    done: 0,
    accepted: undefined,
  });
});

test('a key under way is refused meanwhile', async () => {
  const deliveries = new Deliveries(new DiskIntake());
  const first = await deliveries.begin('key-1', Buffer.from('one'), () => true);
  await expect(deliveries.begin('key-1', Buffer.from('one'), () => true)).rejects.toMatchObject({ status: 409 });
  first.end();
  await expect(deliveries.begin('key-1', Buffer.from('one'), () => true)).resolves.toBeDefined();
});

test('the same body of two senders that both wait is two; of one that left, it is waited for and is one', async () => {
  const deliveries = new Deliveries(new DiskIntake());
  let waits = true;
  const first = await deliveries.begin(undefined, Buffer.from('one'), () => waits);
  expect((await deliveries.begin(undefined, Buffer.from('one'), () => true)).done).toBe(0);
  waits = false;
  const again = deliveries.begin(undefined, Buffer.from('one'), () => true);
  first.reached(1, true);
  first.end();
  expect(await again).toMatchObject({ done: 1, accepted: 1 });
});
