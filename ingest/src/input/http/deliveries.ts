import { createHash } from 'node:crypto';
import type { Intake } from '../intake.js';
import { Refusal } from './refusal.js';

/** As drafted for Idempotency-Key: a key is known for a day. */
const KEPT_MS = 24 * 3_600_000;

/** How far the body of a key, or a body without one, has got. */
interface Mark {
  /** Hash of the unpacked body. */
  readonly body: string;
  /** Lines handed over. */
  readonly lines: number;
  readonly whole: boolean;
}

/** One body on its way in. */
export interface Delivery {
  /** Lines that an earlier try of the same body handed over. */
  readonly done: number;
  /** The answer to an earlier try was this number of lines. */
  readonly accepted: number | undefined;
  /** To be called in the same run as the lines: `lines` of the body have been handed over, its first `done` included. */
  reached(lines: number, whole: boolean): void;
  /** The answer has been sent: the sender has no reason to try again. */
  answered(): void;
  /** This try is over, whatever became of it. */
  end(): void;
}

interface Try {
  readonly over: Promise<void>;
  readonly isAlive: () => boolean;
}

/**
 * Knows a body that comes again, since its sender got no answer, by its key; without one by its content, until it has
 * been answered. So a try that was interrupted, by a crash too, is continued and not repeated.
 */
export class Deliveries {
  readonly #intake: Intake;
  readonly #now: () => number;
  readonly #underWay = new Map<string, Try>();

  constructor(intake: Intake, now: () => number = Date.now) {
    this.#intake = intake;
    this.#now = now;
  }

  /**
   * @param isAlive whether the sender of this try still waits for its answer
   * @throws Refusal 409 while a try of the key is under way, 422 for a key that came with another body
   */
  async begin(key: string | undefined, bytes: Buffer, isAlive: () => boolean): Promise<Delivery> {
    const body = hashOf(bytes);
    const scope = key === undefined ? `http-body:${body}` : `http:${hashOf(Buffer.from(key))}`;
    const other = this.#underWay.get(scope);
    if (other !== undefined) {
      if (key !== undefined) {
        throw new Refusal(409, 'A request with this Idempotency-Key is being stored: send it again.', {
          'retry-after': '1',
        });
      }
      // Two senders that say the same at once are two; a sender that has left and comes again is one.
      if (other.isAlive()) return UNKNOWN;
      await other.over;
      if (this.#underWay.has(scope)) return UNKNOWN;
    }
    const mark = this.#recall(scope);
    if (mark !== undefined && mark.body !== body) {
      throw new Refusal(422, 'This Idempotency-Key came with another body before: give each body a key of its own.');
    }
    let over: () => void = () => {};
    this.#underWay.set(scope, { over: new Promise((resolve) => (over = resolve)), isAlive });
    return {
      done: mark?.lines ?? 0,
      accepted: mark?.whole === true ? mark.lines : undefined,
      reached: (lines, whole) => this.#mark(scope, { body, lines, whole }),
      answered: () => {
        if (key === undefined) this.#intake.mark(scope, '', this.#now());
      },
      end: () => {
        this.#underWay.delete(scope);
        over();
      },
    };
  }

  #mark(scope: string, mark: Mark): void {
    this.#intake.mark(scope, JSON.stringify(mark), this.#now() + KEPT_MS);
  }

  #recall(scope: string): Mark | undefined {
    const value = this.#intake.recall(scope) ?? '';
    return value === '' ? undefined : (JSON.parse(value) as Mark);
  }
}

const UNKNOWN: Delivery = { done: 0, accepted: undefined, reached: () => {}, answered: () => {}, end: () => {} };

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url').slice(0, 32);
