import type { Intake } from '../intake.js';
import type { Connection, StreamReader } from '../tls/streams.js';
import { Answers, nextTxnr } from './answers.js';
import { FrameError, Frames } from './frames.js';
import type { Command } from './frames.js';
import { offersSyslog, OUR_OFFERS } from './offers.js';
import type { Neighbour, Sessions } from './sessions.js';
import { Sieve } from './sieve.js';
import type { Tail, Tails } from './tails.js';

/** What all sessions share. */
export interface SessionParts {
  readonly intake: Intake;
  readonly tails: Tails;
  readonly sessions: Sessions;
  readonly lineLimit: number;
  readonly counts: RelpCounts;
  /** Says a sentence about a sender, once. */
  readonly complain: (sender: string, sentence: string) => void;
}

export interface RelpCounts {
  /** Messages that were stored already, and only answered. */
  repeated: number;
  /** Connections ended since they did not keep to the protocol. */
  protocol_errors: number;
}

/** Data of an `open`, which may be longer than a short line limit. */
const MIN_LIMIT = 1_024;

/** One RELP connection: what it brings is stored once and answered when it is on disk, in order. */
export class Session implements StreamReader, Neighbour {
  readonly sender: string;
  lastRead: number;
  readonly #parts: SessionParts;
  readonly #connection: Connection;
  readonly #frames: Frames;
  readonly #answers: Answers;
  readonly #sieve: Sieve;
  #state: 'fresh' | 'opening' | 'open' | 'closing' | 'ended' = 'fresh';
  #due = 1;

  constructor(connection: Connection, parts: SessionParts) {
    this.sender = connection.sender;
    this.#connection = connection;
    this.#parts = parts;
    this.lastRead = parts.sessions.now();
    this.#frames = new Frames(Math.max(parts.lineLimit, MIN_LIMIT), {
      frame: (txnr, command, bytes, start, end, cut) => this.#frame(txnr, command, bytes, start, end, cut),
    });
    this.#answers = new Answers(parts.intake, (text) => connection.write(text));
    const sink = parts.intake.open({ input: 'relp', sender: this.sender, stamps: 'live' });
    this.#sieve = new Sieve(this, parts, sink, () => this.#answers.ready());
    parts.tails.use(this.sender);
    parts.sessions.add(this);
  }

  get held(): boolean {
    return this.#connection.held;
  }

  push(chunk: Buffer): void {
    this.lastRead = this.#parts.sessions.now();
    try {
      this.#frames.push(chunk);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#fail(`${error.message}: it does not speak RELP, or its messages are not what they announce`);
    } finally {
      this.#sieve.save();
    }
  }

  /** What it did not answer comes again in another session. */
  end(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#answers.end();
    this.#sieve.end();
    this.#parts.sessions.remove(this);
    this.#parts.tails.release(this.sender);
  }

  awaits(tail: Tail): boolean {
    return this.#sieve.awaits(tail);
  }

  abandon(): void {
    this.#connection.destroy();
  }

  async leave(): Promise<void> {
    await this.#answers.settled();
    this.#connection.write(SERVER_CLOSE);
    await this.#connection.finish();
  }

  #frame(txnr: number, command: Command, bytes: Buffer, start: number, end: number, cut: boolean): boolean {
    if (this.#state === 'ended' || this.#state === 'closing') return false;
    if (txnr === 0) return true; // a hint, which is not answered
    if (txnr !== this.#due) return this.#fail(`its transaction ${txnr} came where ${this.#due} was due`);
    this.#due = nextTxnr(txnr);
    if (command === 'syslog' && this.#state !== 'fresh') {
      this.#answers.taken(txnr);
      this.#sieve.take(bytes, start, end, cut);
      return true;
    }
    if (command === 'open' && this.#state === 'fresh') return this.#open(txnr, bytes.toString('latin1', start, end));
    if (command === 'close' && this.#state !== 'fresh') return this.#close(txnr);
    return this.#fail(`it sent "${command}" where ${this.#state === 'fresh' ? '"open"' : 'a message'} was due`);
  }

  #open(txnr: number, offers: string): boolean {
    if (!offersSyslog(offers)) {
      this.#connection.write(answer(txnr, '500 this server takes the command syslog, which was not offered'));
      return this.#fail('it does not offer to send syslog');
    }
    this.#state = 'opening';
    this.#answers.begin(txnr);
    this.#connection.sleep();
    void this.#parts.sessions.othersRead(this).then(() => {
      if (this.#state !== 'opening') return;
      this.#state = 'open';
      this.#connection.write(answer(txnr, `200 OK\n${OUR_OFFERS}`));
      this.#answers.open();
      this.#connection.wake();
    });
    return true;
  }

  #close(txnr: number): boolean {
    const complete = this.#answers.complete;
    this.#sieve.decide();
    this.#sieve.save();
    if (complete) this.#sieve.forget();
    this.#state = 'closing';
    void this.#answers.settled().then(() => {
      if (this.#state === 'ended') return;
      this.#connection.write(answer(txnr, '200 OK') + SERVER_CLOSE);
      return this.#connection.finish();
    });
    return false;
  }

  #fail(fault: string): false {
    this.#parts.counts.protocol_errors++;
    this.#parts.complain(this.sender, `A RELP connection of ${this.sender} was ended: ${fault}.`);
    this.#connection.destroy();
    return false;
  }
}

/** A hint: the client need not find out by itself. */
const SERVER_CLOSE = '0 serverclose 0\n';

const answer = (txnr: number, text: string): string => `${txnr} rsp ${text.length} ${text}\n`;
