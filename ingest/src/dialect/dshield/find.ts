import { codeAt, COLON, isDigit } from '../scan.js';

const DASH = 45;
const SPACE = 32;
const TAB = 9;

/** `2026-11-22 03:04:05`. */
export const STAMP = 19;

/** Index of the tab behind `2026-11-22 03:04:05 +01:00`, the sign or the whole zone left out or not; -1 when it is none. */
function zoneEnd(line: string): number {
  if (codeAt(line, 4) !== DASH || codeAt(line, 7) !== DASH || codeAt(line, 10) !== SPACE) return -1;
  if (codeAt(line, 13) !== COLON || codeAt(line, 16) !== COLON) return -1;
  if (!isDigit(codeAt(line, 0)) || !isDigit(codeAt(line, 18))) return -1;
  let i = STAMP;
  for (; i < STAMP + 8; i++) {
    const c = codeAt(line, i);
    if (c === TAB) return i;
    if (!isDigit(c) && c !== SPACE && c !== COLON && c !== DASH && c !== 43) return -1;
  }
  return -1;
}

/**
 * Index of the tab behind the stamp of a submission, -1 when the line is none: an author's number, a count and an address
 * follow.
 */
export function findColumns(line: string): number {
  const at = zoneEnd(line);
  if (at < 0) return -1;
  const author = line.indexOf('\t', at + 1);
  if (author < 0) return -1;
  let i = author + 1;
  while (isDigit(codeAt(line, i))) i++;
  if (i === author + 1 || codeAt(line, i) !== TAB) return -1;
  const c = codeAt(line, i + 1) | 32;
  return isDigit(codeAt(line, i + 1)) || (c >= 97 && c <= 102) || codeAt(line, i + 1) === COLON ? at : -1;
}
