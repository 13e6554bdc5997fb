/**
 * Reading a line in place. `charCodeAt` beyond the end costs the calling function its fast path for good, so that one
 * short line would slow all that follow: where an index may lie there, `codeAt` is asked.
 */

/** Code of the character at `at`, 0 beyond the line. */
export const codeAt = (line: string, at: number): number => (at < line.length ? line.charCodeAt(at) : 0);

export const SPACE = 32;
export const COLON = 58;
export const SLASH = 47;
export const EQUALS = 61;
export const OPEN = 91;
export const CLOSE = 93;

export const isDigit = (c: number): boolean => c >= 48 && c <= 57;

export const MAX_UINT8 = 255;
export const MAX_UINT16 = 65_535;
export const MAX_UINT32 = 4_294_967_295;

/** Where the last call of `decimal` stopped reading. */
export const cursor = { at: 0 };

/**
 * The unsigned decimal number at `at`, or -1 when there is no digit or it is over `max`. Either way `cursor.at`
 * is the first index that is no digit.
 */
export function decimal(line: string, at: number, end: number, max: number): number {
  let i = at;
  let value = 0;
  while (i < end) {
    const digit = line.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) break;
    if (value <= max) value = value * 10 + digit;
    i++;
  }
  cursor.at = i;
  return i === at || value > max ? -1 : value;
}

/** As startsWith, several times faster on the short words of a hot path, above all where they are not. */
export function startsAt(line: string, at: number, word: string): boolean {
  if (at + word.length > line.length) return false;
  for (let i = 0; i < word.length; i++) if (line.charCodeAt(at + i) !== word.charCodeAt(i)) return false;
  return true;
}

/** Index after a UTF-8 byte order mark at `at`, or `at`. */
export const skipBom = (line: string, at: number): number =>
  codeAt(line, at) === 0xef && codeAt(line, at + 1) === 0xbb && codeAt(line, at + 2) === 0xbf ? at + 3 : at;

export function skipSpaces(line: string, at: number): number {
  let i = at;
  while (codeAt(line, i) === SPACE) i++;
  return i;
}

/** Length of the line without the CR, LF and NUL that senders and files leave behind it. Spaces may mean something. */
export function lineEnd(line: string): number {
  let end = line.length;
  while (end > 0) {
    const c = line.charCodeAt(end - 1);
    if (c !== 13 && c !== 10 && c !== 0) break;
    end--;
  }
  return end;
}

/** Index of the space that ends the word at `at`, or `end`. */
export function wordEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== SPACE) i++;
  return i;
}

/** Names go into dictionary-coded columns: the whole of an absurdly long one is in the message only. */
export const NAME_LIMIT = 128;

/** `line[from, to)` as a name, cut to `NAME_LIMIT`. */
export const name = (line: string, from: number, to: number): string =>
  line.substring(from, to - from > NAME_LIMIT ? cutAt(line, from, NAME_LIMIT) : to);

/** `from + limit`, or a little less so that no UTF-8 character is cut in two: a character here is one byte. */
export function cutAt(line: string, from: number, limit: number): number {
  let to = from + limit;
  while (to > from && (line.charCodeAt(to) & 0xc0) === 0x80) to--;
  return to === from ? from + limit : to;
}

/** `line[from, to)` without spaces and control characters at its ends. `trim` would take 0xa0, half a UTF-8 character. */
export function trimmed(line: string, from: number, to: number): string {
  let start = from;
  let end = to;
  while (start < end && line.charCodeAt(start) <= SPACE) start++;
  while (end > start && line.charCodeAt(end - 1) <= SPACE) end--;
  return line.substring(start, end);
}
