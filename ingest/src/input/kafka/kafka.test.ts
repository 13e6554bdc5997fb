import path from 'node:path';
import { Consumer, Producer, stringSerializers } from '@platformatic/kafka';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ask, Fireplot, serveArgs } from '../../cli/process.case.js';
import { UserError } from '../../config/error.js';
import { packet } from '../../read/lines.case.js';
import { tempFolder } from '../../store/fixture.case.js';
import type { Input } from '../intake.js';
import { RecordingIntake } from '../intake.case.js';
import { Broker, buildBroker } from './broker.case.js';
import { openKafka } from './kafka.js';
import type { KafkaOptions } from './options.js';

const programs = tempFolder('kafka-broker');
let program = '';
let missing = '';
beforeAll(() => {
  const built = buildBroker(programs.path);
  if ('path' in built) program = built.path;
  else missing = built.missing;
}, 310_000);
afterAll(() => programs.remove());

let folder: { path: string; remove: () => void };
let broker: Broker;
let intake: RecordingIntake;
const running: Input[] = [];
beforeEach(async ({ skip }) => {
  if (program === '') skip(missing);
  folder = tempFolder('kafka');
  broker = await Broker.start(program, '-folder', path.join(folder.path, 'data'));
  intake = new RecordingIntake(undefined, { manual: true });
});
afterEach(async () => {
  for (const each of running.splice(0)) await close(each, intake);
  if (program === '') return;
  await broker.kill();
  folder.remove();
});

const options = (changes: Partial<KafkaOptions> = {}): KafkaOptions => ({
  ...{ brokers: [broker.endpoint], topics: ['fw'], group: 'fireplot', from: 'start', tls: undefined, sasl: undefined },
  lineLimit: 256,
  ...changes,
});

async function open(changes: Partial<KafkaOptions> = {}): Promise<Input> {
  const input = await openKafka(options(changes), intake);
  running.push(input);
  return input;
}

type Compression = 'none' | 'gzip' | 'snappy' | 'lz4';

async function send(values: readonly string[], partition = 0, compression: Compression = 'none'): Promise<void> {
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [broker.endpoint],
    serializers: stringSerializers,
  });
  await producer.send({ messages: values.map((value) => ({ topic: 'fw', partition, value })), compression });
  await producer.close();
}

const until = (texts: readonly string[]): Promise<void> =>
  expect.poll(() => intake.texts.toSorted(), { timeout: 30_000, interval: 20 }).toEqual(texts);

/** Closes it, with a disk that takes what it is given. */
async function close(input: Input | undefined, disk: RecordingIntake): Promise<void> {
  const timer = setInterval(() => disk.commit(), 5);
  await input?.close();
  clearInterval(timer);
}

/** The process dies; of what was not on disk the first so many runs are. */
async function crash(runs: number): Promise<void> {
  const dead = intake;
  const disk = dead.diskAfter(runs);
  dead.failure = new Error('no disk'); // what is handed over from now on is nobody's
  await close(running.pop(), dead);
  intake = new RecordingIntake(disk, { manual: true });
}

describe('openKafka', () => {
  test('reads every partition and packing, a message with several lines too', async () => {
    for (const [i, packing] of (['none', 'gzip', 'snappy', 'lz4'] as const).entries())
      await send([`a ${packing}\nb ${packing}\r\n`], i % 2, packing);
    const input = await open();
    await until(['a gzip', 'a lz4', 'a none', 'a snappy', 'b gzip', 'b lz4', 'b none', 'b snappy']);
    expect(intake.opened.map(({ input, sender, stamps }) => [input, sender, stamps])).toEqual(
      Array(2).fill(['kafka', 'fw', 'believed'])
    );
    expect(Math.abs((intake.opened[0]?.near?.() ?? 0) - Date.now())).toBeLessThan(3_600_000);
    await expect.poll(() => input.counts()).toEqual({ messages: 4, gaps: 0, failures: 0, connections: 2 });
    expect(input.place).toBe(`fw at ${broker.endpoint}`);
  });

  test('after a crash goes on behind what is on disk: no line is lost, none comes twice', async () => {
    const all: string[] = [];
    await open();
    for (let round = 0; round < 6; round++) {
      const lines = Array.from({ length: 5 }, (_, i) => `line ${round} ${i}`);
      all.push(...lines);
      await send(lines.slice(0, 3), 0);
      await send(lines.slice(3), 1);
      if (round % 2 === 0) await until(all);
      // Some of what has come is on disk, or none, or all.
      await crash(round % 4);
      await open();
    }
    await until(all.toSorted());
  });

  test('begins where the group was told, when it has no marks of its own; and tells the group how far it came', async () => {
    await send(['one', 'two', 'three']);
    const consumer = new Consumer({ clientId: 'test', groupId: 'fireplot', bootstrapBrokers: [broker.endpoint] });
    Object.assign(consumer, { generationId: -1, memberId: '' });
    await consumer.commit({ offsets: [{ topic: 'fw', partition: 0, offset: 2n, leaderEpoch: -1 }] });
    const input = await open();
    await until(['three']);
    running.pop();
    await close(input, intake);
    const told = await consumer.listCommittedOffsets({ topics: [{ topic: 'fw', partitions: [0] }] });
    expect(told.get('fw')?.[0]).toBe(3n);
    await consumer.close(true);
  });

  test('from the end passes over what is there', async () => {
    await send(['old']);
    const input = await open({ from: 'end' });
    await expect.poll(() => input.counts().connections, { timeout: 30_000 }).toBe(2);
    await send(['new']);
    await until(['new']);
  });

  test('says once that the broker is away, waits for it, and goes on', async () => {
    await send(['one']);
    const input = await open();
    await until(['one']);
    const { port } = broker;
    await broker.kill();
    await expect.poll(() => input.counts().failures, { timeout: 30_000 }).toBeGreaterThan(1);
    expect(input.counts().connections).toBe(0);
    broker = await Broker.start(program, '-folder', path.join(folder.path, 'data'), '-port', port);
    await send(['two']);
    await until(['one', 'two']);
    expect(intake.said).toEqual([expect.stringContaining('cannot be read'), expect.stringContaining('is read again')]);
  });

  test('says that messages are gone when the cluster has none at its offset, and reads those there are', async () => {
    await send(['one', 'two', 'three']);
    await open();
    await until(['one', 'three', 'two']);
    intake.commit();
    const { marks } = intake.disk;
    const [[scope, value] = ['', '']] = [...marks].filter(([name]) => name.endsWith('/fw/0'));
    await crash(0);
    intake.mark(scope, value.replace(/ \d+$/, ' 1000'));
    const input = await open();
    await until(['one', 'one', 'three', 'three', 'two', 'two']);
    expect(intake.said).toEqual([expect.stringContaining('fw/0 has no offset 1000')]);
    expect(input.counts().gaps).toBe(1);
  });

  test('reads nothing more while paused, and goes on afterwards', async () => {
    const input = await open();
    await expect.poll(() => input.counts().connections, { timeout: 30_000 }).toBe(2);
    input.pause();
    await new Promise((resolve) => setTimeout(resolve, 600)); // longer than a fetch waits
    await send(['one']);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(intake.texts).toEqual([]);
    input.resume();
    await until(['one']);
  });

  test('fireplot serve stores what it reads there once, though it is killed', async () => {
    const env = { FIREPLOT_KAFKA_BROKERS: broker.endpoint, FIREPLOT_KAFKA_TOPICS: 'fw' };
    const start = (): Fireplot => new Fireplot(serveArgs(path.join(folder.path, 'store'), '--year', '2026'), env);
    const ports = async (serve: Fireplot): Promise<string> =>
      (await ask<{ p: number }>((await serve.ready()).http, 'SELECT dst_port AS p FROM fireplot.events ORDER BY p'))
        .map(({ p }) => p)
        .join(' ');
    await send([packet(1), packet(2)]);
    const first = start();
    try {
      await first.until(async () => (await ports(first)) === '1 2');
    } finally {
      first.kill('SIGKILL');
      await first.ended();
    }
    await send([packet(3)]);
    const second = start();
    try {
      await second.until(async () => (await ports(second)).endsWith('3'));
      expect(await ports(second)).toBe('1 2 3');
      second.kill('SIGTERM');
      expect(await second.ended()).toBe(0);
    } finally {
      second.kill('SIGKILL');
    }
  });

  test('logs in by SASL, and says when it may not', async () => {
    await broker.kill();
    broker = await Broker.start(program, '-user', 'ada');
    const sasl = { mechanism: 'SCRAM-SHA-256', user: 'ada', password: 'ada' } as const;
    const input = await open({ sasl });
    await expect.poll(() => input.counts().connections, { timeout: 30_000 }).toBe(2);
    expect(intake.said).toEqual([]);
    await open({ sasl: { ...sasl, password: 'wrong' } });
    await expect.poll(() => intake.said, { timeout: 30_000 }).toEqual([expect.stringContaining('cannot be read')]);
  });
});

test('refuses to start without a topic, and with a certificate that cannot be read', async () => {
  const plain = { brokers: ['127.0.0.1:1'], group: 'g', from: 'start', tls: undefined, sasl: undefined } as const;
  const bare = new RecordingIntake();
  await expect(openKafka({ ...plain, topics: [], lineLimit: 256 }, bare)).rejects.toThrow(UserError);
  const tls = { ca: '/nowhere.pem', cert: '', key: '' };
  await expect(openKafka({ ...plain, topics: ['fw'], tls, lineLimit: 256 }, bare)).rejects.toThrow(
    'kafka.tls_ca: /nowhere.pem cannot be read'
  );
});
