import { readFileSync } from 'node:fs';
import type { Consumer } from '@platformatic/kafka';
import { UserError } from '../../config/error.js';
import type { KafkaOptions } from './options.js';
import type { RecordsBatch } from './records.js';

/** A partition as the cluster has it. */
export interface Place {
  readonly topic: string;
  /** A topic that was deleted and made anew has another. */
  readonly topicId: string;
  readonly partition: number;
  /** Number of the broker that leads it; -1 for none. */
  readonly leader: number;
}

export interface Fetched {
  readonly topicId: string;
  readonly partition: number;
  /** Kafka's code, 0 for none. */
  readonly error: number;
  readonly batches: readonly RecordsBatch[];
  readonly aborted: readonly { readonly producerId: bigint; readonly firstOffset: bigint }[];
}

/** Kafka's codes for what asking for the metadata again may mend: another leader, another topic. */
export const STALE_CODES: ReadonlySet<number> = new Set([3, 5, 6, 9, 74, 75, 76, 100, 103]);
export const OUT_OF_RANGE = 1;

const WAIT_MS = 250;
const FETCH_BYTES = 8 * 1024 * 1024;
const PARTITION_BYTES = 1024 * 1024;
const TIMEOUT_MS = 10_000;
const EARLIEST = -2n;
const LATEST = -1n;

/** The brokers, asked one thing at a time. It joins no group, so every partition is ours and none is taken away. */
export class Cluster {
  readonly #consumer: Consumer;
  readonly #topics: readonly string[];

  private constructor(consumer: Consumer, topics: readonly string[]) {
    this.#consumer = consumer;
    this.#topics = topics;
    // So the protocol says that offsets are those of a reader who is no member.
    consumer.generationId = -1;
    consumer.memberId = '';
  }

  /** Connects to nothing yet. @throws UserError when the client is not installed, or a file cannot be read */
  static async open({ brokers, topics, group, tls, sasl }: KafkaOptions): Promise<Cluster> {
    const Client = await client();
    const consumer = new Client({
      clientId: 'fireplot',
      groupId: group,
      bootstrapBrokers: [...brokers],
      retries: 0,
      connectTimeout: TIMEOUT_MS,
      timeout: TIMEOUT_MS,
      autocreateTopics: false,
      ...(tls === undefined ? {} : { tls: certificates(tls), tlsServerName: true }),
      ...(sasl === undefined
        ? {}
        : { sasl: { mechanism: sasl.mechanism, username: sasl.user, password: sasl.password } }),
    });
    return new Cluster(consumer, topics);
  }

  /** All partitions as they are now; the cluster's name, '' when it has none. */
  async places(): Promise<{ readonly name: string; readonly places: readonly Place[] }> {
    const { id, topics } = await this.#consumer.metadata({ topics: [...this.#topics], forceUpdate: true });
    const places: Place[] = [];
    for (const [topic, { id: topicId, partitions }] of topics) {
      partitions.forEach(({ leader }, partition) => places.push({ topic, topicId, partition, leader }));
    }
    return { name: id ?? '', places };
  }

  /** The first offset that a partition still has, or the one behind its last. */
  async edge({ topic, partition }: Place, which: 'start' | 'end'): Promise<bigint> {
    const timestamp = which === 'start' ? EARLIEST : LATEST;
    const found = await this.#consumer.listOffsets({
      topics: [topic],
      partitions: { [topic]: [partition] },
      timestamp,
    });
    return found.get(topic)?.[partition] ?? found.get(topic)?.[0] ?? 0n;
  }

  /** How far the group has read a partition, as far as the cluster knows; undefined when it has not. */
  async committed({ topic, partition }: Place): Promise<bigint | undefined> {
    try {
      const found = await this.#consumer.listCommittedOffsets({ topics: [{ topic, partitions: [partition] }] });
      const offsets = found.get(topic) ?? [];
      const offset = offsets[partition] ?? offsets[0] ?? -1n;
      return offset >= 0n ? offset : undefined;
    } catch (error) {
      if (hasCode(error, GROUP_NOT_FOUND)) return undefined;
      throw error;
    }
  }

  /** What one broker has of the partitions that it leads; waits a little for something to come. */
  async fetch(leader: number, wanted: readonly (Place & { readonly offset: bigint })[]): Promise<readonly Fetched[]> {
    const topics = wanted.map(({ topicId, partition, offset }) => ({
      topicId,
      partitions: [
        {
          ...{ partition, fetchOffset: offset, partitionMaxBytes: PARTITION_BYTES },
          ...{ currentLeaderEpoch: -1, lastFetchedEpoch: -1 },
        },
      ],
    }));
    // The client's default is to read what is committed, and to be told of what was aborted.
    const limits = { minBytes: 1, maxBytes: FETCH_BYTES, maxWaitTime: WAIT_MS };
    const answer = await this.#consumer.fetch({ node: leader, topics, ...limits }).catch((error: unknown) => {
      // One partition's error comes as the whole answer's, with the others' records in it.
      const response = (error as { response?: FetchAnswer }).response;
      if (response?.responses === undefined || response.responses.length === 0) throw error;
      return response;
    });
    return answer.responses.flatMap(({ topicId, partitions }) =>
      partitions.map(({ partitionIndex, errorCode, records, abortedTransactions }) => ({
        ...{ topicId, partition: partitionIndex, error: errorCode },
        ...{ batches: records ?? [], aborted: abortedTransactions ?? [] },
      }))
    );
  }

  /** Tells the group how far partitions have been read. */
  async commit(read: readonly { topic: string; partition: number; offset: bigint }[]): Promise<void> {
    await this.#consumer.commit({ offsets: read.map((each) => ({ ...each, leaderEpoch: -1 })) });
  }

  async close(): Promise<void> {
    await this.#consumer.close(true);
  }
}

type FetchAnswer = Awaited<ReturnType<Consumer['fetch']>>;

const GROUP_NOT_FOUND = 69;

async function client(): Promise<typeof Consumer> {
  try {
    return (await import('@platformatic/kafka')).Consumer;
  } catch (cause) {
    throw new UserError('The Kafka client is not installed: run npm install @platformatic/kafka beside fireplot.', {
      cause,
    });
  }
}

function certificates({ ca, cert, key }: NonNullable<KafkaOptions['tls']>): Record<string, Buffer> {
  const files = { ca, cert, key };
  return Object.fromEntries(
    Object.entries(files)
      .filter(([, file]) => file !== '')
      .map(([name, file]) => [name, readPem(`kafka.tls_${name}`, file)])
  );
}

function readPem(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new UserError(`${setting}: ${file} cannot be read (${code}): name a PEM file.`, { cause });
  }
}

/** Whether an error, or one that it is made of, has Kafka's code. */
function hasCode(error: unknown, code: number): boolean {
  const { apiCode, errors } = error as { apiCode?: number; errors?: readonly unknown[] };
  return apiCode === code || (errors ?? []).some((each) => hasCode(each, code));
}

/** The innermost reason of an error, which says most. */
export function reasonOf(error: unknown): string {
  const inner = (error as { errors?: readonly unknown[] }).errors?.[0] ?? (error as { cause?: unknown }).cause;
  if (inner !== undefined && inner !== error) return reasonOf(inner);
  return error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
}
