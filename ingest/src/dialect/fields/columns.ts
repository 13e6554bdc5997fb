import { isText } from '../span.js';
import type { Fields } from './fields.js';

const SPACE = 32;
/** More columns than any log has. */
const LIMIT = 256;

/**
 * Locates the values of `line[at, end)` that `separator` parts, by the field that each column has (-1: not kept). Spaces
 * around a value are padding; one that is `unset` did not come. Returns how many columns there are.
 */
export function splitColumns<Field extends number>(
  line: string,
  at: number,
  end: number,
  separator: string,
  columns: readonly (Field | -1)[],
  fields: Fields<Field>,
  unset = ''
): number {
  fields.clear();
  let start = at;
  let count = 0;
  while (count < LIMIT) {
    const next = line.indexOf(separator, start);
    const stop = next < 0 || next >= end ? end : next;
    const field = count < columns.length ? columns[count]! : -1;
    if (field !== -1) {
      let from = start;
      let to = stop;
      while (from < to && line.charCodeAt(from) === SPACE) from++;
      while (to > from && line.charCodeAt(to - 1) === SPACE) to--;
      if (unset === '' || !isText(line, from, to, unset)) fields.put(field, from, to, stop < end);
    }
    count++;
    if (stop === end) break;
    start = stop + 1;
  }
  return count;
}
