import { ABSENT } from '../../event/event.js';

const LETTERS = 'FSRPAUEC';

/** Bits of WatchGuard's `SA`; `ABSENT` when a character is no flag. */
export function letterFlags(line: string, from: number, to: number): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const bit = LETTERS.indexOf(line[i]!);
    if (bit < 0) return ABSENT;
    bits |= 1 << bit;
  }
  return bits;
}
