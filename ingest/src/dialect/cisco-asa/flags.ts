import { ABSENT } from '../../event/event.js';

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** Bits of `SYN`, `FIN PSH ACK ` or `URG+SYN+RST` in `line[from, to)`; `ABSENT` when a word in it is no flag. */
export function readFlags(line: string, from: number, to: number): number {
  let bits = 0;
  let i = from;
  while (i < to) {
    const c = line.charCodeAt(i);
    if (c === 32 || c === 43 || c === 44) {
      i++;
      continue;
    }
    const bit = FLAGS.findIndex((flag) => line.startsWith(flag, i));
    if (bit < 0 || i + 3 > to) return ABSENT;
    bits |= 1 << bit;
    i += 3;
  }
  return bits;
}
