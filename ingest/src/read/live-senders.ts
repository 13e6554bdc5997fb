/** Senders that are remembered; beyond that the one known for longest is forgotten. */
const REMEMBERED = 10_000;

interface Known {
  greeted: boolean;
  /** Lines that it may send at once. */
  tokens: number;
  /** When that was so, by the steady clock. */
  at: number;
}

/** What is remembered of each sender, whatever the input: whether it was greeted, and how many lines it may send now. */
export class LiveSenders {
  readonly #rate: number;
  readonly #steady: () => number;
  readonly #known = new Map<string, Known>();

  /** @param rate lines a second that a sender may send, and at most at once; 0 for any number */
  constructor(rate: number, steady: () => number) {
    this.#rate = rate;
    this.#steady = steady;
  }

  /** Whether this is the first line of the sender. */
  greet(sender: string): boolean {
    const known = this.#of(sender);
    const first = !known.greeted;
    known.greeted = true;
    return first;
  }

  /** Takes one line of a sender that cannot be made to wait. @returns false when it has sent too many */
  admit(sender: string): boolean {
    if (this.#rate === 0) return true;
    const known = this.#filled(sender);
    if (known.tokens < 1) return false;
    known.tokens--;
    return true;
  }

  /** Takes one line of a sender that can be made to wait afterwards. */
  charge(sender: string): void {
    if (this.#rate > 0) this.#filled(sender).tokens--;
  }

  /** ms until the sender has paid for what it has sent. */
  rest(sender: string): number {
    if (this.#rate === 0) return 0;
    const { tokens } = this.#filled(sender);
    return tokens >= 0 ? 0 : Math.ceil((-tokens * 1_000) / this.#rate);
  }

  #filled(sender: string): Known {
    const known = this.#of(sender);
    const now = this.#steady();
    known.tokens = Math.min(this.#rate, known.tokens + ((now - known.at) * this.#rate) / 1_000);
    known.at = now;
    return known;
  }

  #of(sender: string): Known {
    let known = this.#known.get(sender);
    if (known === undefined) {
      if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value as string);
      known = { greeted: false, tokens: this.#rate, at: this.#steady() };
      this.#known.set(sender, known);
    }
    return known;
  }
}
