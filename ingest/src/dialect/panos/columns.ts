import { Fields } from '../fields/fields.js';

/** More than any version writes; what is beyond is left out. */
const LIMIT = 160;

const COMMA = 44;
const QUOTE = 34;

/** The columns of the line split last, by their numbers from 0. */
export const columns = new Fields<number>(LIMIT);

/** How many there are. */
export let count = 0;

/** Takes `line[at, end)` apart at its commas; a column in quotes is kept without them, and may hold commas and `""`. */
export function split(line: string, at: number, end: number): void {
  columns.clear();
  count = 0;
  let i = at;
  while (count < LIMIT) {
    let from = i;
    let to: number;
    let closed = true;
    if (i < end && line.charCodeAt(i) === QUOTE) {
      from = i + 1;
      to = quoteEnd(line, from, end);
      closed = to < end;
      i = Math.min(to + 1, end);
      // What follows the quote is none of the column's.
      while (i < end && line.charCodeAt(i) !== COMMA) i++;
    } else {
      while (i < end && line.charCodeAt(i) !== COMMA) i++;
      to = i;
      closed = to < end;
    }
    columns.put(count++, from, to, closed);
    if (i >= end) return;
    i++;
  }
}

/** Index of the quote that is not doubled, or `end`. */
function quoteEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end) {
    if (line.charCodeAt(i) !== QUOTE) i++;
    else if (i + 1 < end && line.charCodeAt(i + 1) === QUOTE) i += 2;
    else return i;
  }
  return end;
}
