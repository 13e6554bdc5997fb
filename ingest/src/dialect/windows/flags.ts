const LETTERS = 'FSRPAUEC';

/** Bits of `SA` or `AP` in `line[from, to)`: FIN SYN RST PSH ACK URG ECE CWR; `0` is none. -1 when a letter is no flag. */
export function readFlags(line: string, from: number, to: number): number {
  if (to === from + 1 && line.charCodeAt(from) === 48) return 0;
  let bits = 0;
  for (let i = from; i < to; i++) {
    const bit = LETTERS.indexOf(line[i]!);
    if (bit < 0) return -1;
    bits |= 1 << bit;
  }
  return bits;
}
