import type { Keys } from '../keys.js';
import { codeAt, EQUALS, SPACE } from '../scan.js';
import type { Fields } from './fields.js';

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Finds the known fields in `key=value key="some value"` of `line[at, end)`, by one pass. A quote ends a value only where a
 * space or the line's end follows it: URLs hold quotes that nobody escaped. `separator` is the character between pairs.
 */
export function readPairs<Field extends number>(
  line: string,
  at: number,
  end: number,
  keys: Keys<Field>,
  fields: Fields<Field>,
  separator = SPACE
): void {
  let i = at;
  while (i < end) {
    const start = i;
    let c = 0;
    while (i < end && (c = line.charCodeAt(i)) !== EQUALS && c !== separator) i++;
    if (i >= end || c === separator) {
      i++;
      continue;
    }
    const field = keys.find(line, start, i);
    i++;
    let from = i;
    let to: number;
    let closed: boolean;
    if (codeAt(line, i) === QUOTE) {
      from = i + 1;
      to = quoteEnd(line, from, end, separator);
      closed = to < end;
      i = to + 1;
    } else {
      while (i < end && line.charCodeAt(i) !== separator) i++;
      to = i;
      closed = to < end;
    }
    if (field !== -1) fields.put(field, from, to, closed);
  }
}

/** Index of the quote that ends the value at `from`, or `end`. */
function quoteEnd(line: string, from: number, end: number, separator: number): number {
  for (let i = line.indexOf('"', from); i >= 0 && i < end; i = line.indexOf('"', i + 1)) {
    if (codeAt(line, i - 1) === BACKSLASH && i > from) continue;
    if (i + 1 === end || codeAt(line, i + 1) === separator) return i;
  }
  return end;
}
