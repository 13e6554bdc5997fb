import { emitLine, LF } from '../lines.js';
import type { LineSink } from '../lines.js';
import { Resend } from './resend.js';
import type { SessionParts } from './session.js';
import type { Neighbour } from './sessions.js';
import { hashOf, TAIL_LENGTH } from './tails.js';
import type { Tail } from './tails.js';

/** A client sends again in one go; when nothing more comes for so long, what came is all there is. */
const SILENCE_MS = 2_000;
/** A lone message that was stored before something else: it may be chance, so the rest is waited for longer. */
const LONE_SILENCE_MS = 20_000;
/** Bytes of undecided messages; more are decided on as they are. */
const MAX_HELD_BYTES = 1024 * 1024;

interface Held {
  readonly bytes: Buffer;
  readonly cut: boolean;
  readonly hash: string;
}

/**
 * Lets through what an earlier session has not stored yet. The first messages of a session are held, neither stored
 * nor answered, while they repeat what was stored; should the session end meanwhile, nothing has happened.
 */
export class Sieve {
  readonly #session: Neighbour;
  readonly #parts: SessionParts;
  readonly #sink: LineSink;
  readonly #onDecided: () => void;
  #resend: Resend | undefined;
  #tails: readonly Tail[] = [];
  #held: Held[] = [];
  #heldBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What is left to come of a resend that was decided on before it was whole. */
  #following: { readonly hashes: readonly string[]; next: number } | undefined;
  #begun = false;
  /** Where this session's messages are remembered; none before the first. */
  #tail: Tail | undefined;

  /** @param onDecided all messages taken so far have been handed over, or were stored before */
  constructor(session: Neighbour, parts: SessionParts, sink: LineSink, onDecided: () => void) {
    this.#session = session;
    this.#parts = parts;
    this.#sink = sink;
    this.#onDecided = onDecided;
  }

  take(bytes: Buffer, start: number, end: number, cut: boolean): void {
    const hash = hashOf(bytes, start, end);
    if (!this.#begun) this.#begin();
    if (this.#resend !== undefined) return this.#hold({ bytes: Buffer.from(bytes.subarray(start, end)), cut, hash });
    if (this.#following !== undefined && this.#follows(hash)) this.#parts.counts.repeated++;
    else this.#store(bytes, start, end, cut, hash);
    this.#onDecided();
  }

  /** Decides by what has come so far: no more will. */
  decide(): void {
    const resend = this.#resend;
    if (resend === undefined) return;
    clearTimeout(this.#timer);
    this.#resend = undefined;
    const { repeated, tail, underWay } = resend;
    const known = repeated > 0 ? repeated : underWay === undefined ? 0 : this.#held.length;
    if (repeated > 0) this.#continue(this.#tails[tail]);
    else if (underWay !== undefined) {
      const goesOn = this.#tails[underWay.tail];
      this.#following = { hashes: goesOn?.hashes() ?? [], next: underWay.next };
      this.#continue(goesOn);
    }
    this.#parts.counts.repeated += known;
    for (const { bytes, cut, hash } of this.#held.slice(known)) this.#store(bytes, 0, bytes.length, cut, hash);
    this.#held = [];
    this.#tails = [];
    this.#onDecided();
  }

  awaits(tail: Tail): boolean {
    return this.#resend?.awaits(this.#tails.indexOf(tail)) === true;
  }

  /** To be called at the end of each run that handed lines over. */
  save(): void {
    if (this.#tail !== undefined) this.#parts.tails.save(this.#session.sender, this.#tail);
  }

  /** The client has all its answers. */
  forget(): void {
    if (this.#tail !== undefined) this.#parts.tails.forget(this.#session.sender, this.#tail);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.save();
    this.#held = [];
    this.#tails = [];
  }

  #begin(): void {
    this.#begun = true;
    this.#tails = this.#parts.tails.of(this.#session.sender);
    if (this.#tails.length > 0) this.#resend = new Resend(this.#tails.map((tail) => tail.hashes()));
  }

  #hold(message: Held): void {
    this.#held.push(message);
    this.#heldBytes += message.bytes.length;
    const resend = this.#resend;
    if (resend?.see(message.hash) !== true || this.#held.length > TAIL_LENGTH || this.#heldBytes > MAX_HELD_BYTES)
      return this.decide();
    const lone = resend.repeated === 0 && resend.underWay === undefined;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.decide();
        this.save();
      },
      lone ? LONE_SILENCE_MS : SILENCE_MS
    ).unref();
  }

  /** Whether the message is the next of the resend; the first that is not ends it. */
  #follows(hash: string): boolean {
    const following = this.#following;
    if (following === undefined || following.hashes[following.next] !== hash) {
      this.#following = undefined;
      return false;
    }
    if (++following.next >= following.hashes.length) this.#following = undefined;
    return true;
  }

  #continue(tail: Tail | undefined): void {
    if (tail === undefined) return;
    this.#tail = this.#parts.tails.renew(this.#session.sender, tail);
    this.#parts.sessions.own(this.#session, tail);
  }

  #store(bytes: Buffer, start: number, end: number, cut: boolean, hash: string): void {
    if (this.#tail === undefined) {
      this.#tail = this.#parts.tails.renew(this.#session.sender);
      this.#parts.sessions.own(this.#session, this.#tail);
    }
    this.#tail.push(hash);
    const last = end > start && bytes[end - 1] === LF ? end - 1 : end;
    if (cut) this.#sink.tooLong(bytes, start, Math.min(end, start + this.#parts.lineLimit));
    else emitLine(this.#sink, this.#parts.lineLimit, bytes, start, last);
  }
}
