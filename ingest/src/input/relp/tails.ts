import { hash as digest, randomBytes } from 'node:crypto';
import type { Intake } from '../intake.js';

/** Messages of a session that are remembered: more than any usual window of a client. */
export const TAIL_LENGTH = 1_024;
/** Tails of a sender that are remembered; it may have many connections, each with what it has no answer for. */
const MAX_TAILS = 64;
/** A tail lies in so many marks, of which each write changes one or two. */
const SLOTS = 8;
const SLOT_LENGTH = TAIL_LENGTH / SLOTS;
/** A client may wait for us so long with what it has no answer for. */
const KEPT_MS = 7 * 24 * 3_600_000;
const INDEX_RENEWED_MS = 3_600_000;
/** Characters of a hash: 66 bits of SHA-1, which is all that telling a repetition from another text needs. */
const HASH_LENGTH = 11;

export function hashOf(bytes: Buffer, start: number, end: number): string {
  return digest('sha1', bytes.subarray(start, end), 'base64').slice(0, HASH_LENGTH);
}

/** Hashes of the last messages that one session stored, or several that continued each other. */
export class Tail {
  readonly id: string;
  /** Ring: the message of number n lies at n % TAIL_LENGTH. */
  readonly #ring: string[];
  /** Messages ever pushed, and how many of them have been marked. */
  #count: number;
  #marked: number;

  constructor(id: string, hashes: readonly string[] = [], count = hashes.length) {
    this.id = id;
    this.#count = count;
    this.#marked = count;
    this.#ring = [];
    hashes.forEach((hash, i) => (this.#ring[(count - hashes.length + i) % TAIL_LENGTH] = hash));
  }

  push(hash: string): void {
    this.#ring[this.#count++ % TAIL_LENGTH] = hash;
  }

  /** Oldest first. Fewer than were pushed where the ring has come round. */
  hashes(): string[] {
    const first = Math.max(0, this.#count - TAIL_LENGTH);
    const hashes: string[] = [];
    for (let n = first; n < this.#count; n++) {
      const hash = this.#ring[n % TAIL_LENGTH];
      if (hash !== undefined) hashes.push(hash);
    }
    return hashes;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Marks that changed since the last call: by slot, the number of its first message and the hashes. */
  changes(): { readonly slot: number; readonly value: string }[] {
    const changes: { slot: number; value: string }[] = [];
    if (this.#marked === this.#count) return changes;
    const from = Math.max(this.#marked, this.#count - TAIL_LENGTH);
    for (let first = from - (from % SLOT_LENGTH); first < this.#count; first += SLOT_LENGTH) {
      const end = Math.min(first + SLOT_LENGTH, this.#count);
      let value = `${first}:`;
      for (let n = first; n < end; n++) value += this.#ring[n % TAIL_LENGTH] ?? '';
      changes.push({ slot: (first / SLOT_LENGTH) % SLOTS, value });
    }
    this.#marked = this.#count;
    return changes;
  }
}

/** The tails of all senders: those in use in memory, the others in the intake's marks. */
export class Tails {
  readonly #intake: Intake;
  readonly #now: () => number;
  readonly #known = new Map<string, { tails: Tail[]; users: number; indexed: number }>();

  constructor(intake: Intake, now: () => number = Date.now) {
    this.#intake = intake;
    this.#now = now;
  }

  /** Keeps the tails of a sender in memory until `release`. */
  use(sender: string): void {
    const known = this.#known.get(sender);
    if (known === undefined) this.#known.set(sender, { tails: this.#recall(sender), users: 1, indexed: 0 });
    else known.users++;
  }

  /** The tails of a sender in use, newest first. */
  of(sender: string): readonly Tail[] {
    return this.#known.get(sender)?.tails ?? [];
  }

  release(sender: string): void {
    const known = this.#known.get(sender);
    if (known !== undefined && --known.users === 0) this.#known.delete(sender);
  }

  /** A new tail, or one that goes on, is now the sender's newest. */
  renew(sender: string, tail = new Tail(randomBytes(6).toString('base64url'))): Tail {
    const known = this.#known.get(sender);
    if (known === undefined) return tail;
    known.tails = [tail, ...known.tails.filter((other) => other !== tail)];
    for (const old of known.tails.splice(MAX_TAILS)) this.#drop(sender, old);
    known.indexed = 0;
    return tail;
  }

  /** Marks what was pushed: to be called in the same run as the lines. */
  save(sender: string, tail: Tail): void {
    const now = this.#now();
    for (const { slot, value } of tail.changes()) this.#intake.mark(scopeOf(sender, tail, slot), value, now + KEPT_MS);
    const known = this.#known.get(sender);
    if (known !== undefined && now - known.indexed > INDEX_RENEWED_MS) this.#index(sender, known.tails, now);
  }

  /** The client has all its answers: nothing of this will come again. */
  forget(sender: string, tail: Tail): void {
    const known = this.#known.get(sender);
    if (known === undefined || tail.isEmpty) return;
    known.tails = known.tails.filter((other) => other !== tail);
    this.#drop(sender, tail);
    this.#index(sender, known.tails, this.#now());
  }

  #drop(sender: string, tail: Tail): void {
    for (let slot = 0; slot < SLOTS; slot++) {
      const scope = scopeOf(sender, tail, slot);
      if ((this.#intake.recall(scope) ?? '') !== '') this.#intake.mark(scope, '', this.#now());
    }
  }

  #index(sender: string, tails: readonly Tail[], now: number): void {
    const ids = tails.filter((tail) => !tail.isEmpty).map(({ id }) => id);
    this.#intake.mark(indexOf(sender), ids.join(' '), now + KEPT_MS);
    const known = this.#known.get(sender);
    if (known !== undefined) known.indexed = now;
  }

  #recall(sender: string): Tail[] {
    const ids = (this.#intake.recall(indexOf(sender)) ?? '').split(' ').filter(Boolean);
    return ids.map((id) => this.#load(sender, id)).filter((tail) => !tail.isEmpty);
  }

  #load(sender: string, id: string): Tail {
    const slots: { first: number; hashes: string[] }[] = [];
    for (let slot = 0; slot < SLOTS; slot++) {
      const value = this.#intake.recall(scopeOf(sender, { id }, slot)) ?? '';
      const colon = value.indexOf(':');
      if (colon < 0) continue;
      slots.push({ first: Number(value.slice(0, colon)), hashes: cut(value.slice(colon + 1)) });
    }
    slots.sort((a, b) => a.first - b.first);
    const last = slots.at(-1);
    return new Tail(
      id,
      slots.flatMap(({ hashes }) => hashes),
      last === undefined ? 0 : last.first + last.hashes.length
    );
  }
}

const indexOf = (sender: string): string => `relp:${sender}`;
const scopeOf = (sender: string, { id }: { readonly id: string }, slot: number): string =>
  `relp:${sender}/${id}/${slot}`;

function cut(text: string): string[] {
  const hashes: string[] = [];
  for (let at = 0; at < text.length; at += HASH_LENGTH) hashes.push(text.slice(at, at + HASH_LENGTH));
  return hashes;
}
