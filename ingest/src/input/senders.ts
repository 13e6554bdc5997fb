import { LOCAL_NETWORKS, networkMatcher } from '../enrich/networks.js';

/** Senders that are remembered; beyond that the one known for longest is forgotten. */
const REMEMBERED = 10_000;

/** Who may send, and what is remembered of those who do: `T`, made at a sender's first line. */
export class Senders<T> {
  readonly #allowed: (address: string) => boolean;
  readonly #make: (address: string) => T;
  readonly #onRefused: (address: string) => void;
  readonly #known = new Map<string, T>();
  /** Apart, so that a flood of forged addresses does not push out those who may. */
  readonly #refusedOnes = new Set<string>();
  /** Datagrams and connections turned away. */
  refused = 0;

  /**
   * @param allow networks besides this machine's surroundings: private, link-local and loopback senders always may
   * @param onRefused told of each address turned away for the first time
   * @throws Error with one sentence when one is no network
   */
  constructor(allow: readonly string[], make: (address: string) => T, onRefused: (address: string) => void) {
    this.#allowed = networkMatcher([...LOCAL_NETWORKS, ...allow]) ?? (() => false);
    this.#make = make;
    this.#onRefused = onRefused;
  }

  /** What is remembered of a sender; undefined, and counted, when it may not send. */
  admit(address: string): T | undefined {
    const known = this.#known.get(address);
    if (known !== undefined) return known;
    if (!this.#allowed(address)) {
      this.#refuse(address);
      return undefined;
    }
    if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value as string);
    const made = this.#make(address);
    this.#known.set(address, made);
    return made;
  }

  #refuse(address: string): void {
    this.refused++;
    if (this.#refusedOnes.has(address)) return;
    if (this.#refusedOnes.size >= REMEMBERED) this.#refusedOnes.clear();
    this.#refusedOnes.add(address);
    this.#onRefused(address);
  }
}
