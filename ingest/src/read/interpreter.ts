import type { Context, Dialect, Reader, Reason } from '../dialect/dialect.js';
import { repeatOf } from '../dialect/repeat.js';
import { newHead, readHead } from '../dialect/syslog/head.js';
import { newEvent, reset } from '../event/event.js';
import type { Event } from '../event/event.js';
import { openEnvelope } from './envelope/envelope.js';
import type { Zone } from './zone.js';

const DAY = 86_400_000;
/** The store's DateTime wraps in 2106. */
export const TIME_END = Date.UTC(2106, 0, 1);
const MAX_COUNT = 0xffff_ffff;
/** Shippers carry lines of shippers: a container's log of a forwarder's JSON. */
const MAX_ENVELOPES = 3;

/** What is remembered of one sender (a socket's peer, or a whole file) between its lines. */
export interface Sender {
  /** Stands in for the sensor where a line names no host. One character a byte, as the lines. */
  readonly name: string;
  /** The dialect of the line before: asked first. */
  dialect: Dialect | undefined;
  /** Of dialects whose lines need what a line before them said; made when first asked. */
  readonly readers: Map<Dialect, Reader>;
  /** Two events take turns, so that "last message repeated" finds the one before. */
  spare: Event;
  last: Event;
  /** Whether the line just before was the event in `last`. */
  follows: boolean;
}

export function newSender(name: string): Sender {
  return { name, dialect: undefined, readers: new Map(), spare: newEvent(), last: newEvent(), follows: false };
}

export interface InterpreterOptions {
  /** All that may claim a line; one alone when the user names it. */
  readonly dialects: readonly Dialect[];
  readonly zone: Zone;
  readonly year: number | undefined;
  readonly actionOf: Context['actionOf'];
  /** Lines come as they happen: a stamp more than a day off is not believed. */
  readonly live: boolean;
}

/** Turns lines into events: finds the dialect, and settles what a dialect cannot know. No I/O, no clock of its own. */
export class Interpreter {
  readonly #dialects: readonly Dialect[];
  /** Those of them that know a line alone, and those that mind what came before it. */
  readonly #plain: readonly Dialect[];
  readonly #minding: readonly Dialect[];
  readonly #zone: Zone;
  readonly #live: boolean;
  readonly #context: Context;
  readonly #head = newHead();
  /** The event of the line just read; void unless `read` said 'ok', and until the next call. */
  event: Event = newEvent();
  /** Name of the dialect that claimed the line just read, '' for none. */
  dialect = '';

  constructor(options: InterpreterOptions) {
    this.#dialects = options.dialects;
    this.#plain = options.dialects.filter(({ open }) => open === undefined);
    this.#minding = options.dialects.filter(({ open }) => open !== undefined);
    this.#zone = options.zone;
    this.#live = options.live;
    this.#context = { received: 0, year: options.year, toUtc: options.zone.toUtc, actionOf: options.actionOf };
  }

  /**
   * @param line one character a byte, without its line end
   * @param received ms since the epoch: arrival, or a file's modification time
   * @returns 'header' for a line that tells how those after it are to be read, and counts as nothing
   */
  read(line: string, received: number, sender: Sender): 'ok' | 'header' | Reason {
    this.#context.received = received;
    if (this.#live) this.#zone.reference = received;
    const verdict = this.#parse(line, sender);
    if (verdict === 'ok') {
      sender.spare = sender.last;
      sender.last = this.event;
      sender.follows = true;
      return 'ok';
    }
    if (verdict === 'unclaimed' && sender.follows && this.#repeat(line, sender)) return 'ok';
    sender.follows = false;
    return verdict;
  }

  /** An empty line: no event and no refusal, but some dialects end by it what they remember. */
  blank(sender: Sender): void {
    for (const reader of sender.readers.values()) reader.blank?.();
  }

  #parse(line: string, sender: Sender, envelopes = 0): 'ok' | 'header' | Reason {
    // Whether an envelope's line was claimed is told by it: the one of the line before must not answer.
    this.dialect = '';
    if (isObject(line)) return this.#parseObject(line, sender, envelopes);
    return this.#readAs(this.#find(line, this.#dialects, sender), line, sender, envelopes);
  }

  /**
   * A JSON object, which may carry a line. Dialects that look back are asked last: to those that know a title's columns
   * by their commas, an object that carries such a line would look like one.
   */
  #parseObject(line: string, sender: Sender, envelopes: number): 'ok' | 'header' | Reason {
    const dialect = this.#find(line, this.#plain, sender);
    if (dialect === undefined && envelopes < MAX_ENVELOPES) {
      const verdict = this.#unwrap(line, sender, envelopes + 1);
      if (verdict !== 'unclaimed' || this.dialect !== '') return verdict;
    }
    return this.#readAs(dialect ?? this.#find(line, this.#minding, sender), line, sender, envelopes);
  }

  /** Reads a line as of the dialect that claims it. */
  #readAs(dialect: Dialect | undefined, line: string, sender: Sender, envelopes: number): 'ok' | 'header' | Reason {
    this.dialect = dialect?.name ?? '';
    if (dialect === undefined) return 'unclaimed';
    const event = sender.spare;
    reset(event);
    const verdict = this.#ask(readerOf(dialect, sender, line), line, event);
    if (verdict !== 'ok') return verdict;
    this.event = event;
    return this.#settle(event, sender, envelopes);
  }

  /** Reads the line that a JSON object carries; what that does not say, the object may. */
  #unwrap(line: string, sender: Sender, envelopes: number): 'ok' | 'header' | Reason {
    const context = this.#context;
    const { received } = context;
    const envelope = openEnvelope(line, context);
    if (envelope === undefined) return 'unclaimed';
    const { texts, time, host } = envelope;
    // Of a backlog, stamps without a year lie near the time at which it was written.
    if (time > 0 && !this.#live) context.received = time;
    let verdict: 'ok' | 'header' | Reason = 'unclaimed';
    for (const text of texts) {
      verdict = this.#parse(text, sender, envelopes);
      if (verdict !== 'unclaimed' || this.dialect !== '') break;
    }
    context.received = received;
    if (verdict !== 'ok') return verdict;
    const { event } = this;
    if (event.time === 0) event.time = time;
    if (event.sensor === '') event.sensor = host;
    return this.#settle(event, sender, envelopes - 1);
  }

  /** Of a line in an envelope, the envelope is asked before the arrival and the sender are. */
  #settle(event: Event, sender: Sender, envelopes: number): 'ok' | Reason {
    if (envelopes > 0) return 'ok';
    if (event.sensor === '') event.sensor = sender.name;
    return this.#settleTime(event);
  }

  /** No line may end the service: a dialect that throws, though none should, has refused. */
  #ask(reader: Reader, line: string, event: Event): 'ok' | 'header' | Reason {
    try {
      return reader.parse(line, this.#context, event);
    } catch {
      return 'bad-field';
    }
  }

  #find(line: string, dialects: readonly Dialect[], sender: Sender): Dialect | undefined {
    const { dialect } = sender;
    const known = dialect !== undefined && (dialects === this.#dialects || dialects.includes(dialect));
    if (known && readerOf(dialect, sender, line).claims(line)) return dialect;
    for (const each of dialects) {
      if ((known && each === dialect) || !readerOf(each, sender, line).claims(line)) continue;
      sender.dialect = each;
      return each;
    }
    return undefined;
  }

  #settleTime(event: Event): 'ok' | Reason {
    const { received } = this.#context;
    if (event.time === 0) {
      event.time = received;
      return 'ok';
    }
    // Written so that NaN is refused too.
    if (!(event.time > 0 && event.time < TIME_END)) return 'time-range';
    if (!this.#live) {
      this.#zone.reference = event.time;
    } else if (Math.abs(event.time - received) > DAY) {
      event.attrs = { ...event.attrs, log_time: new Date(event.time).toISOString() };
      event.time = received;
    }
    return 'ok';
  }

  /** "last message repeated 3 times": the event of the line before, three times more, if it is of the same host. */
  #repeat(line: string, sender: Sender): boolean {
    const times = repeatOf(line);
    if (times === 0) return false;
    const { last } = sender;
    readHead(line, this.#context, this.#head);
    const host = line.slice(this.#head.hostStart, this.#head.hostEnd);
    if (host !== '' && host !== 'last' && host !== '---' && host !== last.sensor) return false;
    const event = Object.assign(sender.spare, last);
    event.count = Math.min(last.count * times, MAX_COUNT);
    if (this.#head.time > 0) event.time = this.#head.time;
    this.event = event;
    this.dialect = sender.dialect?.name ?? '';
    return this.#settleTime(event) === 'ok';
  }
}

/** The dialect itself, or, of one that has a memory, the sender's own reader; an object says itself what its values are. */
function readerOf(dialect: Dialect, sender: Sender, line: string): Reader {
  if (dialect.open === undefined || isObject(line)) return dialect;
  let reader = sender.readers.get(dialect);
  if (reader === undefined) {
    reader = dialect.open();
    sender.readers.set(dialect, reader);
  }
  return reader;
}

/** Whether a line begins as a JSON object does. */
function isObject(line: string): boolean {
  if (line.charCodeAt(0) !== BRACE) return false;
  const next = line.charCodeAt(1);
  return next === QUOTE || next === SPACE;
}

const BRACE = 123;
const QUOTE = 34;
const SPACE = 32;
