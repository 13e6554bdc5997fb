import { networkMatcher } from '../enrich/networks.js';
import type { InputName, Intake, Origin } from '../input/intake.js';
import { documentSink } from '../input/documents/sink.js';
import type { LineSink } from '../input/lines.js';
import { Senders } from '../input/senders.js';
import { IntelMatcher } from '../intel/match/matcher.js';
import type { MatchTables } from '../intel/match/tables.js';
import type { Batch } from '../sink/batch.js';
import { GroupCommit } from '../spool/commit.js';
import type { Clock } from '../spool/clock.js';
import type { SpoolFile } from '../spool/file.js';
import type { Mark } from '../spool/group.js';
import type { Spool } from '../spool/spool.js';
import { Batcher } from './batcher.js';
import { newInterpreter } from './dialects.js';
import { newSender } from './interpreter.js';
import type { Interpreter, Sender } from './interpreter.js';
import { LiveBatch } from './live-batch.js';
import { LiveDelivery } from './live-delivery.js';
import type { Delivered } from './live-delivery.js';
import { LiveSenders } from './live-senders.js';
import { newStats, zeroes } from './live-stats.js';
import type { LiveStats } from './live-stats.js';
import type { ReadOptions } from './options.js';
import { batchIdOf } from './token.js';

export interface LiveOptions extends ReadOptions {
  /** Networks that may send besides private, link-local and loopback ones. */
  readonly allow: readonly string[];
  /** A batch waits no longer than this, ms. */
  readonly flushMs: number;
  /** Bytes that the spool may take; over it UDP lines are dropped and everything else waits. */
  readonly spoolBytes: number;
  /** Lines a second of one sender; 0 for any number. */
  readonly rateLimit: number;
}

/** The first line of a sender, for the log. */
export interface Greeting {
  readonly sender: string;
  readonly input: InputName;
  /** '' when no dialect claimed the line. */
  readonly dialect: string;
}

export interface LivePorts {
  /** Takes a batch away; few are under way at once. */
  send(batch: Batch): void;
  greet(greeting: Greeting): void;
  /** A sender that is not allowed was turned away for the first time. */
  refuseSender(sender: string): void;
  /** Inputs must wait, or may go on. */
  hold(held: boolean): void;
  say(level: 'info' | 'warn', sentence: string): void;
  /** All that was there has been stored, or a file of it is gone. */
  settled(): void;
}

/** Bytes in memory alone, when the disk is slower than the senders or takes nothing at all. */
const UNSAVED_BYTES = 48 * 1024 * 1024;
/** A held intake goes on when so much of its bound is free again. */
const FREE_SHARE = 0.1;
const UINT32 = 0x1_0000_0000;

/** How the lines of one origin are read. */
interface Place {
  readonly origin: Origin;
  readonly sender: Sender;
  readonly interpreter: Interpreter;
  readonly batcher: Batcher;
  /** Counted against the limit of lines a second. */
  readonly limited: boolean;
  /** It has had a line. */
  begun: boolean;
}

/**
 * Reads the lines of all inputs into common batches on disk, and hands these to the store. A batch is closed by its
 * rows, its bytes or its age; while the store is slow or away it grows to its full size.
 */
export class LiveIntake implements Intake {
  readonly stats: LiveStats;
  readonly #options: LiveOptions;
  readonly #ports: LivePorts;
  readonly #clock: Clock;
  readonly #spool: Spool;
  readonly #commit: GroupCommit;
  readonly #delivery: LiveDelivery;
  readonly #senders: Senders<true>;
  readonly #known: LiveSenders;
  /** One for each way to take stamps; both fill the same rows. */
  readonly #readers: Readonly<Record<Origin['stamps'], { interpreter: Interpreter; batcher: Batcher }>>;
  readonly #batch: LiveBatch;
  /** Closed, and on disk with the commit under way. */
  #closing: { file: SpoolFile; rows: Uint8Array | undefined } | undefined;
  /** All lines taken, and those of the commit under way. */
  readonly #taken = zeroes();
  #committing: Readonly<Record<InputName, number>> = zeroes();
  /** When that was gathered. */
  #committed = 0;
  #seq = 0;
  #ripe: NodeJS.Timeout | undefined;
  #overdue = false;
  #held = false;
  #ending = false;

  constructor(options: LiveOptions, spool: Spool, clock: Clock, ports: LivePorts) {
    this.#options = options;
    this.#ports = ports;
    this.#clock = clock;
    this.#spool = spool;
    this.stats = newStats(options.spoolBytes);
    this.#commit = new GroupCommit({
      gather: () => this.#gather(),
      written: () => this.#written(),
      fault: (error) => this.#fault(error),
    });
    this.#delivery = new LiveDelivery(spool, { send: (batch) => ports.send(batch), roomMade: () => this.#roomMade() });
    this.#senders = new Senders<true>(
      options.allow,
      () => true,
      (address) => ports.refuseSender(address)
    );
    this.#known = new LiveSenders(options.rateLimit, clock.steady);
    const own = networkMatcher(options.own);
    const live = newInterpreter(options, { live: true });
    const believed = newInterpreter(options, { live: false });
    const batcher = new Batcher(live, own);
    this.#batch = new LiveBatch(batcher);
    this.#readers = {
      live: { interpreter: live, batcher },
      believed: { interpreter: believed, batcher: new Batcher(believed, own, batcher) },
    };
  }

  /** Begins to store what an earlier run has left. */
  start(): void {
    this.#watch();
    this.#delivery.pump();
  }

  /** Lines from now on are held against these indicators; undefined for none. */
  matchWith(tables: MatchTables | undefined): void {
    const matcher = tables === undefined ? undefined : new IntelMatcher(tables);
    for (const { batcher } of Object.values(this.#readers)) batcher.matchWith(matcher);
  }

  admit(sender: string): boolean {
    const known = this.#senders.admit(sender) === true;
    this.stats.refusedSenders = this.#senders.refused;
    return known;
  }

  open(origin: Origin): LineSink {
    const reader = this.#readers[origin.stamps];
    const sender = newSender(origin.sender);
    const limited = this.#options.rateLimit > 0 && !UNLIMITED.has(origin.input);
    const place: Place = { origin, sender, ...reader, limited, begun: false };
    const taking: LineSink = {
      line: (bytes, start, end) => this.#take(place, bytes, start, end, false),
      tooLong: (bytes, start, end) => this.#take(place, bytes, start, end, true),
    };
    return documentSink(taking, this.#options.lineLimit);
  }

  mark(scope: string, value: string, expires?: number): void {
    const mark: Mark = [scope, value, expires ?? null];
    this.#batch.mark(mark);
    this.#spool.marks.set(mark);
    this.#begun();
    this.#commit.touch();
  }

  recall(scope: string): string | undefined {
    return this.#spool.marks.get(scope);
  }

  durable(): Promise<void> {
    return this.#commit.durable();
  }

  get held(): boolean {
    return this.#held;
  }

  rest(sender: string): number {
    return this.#known.rest(sender);
  }

  say(level: 'info' | 'warn', sentence: string): void {
    this.#ports.say(level, sentence);
  }

  /** A batch is in the store, or the store will not take it. @param memory of the batch */
  done(token: string, end: Delivered, memory: ArrayBuffer | undefined): void {
    this.#delivery.done(token, end, memory);
  }

  /**
   * Closes the batch at hand; nothing is taken in afterwards.
   * @returns lines that could not be brought onto the disk
   */
  async end(): Promise<number> {
    this.#ending = true;
    clearTimeout(this.#ripe);
    if (this.#batch.file !== undefined) this.#commit.kick();
    if (await this.#commit.end()) return 0;
    return total(this.#taken) - total(this.stats.durable);
  }

  /** Hands out nothing more. @returns events that wait in the spool */
  leave(): number {
    this.#delivery.stop();
    return sum(this.#spool.waiting);
  }

  /** Everything that came in is stored, and its files are gone. */
  get idle(): boolean {
    return this.#batch.file === undefined && this.#closing === undefined && this.#delivery.idle;
  }

  /** Brings the figures of the spool up to date. */
  report(): LiveStats {
    const { waiting, bytes } = this.#spool;
    const [oldest] = waiting;
    this.stats.spool = {
      bytes,
      limit: this.#options.spoolBytes,
      unsaved: this.#batch.unsaved,
      batches: waiting.length,
      events: sum(waiting),
      oldestMs: oldest === undefined ? 0 : Math.max(0, this.#clock.steady() - oldest.since),
      held: this.#held,
    };
    return this.stats;
  }

  #take(place: Place, bytes: Buffer, start: number, end: number, tooLong: boolean): void {
    const { origin, sender, batcher, interpreter } = place;
    const first = !place.begun;
    if (first) this.#begin(place);
    if (start === end) return void interpreter.blank(sender);
    this.stats.lines[origin.input]++;
    if (origin.input === 'udp' && !this.#mayPass(place)) return;
    if (place.limited && origin.input !== 'udp') this.#known.charge(origin.sender);
    this.#begun();
    this.#taken[origin.input]++;
    const now = this.#clock.wall();
    const near = origin.near?.() ?? now;
    this.#seq = (this.#seq + 1) % UINT32;
    if (tooLong) batcher.tooLong(bytes, start, end, sender, now);
    else if (batcher.line(bytes, start, end, sender, this.#seq, near, now)) this.stats.events[origin.input]++;
    if (first) this.#greet(origin, tooLong ? '' : interpreter.dialect);
    this.#batch.count(origin.input);
    this.#commit.touch();
    if (this.#batch.isFull) this.#commit.kick();
    if (this.#batch.unsaved >= UNSAVED_BYTES) this.#watch();
  }

  /** @returns false when a UDP line is thrown away */
  #mayPass({ origin, limited }: Place): boolean {
    const { dropped } = this.stats;
    if (this.#held) {
      dropped.spool++;
      return false;
    }
    if (!limited || this.#known.admit(origin.sender)) return true;
    dropped.rate++;
    return false;
  }

  /** Makes sure that there is an open batch, and that it gets closed. */
  #begun(): void {
    if (this.#batch.file === undefined) {
      this.#batch.file = this.#spool.begin();
      const { bytes } = batchIdOf(this.#batch.file.token);
      for (const { batcher } of Object.values(this.#readers)) batcher.begin(bytes);
    }
    this.#ripe ??= setTimeout(() => this.#ripen(), this.#options.flushMs);
  }

  /** Reads what came before the first line, as late as that: its origin may not know its time sooner. */
  #begin(place: Place): void {
    place.begun = true;
    const { origin, sender, interpreter } = place;
    for (const line of origin.before ?? []) {
      if (line === '') interpreter.blank(sender);
      else interpreter.read(line, origin.near?.() ?? this.#clock.wall(), sender);
    }
  }

  #greet({ input, sender }: Origin, dialect: string): void {
    if (this.#known.greet(sender)) this.#ports.greet({ sender, input, dialect });
  }

  /** The batch is old enough, unless the store is busy with others. */
  #ripen(): void {
    this.#overdue = true;
    if (!this.#delivery.busy) this.#commit.kick();
  }

  #roomMade(): void {
    this.#watch();
    if (this.#overdue && this.#batch.file !== undefined && !this.#delivery.busy) this.#commit.kick();
    this.#ports.settled();
  }

  /** What is new in the open batch, and the end of it when it is full or due. */
  #gather(): (() => Promise<void>) | undefined {
    const { file } = this.#batch;
    if (file === undefined) return undefined;
    const closes = this.#ending || this.#batch.isFull || (this.#overdue && !this.#delivery.busy);
    const group = this.#batch.next(closes);
    if (group === undefined) return undefined;
    const write = this.#spool.add(file, group);
    this.#committing = { ...this.#taken };
    this.#committed = this.#clock.steady();
    if (closes) this.#close(file);
    return write;
  }

  #close(file: SpoolFile): void {
    clearTimeout(this.#ripe);
    this.#ripe = undefined;
    this.#overdue = false;
    this.#closing = { file, rows: this.#batch.close(this.#delivery.hasRoom, () => this.#delivery.spare()) };
  }

  #written(): void {
    this.stats.durable = this.#committing;
    this.stats.commits.count++;
    this.stats.commits.ms += this.#clock.steady() - this.#committed;
    const closed = this.#closing;
    this.#closing = undefined;
    if (closed !== undefined) this.#delivery.add(closed.file, closed.rows);
    this.#watch();
    this.#ports.settled();
  }

  #fault(error: Error | undefined): void {
    if (error === undefined) this.#ports.say('info', 'The spool can be written again.');
    else {
      const what = 'UDP lines are dropped and counted, all other senders wait; tried again every second';
      this.#ports.say('warn', `cannot write to the spool: ${error.message}. Until it can be, ${what}.`);
    }
    this.#watch();
  }

  /** Over the bound, lines must wait at their senders; they may go on when some of it is free. */
  #watch(): void {
    const share = this.#held ? 1 - FREE_SHARE : 1;
    const { unsaved } = this.#batch;
    const full = this.#spool.bytes + unsaved >= this.#options.spoolBytes * share;
    const held = full || this.#commit.faulty || unsaved >= UNSAVED_BYTES * share;
    if (held === this.#held) return;
    this.#held = held;
    this.#ports.hold(held);
  }
}

/** These cannot be made up by strangers, and bring a backlog as fast as they may. */
const UNLIMITED: ReadonlySet<InputName> = new Set(['file', 'stdin', 'kafka']);

const sum = (files: readonly SpoolFile[]): number => files.reduce((events, { rows }) => events + rows, 0);

const total = (counts: Readonly<Record<InputName, number>>): number =>
  Object.values(counts).reduce((lines, each) => lines + each, 0);
