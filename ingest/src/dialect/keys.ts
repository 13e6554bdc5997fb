import { startsAt } from './scan.js';

/**
 * Finds a dialect's known keys where they stand in a line, by a hash over their characters, so that no key is cut out
 * of the line to look it up.
 */
export class Keys<Field extends number> {
  readonly #fields = new Map<number, { readonly key: string; readonly field: Field }>();
  readonly #longest: number;

  /** @throws Error when two keys have the same hash: keys are part of the program, so its tests see it */
  constructor(keys: Readonly<Record<string, Field>>) {
    let longest = 0;
    for (const [key, field] of Object.entries(keys)) {
      const hash = hashOf(key, 0, key.length);
      if (this.#fields.has(hash)) throw new Error(`The key ${key} has the hash of another.`);
      this.#fields.set(hash, { key, field });
      longest = Math.max(longest, key.length);
    }
    this.#longest = longest;
  }

  /** The field of the key that fills `line[from, to)`, -1 when it is not known. */
  find(line: string, from: number, to: number): Field | -1 {
    if (to - from > this.#longest) return -1;
    const entry = this.#fields.get(hashOf(line, from, to));
    return entry !== undefined && entry.key.length === to - from && startsAt(line, from, entry.key) ? entry.field : -1;
  }
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 17;
  for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
