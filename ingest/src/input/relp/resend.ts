/**
 * Finds out, message by message, how much of what a new session begins with was stored by an earlier one.
 *
 * A client whose connection broke sends again all it has no answer for, in order, before anything new. Which answers
 * reached it nobody can know; so some end of what was stored comes again, exactly and to its last message. Of several
 * such ends the longest is taken. (Texts that are alike to the microsecond of their stamp are thus taken for one.)
 */
export class Resend {
  readonly #tails: readonly (readonly string[])[];
  /** Ends of tails that the messages have repeated so far, and which are not over. */
  #alive: { readonly tail: number; next: number }[] = [];
  #first = '';
  #varied = false;
  /** Messages seen. */
  count = 0;
  /** The longest end that was repeated to its last message; 0 when none was. */
  repeated = 0;
  /** Which tail that is the end of. */
  tail = -1;

  /** @param tails hashes of the last messages of earlier sessions, each oldest first; the tails newest first */
  constructor(tails: readonly (readonly string[])[]) {
    this.#tails = tails;
  }

  /** @returns whether the next message may change the answer */
  see(hash: string): boolean {
    this.#alive = this.count === 0 ? this.#begin(hash) : this.#alive.filter((one) => this.#at(one) === hash);
    if (this.count === 0) this.#first = hash;
    else this.#varied ||= hash !== this.#first;
    this.count++;
    for (let i = this.#alive.length - 1; i >= 0; i--) {
      const one = this.#alive[i] as { tail: number; next: number };
      if (++one.next < (this.#tails[one.tail]?.length ?? 0)) continue;
      this.repeated = this.count;
      this.tail = one.tail;
      this.#alive.splice(i, 1);
    }
    return this.#alive.length > 0;
  }

  /**
   * Where the next message of a resend under way would stand, when all seen so far, at least two different ones in a
   * row, lie in a tail just so. A client that resends more than its window sends no more until it has answers.
   */
  get underWay(): { readonly tail: number; readonly next: number } | undefined {
    return this.#varied ? this.#alive[0] : undefined;
  }

  /** Whether the messages so far lie in this tail, with more of it to come. */
  awaits(tail: number): boolean {
    return this.#alive.some((one) => one.tail === tail);
  }

  #begin(hash: string): { tail: number; next: number }[] {
    const found: { tail: number; next: number }[] = [];
    this.#tails.forEach((hashes, tail) => {
      for (let i = hashes.indexOf(hash); i >= 0; i = hashes.indexOf(hash, i + 1)) found.push({ tail, next: i });
    });
    return found;
  }

  #at({ tail, next }: { readonly tail: number; readonly next: number }): string | undefined {
    return this.#tails[tail]?.[next];
  }
}
