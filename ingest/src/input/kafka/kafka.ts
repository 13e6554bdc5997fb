import { UserError } from '../../config/error.js';
import type { Input, Intake, OpenInput } from '../intake.js';
import { Cluster, OUT_OF_RANGE, reasonOf, STALE_CODES } from './cluster.js';
import type { Fetched, Place } from './cluster.js';
import type { KafkaOptions } from './options.js';
import { Partition, recallOffset } from './partition.js';

/** New partitions and leaders are looked for so often. */
const LOOK_MS = 60_000;
const COMMIT_MS = 5_000;
const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];
const LAST_COMMIT_MS = 2_000;

/**
 * Topics of a Kafka cluster, all partitions of them. How far each was read is marked with its lines, so that a crash
 * neither loses nor doubles; the cluster is told besides. Brokers that are away are waited for.
 * @throws UserError when no topic is named, the client is not installed, or a certificate cannot be read
 */
export const openKafka: OpenInput<KafkaOptions> = async (options, intake) => {
  if (options.topics.length === 0)
    throw new UserError('kafka.brokers is set, but no topic: name those to read in kafka.topics.');
  return new KafkaInput(options, await Cluster.open(options), intake);
};

class KafkaInput implements Input {
  readonly name = 'kafka';
  readonly place: string;
  readonly #options: KafkaOptions;
  readonly #cluster: Cluster;
  readonly #intake: Intake;
  readonly #partitions = new Map<string, Partition>();
  readonly #running: Promise<void>;
  readonly #stats = { messages: 0, gaps: 0, failures: 0 };
  #looked = Number.NEGATIVE_INFINITY;
  #committed = performance.now();
  #paused = false;
  #closing = false;
  #failures = 0;
  #commitFailed = false;
  #wake: (() => void) | undefined;

  constructor(options: KafkaOptions, cluster: Cluster, intake: Intake) {
    this.place = `${options.topics.join(', ')} at ${options.brokers.join(', ')}`;
    this.#options = options;
    this.#cluster = cluster;
    this.#intake = intake;
    this.#running = this.#run();
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#wake?.();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#wake?.();
    await this.#running;
    const late = new Promise<void>((resolve) => setTimeout(resolve, LAST_COMMIT_MS).unref());
    await Promise.race([this.#commit(), late]);
    await this.#cluster.close().catch(() => undefined);
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#stats, connections: this.#failures > 0 ? 0 : this.#partitions.size };
  }

  async #run(): Promise<void> {
    while (!this.#closing) {
      try {
        if (this.#paused) await this.#sleep();
        else await this.#round();
        if (performance.now() - this.#committed >= COMMIT_MS) await this.#commit();
      } catch (error) {
        await this.#fail(error);
      }
    }
  }

  async #round(): Promise<void> {
    if (performance.now() - this.#looked >= LOOK_MS) await this.#look();
    const rest = Math.max(0, ...this.#options.topics.map((topic) => this.#intake.rest(topic)));
    if (rest > 0) return this.#sleep(rest);
    const leaders = new Map<number, Partition[]>();
    for (const partition of this.#partitions.values()) {
      const { leader } = partition.place;
      if (leader < 0) continue;
      const led = leaders.get(leader);
      if (led === undefined) leaders.set(leader, [partition]);
      else led.push(partition);
    }
    if (leaders.size === 0) throw new Error('no partition has a leader');
    const answers = await Promise.allSettled([...leaders].map(([leader, led]) => this.#read(leader, led)));
    const failed = answers.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
    this.#recover();
  }

  async #read(leader: number, led: readonly Partition[]): Promise<void> {
    const wanted = led.map(({ place, offset }) => ({ ...place, offset }));
    for (const fetched of await this.#cluster.fetch(leader, wanted)) {
      const partition = led.find(
        ({ place }) => place.topicId === fetched.topicId && place.partition === fetched.partition
      );
      if (partition !== undefined) await this.#take(partition, fetched);
    }
  }

  async #take(partition: Partition, fetched: Fetched): Promise<void> {
    if (fetched.error === 0) {
      this.#stats.messages += partition.take(fetched);
    } else if (fetched.error === OUT_OF_RANGE) {
      await this.#bridge(partition);
    } else {
      if (STALE_CODES.has(fetched.error)) this.#looked = Number.NEGATIVE_INFINITY;
      throw new Error(`Kafka's error ${fetched.error} for ${partition.place.topic}/${partition.place.partition}`);
    }
  }

  /** The cluster has dropped what was next, by age or size, before it was read. */
  async #bridge(partition: Partition): Promise<void> {
    const { place, offset } = partition;
    const start = await this.#cluster.edge(place, 'start');
    this.#stats.gaps++;
    const what = start > offset ? `${start - offset} messages are gone` : 'it ends before that';
    this.#intake.say(
      'warn',
      `${place.topic}/${place.partition} has no offset ${offset} (${what}): it is read from its first message on.`
    );
    partition.moveTo(start);
  }

  /** Finds the partitions there are, and from where those are read that are new to us. */
  async #look(): Promise<void> {
    const { name, places } = await this.#cluster.places();
    const cluster = name === '' ? this.#options.brokers.join(',') : name;
    for (const place of places) {
      const key = `${place.topicId}/${place.partition}`;
      const known = this.#partitions.get(key);
      if (known !== undefined) {
        known.place = place;
        continue;
      }
      if (place.leader < 0) continue;
      const offset = recallOffset(this.#intake, cluster, place) ?? (await this.#startOf(place));
      this.#partitions.set(key, new Partition(cluster, place, offset, this.#intake, this.#options.lineLimit));
    }
    const standing = new Set(places.map(({ topicId, partition }) => `${topicId}/${partition}`));
    for (const key of this.#partitions.keys()) if (!standing.has(key)) this.#partitions.delete(key);
    this.#looked = performance.now();
  }

  async #startOf(place: Place): Promise<bigint> {
    return (await this.#cluster.committed(place)) ?? (await this.#cluster.edge(place, this.#options.from));
  }

  /** Tells the cluster how far partitions were read, once that is on disk. */
  async #commit(): Promise<void> {
    this.#committed = performance.now();
    const moved = [...this.#partitions.values()].filter(({ offset, committed }) => offset !== committed);
    if (moved.length === 0) return;
    const read = moved.map(({ place: { topic, partition }, offset }) => ({ topic, partition, offset }));
    try {
      await this.#intake.durable();
      await this.#cluster.commit(read);
      moved.forEach((partition, i) => (partition.committed = read[i]?.offset ?? partition.committed));
      this.#commitFailed = false;
    } catch (error) {
      // Nothing is lost by it: our own marks say where to go on.
      if (!this.#commitFailed)
        this.#intake.say(
          'warn',
          `Kafka's group ${this.#options.group} is not told how far we are: ${reasonOf(error)}.`
        );
      this.#commitFailed = true;
    }
  }

  async #fail(error: unknown): Promise<void> {
    this.#looked = Number.NEGATIVE_INFINITY;
    this.#stats.failures++;
    if (this.#failures === 0 && !this.#closing)
      this.#intake.say('warn', `Kafka, ${this.place}, cannot be read (${reasonOf(error)}): it is tried again.`);
    const wait = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] as number;
    await this.#sleep(wait);
  }

  #recover(): void {
    if (this.#failures > 0) this.#intake.say('info', `Kafka, ${this.place}, is read again.`);
    this.#failures = 0;
  }

  /** Until something wakes us, or for so many ms. */
  async #sleep(ms = COMMIT_MS): Promise<void> {
    if (this.#closing) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(resolve, ms);
    });
    clearTimeout(timer);
    this.#wake = undefined;
  }
}
