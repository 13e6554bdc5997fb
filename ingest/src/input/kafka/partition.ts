import { splitDatagram } from '../datagram.js';
import type { Intake } from '../intake.js';
import type { LineSink } from '../lines.js';
import type { Fetched, Place } from './cluster.js';
import { readBatches } from './records.js';

/** A partition that is read, and how far. */
export class Partition {
  place: Place;
  /** The next offset to be read. */
  offset: bigint;
  /** The offset last told to the group. */
  committed = -1n;
  readonly #intake: Intake;
  readonly #scope: string;
  readonly #sink: LineSink;
  readonly #lineLimit: number;
  #timestamp = 0;

  /** @param cluster the name that marks are kept under */
  constructor(cluster: string, place: Place, offset: bigint, intake: Intake, lineLimit: number) {
    this.place = place;
    this.offset = offset;
    this.#intake = intake;
    this.#scope = scopeOf(cluster, place);
    this.#lineLimit = lineLimit;
    const sender = Buffer.from(place.topic).toString('latin1');
    const near = (): number => (this.#timestamp > 0 ? this.#timestamp : Date.now());
    this.#sink = intake.open({ input: 'kafka', sender, stamps: 'believed', near });
  }

  /** Hands on what was fetched, and marks how far, in one synchronous run. @returns messages */
  take({ batches, aborted }: Fetched): number {
    let messages = 0;
    const next = readBatches(batches, this.offset, aborted, (value, timestamp) => {
      messages++;
      this.#timestamp = timestamp;
      splitDatagram(value, this.#lineLimit, this.#sink);
    });
    if (next > this.offset) this.moveTo(next);
    return messages;
  }

  moveTo(offset: bigint): void {
    this.offset = offset;
    this.#intake.mark(this.#scope, `${this.place.topicId} ${offset}`);
  }
}

const scopeOf = (cluster: string, { topic, partition }: Place): string => `kafka:${cluster}/${topic}/${partition}`;

/** The offset that an earlier run left off at; undefined when there is none, or the topic is another by now. */
export function recallOffset(intake: Intake, cluster: string, place: Place): bigint | undefined {
  const [topicId, offset] = (intake.recall(scopeOf(cluster, place)) ?? '').split(' ');
  return topicId === place.topicId && offset !== undefined && /^\d{1,19}$/.test(offset) ? BigInt(offset) : undefined;
}
