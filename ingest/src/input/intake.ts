import type { LineSink } from './lines.js';

/** The ways in, as settings, metrics and messages name them. */
export const INPUT_NAMES = ['udp', 'tcp', 'tls', 'relp', 'http', 'file', 'stdin', 'kafka'] as const;
export type InputName = (typeof INPUT_NAMES)[number];

/** Where a run of lines comes from: a connection, a file, a request, a partition. */
export interface Origin {
  readonly input: InputName;
  /** The peer's address, or what else stands in for the sensor where a line names no host (a file's name, a topic). */
  readonly sender: string;
  /**
   * 'live': lines come as they happen, a stamp more than a day off is not believed. 'believed': a backlog may come,
   * stamps count as written (files, Kafka, requests that carried the token).
   */
  readonly stamps: 'live' | 'believed';
  /** ms since the epoch, just before which stamps without a year lie: a file's modification time. Else the arrival. */
  readonly near?: () => number;
  /**
   * Lines of the same origin that an earlier run has stored, one character a byte: its head, and those just before the
   * next. To be read for what they tell of the lines to come, and neither stored nor counted.
   */
  readonly before?: readonly string[];
}

/** Where inputs put their lines. One for all inputs of a process; it lives in their thread. */
export interface Intake {
  /** Whether this sender may send; those that may not are counted and named. */
  admit(sender: string): boolean;
  /** A place for the lines of one origin, with its own memory (dialect, Zeek's head, "last message repeated"). */
  open(origin: Origin): LineSink;
  /**
   * What an input must know again after a crash (a file's offset, an idempotency key). It becomes durable together
   * with the lines handed over before it, or not at all; a later value of the same scope replaces it. Together means
   * that what one synchronous run hands over, lines and marks, is found again whole or not at all: however many rows it
   * has, a run must not be torn over two writes.
   * @param expires ms since the epoch after which it may be forgotten
   */
  mark(scope: string, value: string, expires?: number): void;
  /** The value last marked, in this run or one before it. */
  recall(scope: string): string | undefined;
  /** Resolves when all lines and marks handed over so far are on disk; rejects when they cannot be. */
  durable(): Promise<void>;
  /** Lines are held back at the moment (the spool is full): `Input.pause` was called, requests get a 429. */
  readonly held: boolean;
  /** ms that a stream of this sender must rest, since it has sent more lines than it may a second; 0 mostly. */
  rest(sender: string): number;
  /** For the log: one sentence. */
  say(level: 'info' | 'warn', sentence: string): void;
}

/** A running input. */
export interface Input {
  readonly name: InputName;
  /** Where it listens, or what it reads, as a person says it: '127.0.0.1:6514', '/var/log/ulog.log'. */
  readonly place: string;
  /** The intake is full: read no further, let senders wait. What was read already is still handed over. */
  pause(): void;
  resume(): void;
  /** Takes no more, and hands on what it has read; answers that wait for `durable` are still given. */
  close(): Promise<void>;
  /** Counters since the start by the metric's label; connections open now under 'connections'. */
  counts(): Readonly<Record<string, number>>;
}

/** How each input's module opens it. @throws UserError with one sentence when it cannot be had */
export type OpenInput<Options> = (options: Options, intake: Intake) => Promise<Input>;
