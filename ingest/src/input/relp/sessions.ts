import type { Intake } from '../intake.js';
import type { Tail } from './tails.js';

/** What sessions must know of each other. */
export interface Neighbour {
  readonly sender: string;
  /** When it was last given something to read, ms of a clock that never jumps. */
  readonly lastRead: number;
  /** It is not read at the moment, though there may be something. */
  readonly held: boolean;
  /** It is undecided whether what it holds is stored in this tail already. */
  awaits(tail: Tail): boolean;
  /** Its client has left it and goes on in another session: nothing more of it may be read or stored. */
  abandon(): void;
}

/** A connection that brings nothing for so long has nothing left from before its client gave it up. */
const QUIET_MS = 100;
/** No session waits longer than this for others of its sender, which may be alive and busy. */
const PATIENCE_MS = 5_000;
const STEP_MS = 25;

/** The sessions that are open, and whose tail each continues. */
export class Sessions {
  readonly #intake: Intake;
  readonly #now: () => number;
  readonly #open = new Set<Neighbour>();
  readonly #owners = new Map<Tail, Neighbour>();

  constructor(intake: Intake, now: () => number = () => performance.now()) {
    this.#intake = intake;
    this.#now = now;
  }

  now(): number {
    return this.#now();
  }

  add(session: Neighbour): void {
    this.#open.add(session);
  }

  remove(session: Neighbour): void {
    this.#open.delete(session);
    for (const [tail, owner] of this.#owners) if (owner === session) this.#owners.delete(tail);
  }

  /** A session goes on where a tail ends; whoever wrote that tail, or was about to go on there, is at its end. */
  own(session: Neighbour, tail: Tail): void {
    const before = this.#owners.get(tail);
    this.#owners.set(tail, session);
    for (const other of [...this.#open]) {
      if (other !== session && other.sender === session.sender && (other === before || other.awaits(tail))) {
        other.abandon();
      }
    }
  }

  /**
   * Resolves when the older sessions of a sender have been read dry. A client that gave one up sends all of it again
   * in the next: read after that, what still lay in the old one's buffers would be stored twice.
   */
  async othersRead(session: Neighbour): Promise<void> {
    const older = [...this.#open].filter((other) => other !== session && other.sender === session.sender);
    const begun = this.#now();
    for (;;) {
      const now = this.#now();
      const waited = now - begun;
      const busy = older.some(
        (other) => this.#open.has(other) && (other.held || waited < QUIET_MS || now - other.lastRead < QUIET_MS)
      );
      if (!this.#open.has(session)) return;
      if (!this.#intake.held && (!busy || waited >= PATIENCE_MS)) return;
      await new Promise((resolve) => setTimeout(resolve, STEP_MS).unref());
    }
  }
}
