import { isMapped } from '../../event/address.js';
import { nameScore } from './names.js';
import type { MatchTables } from './tables.js';

/** Says of an address or a name how bad it is, by the indicators in force. Allocates nothing. */
export class IntelMatcher {
  readonly #tables: MatchTables;
  readonly #hasNames: boolean;

  constructor(tables: MatchTables) {
    this.#tables = tables;
    this.#hasNames = tables.names.slots.length > 2;
  }

  /** @param bytes 16 of them at `at`, IPv4 mapped @returns 1 to 100; 0 when it is not listed, or allowed */
  address(bytes: Uint8Array, at: number): number {
    return isMapped(bytes, at) ? this.#v4(word(bytes, at + 12)) : this.#v6(bytes, at);
  }

  /** @param name as a DNS server logs it, in any case, with or without a last dot @returns as `address` */
  name(name: string): number {
    return this.#hasNames ? nameScore(this.#tables.names, name) : 0;
  }

  #v4(address: number): number {
    const { v4From, v4Score, v4Index } = this.#tables;
    const half = address >>> 16;
    let low = (v4Index[half] as number) - 1;
    let high = v4Index[half + 1] as number;
    // The last range that starts at or before it lies in [low, high).
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((v4From[middle] as number) <= address) low = middle;
      else high = middle;
    }
    return v4Score[low] as number;
  }

  #v6(bytes: Uint8Array, at: number): number {
    const { v6From, v6Score } = this.#tables;
    let low = 0;
    let high = v6Score.length;
    if (high === 1) return 0;
    const a = word(bytes, at);
    const b = word(bytes, at + 4);
    const c = word(bytes, at + 8);
    const d = word(bytes, at + 12);
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      const p = 4 * middle;
      const x = v6From[p] as number;
      const y = v6From[p + 1] as number;
      const z = v6From[p + 2] as number;
      const before = x !== a ? x < a : y !== b ? y < b : z !== c ? z < c : (v6From[p + 3] as number) <= d;
      if (before) low = middle;
      else high = middle;
    }
    return v6Score[low] as number;
  }
}

const word = (bytes: Uint8Array, at: number): number =>
  (((bytes[at] as number) << 24) |
    ((bytes[at + 1] as number) << 16) |
    ((bytes[at + 2] as number) << 8) |
    (bytes[at + 3] as number)) >>>
  0;
