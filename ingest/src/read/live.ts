import { randomUUID } from 'node:crypto';
import { networkMatcher } from '../enrich/networks.js';
import { splitDatagram } from '../input/datagram.js';
import type { LineSink } from '../input/lines.js';
import { Senders } from '../input/senders.js';
import type { Batch } from '../sink/batch.js';
import { Batcher } from './batcher.js';
import { BLOCK_LINES } from './blocks.js';
import { newInterpreter } from './dialects.js';
import { newSender } from './interpreter.js';
import type { Interpreter, Sender } from './interpreter.js';
import type { ReadOptions } from './options.js';
import { batchIdOf } from './token.js';

export interface LiveOptions extends ReadOptions {
  /** Networks that may send besides private, link-local and loopback ones. */
  readonly allow: readonly string[];
  /** A batch waits no longer than this, ms. */
  readonly flushMs: number;
  /** Bytes that may wait for the store, or be on their way there; then UDP lines are dropped and TCP senders wait. */
  readonly queueBytes: number;
}

/** Counters since the start; plain data. */
export interface LiveStats {
  readonly lines: { udp: number; tcp: number };
  events: number;
  /** Lines thrown away since the queue was full. */
  droppedUdp: number;
  /** Datagrams and connections of senders that are not allowed. */
  refusedSenders: number;
  queueBytes: number;
}

/** The first line of a sender, for the log. */
export interface Greeting {
  readonly sender: string;
  readonly input: 'udp' | 'tcp';
  /** '' when no dialect claimed the line. */
  readonly dialect: string;
}

export interface LivePorts {
  /** Takes a batch away; few are under way at once. */
  send(batch: Batch): void;
  greet(greeting: Greeting): void;
  /** A sender that is not allowed was turned away for the first time. */
  refuseSender(sender: string): void;
  /** TCP senders must wait, or may go on. */
  hold(held: boolean): void;
  now(): number;
}

/** Batches under way to the store at once; more wait here, where their size is watched. */
const UNDER_WAY = 4;
const BATCH_BYTES = 32 * 1024 * 1024;
const UINT32 = 0x1_0000_0000;

interface Peer {
  readonly sender: Sender;
  greeted: boolean;
}

/**
 * Reads the lines of all sockets into common batches, and holds them while the store is slow or away: up to a bound,
 * with what is dropped counted. A batch is closed by its rows, its bytes or its age.
 */
export class LiveReader {
  readonly stats: LiveStats = { lines: { udp: 0, tcp: 0 }, events: 0, droppedUdp: 0, refusedSenders: 0, queueBytes: 0 };
  readonly #options: LiveOptions;
  readonly #ports: LivePorts;
  readonly #interpreter: Interpreter;
  readonly #batcher: Batcher;
  readonly #senders: Senders<Peer>;
  readonly #queue: Batch[] = [];
  /** Sizes of the batches under way, oldest first. */
  readonly #underWay: number[] = [];
  /** Of both. */
  #waitingBytes = 0;
  #seq = 0;
  #token = '';
  #timer: NodeJS.Timeout | undefined;
  #overdue = false;
  #held = false;

  constructor(options: LiveOptions, ports: LivePorts) {
    this.#options = options;
    this.#ports = ports;
    this.#interpreter = newInterpreter(options, { live: true });
    this.#batcher = new Batcher(this.#interpreter, networkMatcher(options.own));
    const meet = (address: string): Peer => ({ sender: newSender(address), greeted: false });
    this.#senders = new Senders(options.allow, meet, (address) => ports.refuseSender(address));
    this.#begin();
  }

  /** Whether this sender may send. */
  admit(address: string): boolean {
    return this.#peer(address) !== undefined;
  }

  datagram(bytes: Buffer, address: string): void {
    const peer = this.#peer(address);
    if (peer === undefined) return;
    splitDatagram(bytes, this.#options.lineLimit, this.#sinkOf(peer, 'udp'));
  }

  /** Where the lines of a TCP connection go; the sender has been admitted. */
  connection(address: string): LineSink {
    const peer = this.#peer(address) ?? { sender: newSender(address), greeted: true };
    return this.#sinkOf(peer, 'tcp');
  }

  /** A batch is in the store, or lost for good. */
  done(): void {
    // Which one it was does not matter: in the end the sizes of all have been taken off.
    this.#waitingBytes -= this.#underWay.shift() ?? 0;
    this.#pump();
    if (this.#overdue && this.#underWay.length < UNDER_WAY) this.flush();
  }

  /** Closes the batch at hand, whatever its size. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#overdue = false;
    if (this.#batcher.isEmpty) return;
    const { rows, refused } = this.#batcher;
    const batch: Batch = {
      input: 'syslog',
      token: this.#token,
      batchId: batchIdOf(this.#token).decimal,
      rows: rows.count,
      minTime: rows.minTime,
      maxTime: rows.maxTime,
      refused: refused.take(),
      format: 'RowBinary',
      tsv: rows.takeCopy(),
    };
    this.#queue.push(batch);
    this.#waitingBytes += sizeOf(batch);
    this.#begin();
    this.#pump();
  }

  /** Nothing is left here: all batches have been stored. */
  get idle(): boolean {
    return this.#batcher.isEmpty && this.#queue.length === 0 && this.#underWay.length === 0;
  }

  #peer(address: string): Peer | undefined {
    const peer = this.#senders.admit(address);
    this.stats.refusedSenders = this.#senders.refused;
    return peer;
  }

  #begin(): void {
    this.#token = randomUUID();
    this.#batcher.begin(batchIdOf(this.#token).bytes);
  }

  #sinkOf(peer: Peer, input: 'udp' | 'tcp'): LineSink {
    return {
      line: (bytes, start, end) => {
        if (end > start) this.#take(peer, input, bytes, start, end, false);
        else this.#interpreter.blank(peer.sender);
      },
      tooLong: (bytes, start, end) => this.#take(peer, input, bytes, start, end, true),
    };
  }

  #take(peer: Peer, input: 'udp' | 'tcp', bytes: Buffer, start: number, end: number, tooLong: boolean): void {
    this.stats.lines[input]++;
    if (this.#held && input === 'udp') {
      this.stats.droppedUdp++;
      return;
    }
    const now = this.#ports.now();
    this.#seq = (this.#seq + 1) % UINT32;
    if (tooLong) this.#batcher.tooLong(bytes, start, end, peer.sender, now);
    else if (this.#batcher.line(bytes, start, end, peer.sender, this.#seq, now, now)) this.stats.events++;
    if (!peer.greeted) this.#greet(peer, input, tooLong ? '' : this.#interpreter.dialect);
    const { count, byteLength } = this.#batcher.rows;
    if (count >= BLOCK_LINES || byteLength >= BATCH_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.#ripen(), this.#options.flushMs);
    this.#watch();
  }

  /** The batch is old enough; while others wait it may as well grow. */
  #ripen(): void {
    if (this.#underWay.length < UNDER_WAY) this.flush();
    else this.#overdue = true;
  }

  #greet(peer: Peer, input: 'udp' | 'tcp', dialect: string): void {
    peer.greeted = true;
    this.#ports.greet({ sender: peer.sender.name, input, dialect });
  }

  #pump(): void {
    while (this.#underWay.length < UNDER_WAY) {
      const batch = this.#queue.shift();
      if (batch === undefined) break;
      this.#underWay.push(sizeOf(batch));
      this.#ports.send(batch);
    }
    this.#watch();
  }

  /** Over the bound, lines must wait at their senders; they may go on when half of it is free. */
  #watch(): void {
    this.stats.queueBytes = this.#waitingBytes + this.#batcher.rows.byteLength;
    const held = this.stats.queueBytes >= (this.#held ? this.#options.queueBytes / 2 : this.#options.queueBytes);
    if (held === this.#held) return;
    this.#held = held;
    this.#ports.hold(held);
  }
}

function sizeOf({ tsv, refused }: Batch): number {
  let bytes = tsv.length;
  for (const { lines } of refused) for (const { text } of lines) bytes += text.length * 2;
  return bytes;
}
