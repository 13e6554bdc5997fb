import type { NameTable } from './tables.js';

/** Stands in the score of a name that is allowed. */
const ALLOWED = 255;
const DOT = 46;
const STAR = 42;

/** A name as the store has it: lower case, no last dot, `*.` in front when names below it are meant. */
export interface ListedName {
  readonly name: string;
  readonly score: number;
  readonly allow: boolean;
}

const stir = (hash: number, code: number): number => {
  const mixed = Math.imul(hash ^ code, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};
const stirOther = (hash: number, code: number): number => {
  const mixed = Math.imul(hash ^ code, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
};
/** 0 is an empty slot. */
const whole = (hash: number): number => hash >>> 0 || 1;

const lower = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/** @param seeds two numbers of 32 bits, by chance */
export function nameTable(names: readonly ListedName[], seeds: readonly [number, number]): NameTable {
  let size = 1;
  while (size < 2 * names.length + 1) size *= 2;
  const slots = new Uint32Array(new SharedArrayBuffer(8 * size));
  const score = new Uint8Array(new SharedArrayBuffer(size));
  for (const one of names) {
    let [a, b] = seeds;
    for (let i = one.name.length - 1; i >= 0; i--) {
      a = stir(a, one.name.charCodeAt(i));
      b = stirOther(b, one.name.charCodeAt(i));
    }
    const slot = find(slots, whole(a), whole(b));
    slots[2 * slot] = whole(a);
    slots[2 * slot + 1] = whole(b);
    score[slot] = one.allow ? ALLOWED : Math.max(score[slot] as number, one.score);
  }
  return { slots, score, seeds };
}

/**
 * The highest score of a name: of itself, and of all `*.` above it. Hashed from its end, so that one pass has them all;
 * allocates nothing.
 * @returns 0 when it is not listed, or allowed
 */
export function nameScore({ slots, score, seeds }: NameTable, name: string): number {
  let [a, b] = seeds;
  let end = name.length - 1;
  if (name.charCodeAt(end) === DOT) end--;
  let best = 0;
  for (let i = end; i >= 0; i--) {
    const code = lower(name.charCodeAt(i));
    a = stir(a, code);
    b = stirOther(b, code);
    const last = i === 0;
    if (!last && code !== DOT) continue;
    // Behind a dot all names below are meant, which the star stands for.
    const found = last
      ? score[find(slots, whole(a), whole(b))]
      : score[find(slots, whole(stir(a, STAR)), whole(stirOther(b, STAR)))];
    if (found === ALLOWED) return 0;
    if (found !== undefined && found > best) best = found;
  }
  return best;
}

/** The slot of these hashes, or the empty one where they belong. */
function find(slots: Uint32Array, a: number, b: number): number {
  const mask = slots.length / 2 - 1;
  let slot = a & mask;
  while (slots[2 * slot] !== 0 && (slots[2 * slot] !== a || slots[2 * slot + 1] !== b)) slot = (slot + 1) & mask;
  return slot;
}
