/** In header order, as flow tools and Windows name them. */
const LETTERS = 'FSRPAUEC';

/**
 * Bits of `SA`, `.A..S.` or ` S  A   ` in `line[from, to)`: FIN SYN RST PSH ACK URG ECE CWR; dots, dashes and spaces stand
 * where a flag is not set, `1` and `2` for the two highest, that once were reserved. -1 when a letter is no flag.
 */
export function flagsOfLetters(line: string, from: number, to: number): number {
  let bits = 0;
  for (let i = from; i < to; i++) {
    const letter = line[i]!;
    if (letter === '.' || letter === '-' || letter === ' ') continue;
    const bit = letter === '1' ? 7 : letter === '2' ? 6 : LETTERS.indexOf(letter);
    if (bit < 0) return -1;
    bits |= 1 << bit;
  }
  return bits;
}
