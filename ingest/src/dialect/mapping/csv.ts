import { SPACE } from '../scan.js';
import type { CsvShape } from './mapping.js';

/** More columns than any log has. */
const LIMIT = 512;

/** Values of the line split last; as many as `split` returned. */
export const values: string[] = [];

/**
 * Splits `line[at, end)` into `values`, without quotes, and without the spaces around what stands in none. Returns how many
 * there are, -1 when a quote does not end.
 */
export function split(line: string, at: number, end: number, { delimiter, quote }: CsvShape): number {
  let count = 0;
  let i = at;
  while (count < LIMIT) {
    while (delimiter !== ' ' && i < end && line.charCodeAt(i) === SPACE) i++;
    let next: number;
    if (quote !== '' && i < end && line[i] === quote) {
      const close = quoteEnd(line, i + 1, end, quote);
      if (close < 0) return -1;
      const inner = line.substring(i + 1, close);
      values[count++] = inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
      next = line.indexOf(delimiter, close);
    } else {
      next = line.indexOf(delimiter, i);
      let to = next < 0 || next > end ? end : next;
      while (to > i && line.charCodeAt(to - 1) === SPACE) to--;
      values[count++] = line.substring(i, to);
    }
    if (next < 0 || next >= end) return count;
    i = next + 1;
  }
  return count;
}

/** Index of the quote that ends a value: one that is not doubled. */
function quoteEnd(line: string, at: number, end: number, quote: string): number {
  for (let i = line.indexOf(quote, at); i >= 0 && i < end; i = line.indexOf(quote, i + 1)) {
    if (i + 1 < end && line[i + 1] === quote) i++;
    else return i;
  }
  return -1;
}
