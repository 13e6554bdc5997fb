const REMEMBERED = 1_000;

/** Remembers what has been said, so that a sender that tries again each second fills no log. Bounded. */
export class Once {
  readonly #said = new Set<string>();

  /** Whether this is the first time. */
  first(key: string): boolean {
    if (this.#said.has(key)) return false;
    if (this.#said.size >= REMEMBERED) this.#said.clear();
    this.#said.add(key);
    return true;
  }
}
