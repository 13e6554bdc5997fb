import type { Fields } from '../fields/fields.js';
import type { Keys } from '../keys.js';
import { codeAt, EQUALS, isDigit, SPACE } from '../scan.js';

const BACKSLASH = 92;
const QUOTE = 34;
/** Longer words before an equals sign are no keys. */
const KEY_LIMIT = 64;

/**
 * Finds the known keys in a CEF extension, `line[at, end)`: `key=a value with spaces key=…`. A value ends where a space and
 * the next key stand; an equals sign that belongs to a value is escaped. Values in quotes, which some vendors write, hold
 * no keys. One pass.
 */
export function readExtension<Field extends number>(
  line: string,
  at: number,
  end: number,
  keys: Keys<Field>,
  fields: Fields<Field>
): void {
  let field: Field | -1 = -1;
  let start = at;
  let quotes = true;
  for (let i = line.indexOf('=', at); i >= 0 && i < end; i = line.indexOf('=', i + 1)) {
    if (codeAt(line, i - 1) === BACKSLASH) continue;
    const key = keyStart(line, i, at);
    if (key < 0 || key < start) continue;
    if (field !== -1) put(line, fields, field, start, key, true);
    field = keys.find(line, key, i);
    start = i + 1;
    if (quotes && codeAt(line, start) === QUOTE) {
      const close = quoteEnd(line, start + 1, end);
      // Once none closes, none does further right.
      if (close < 0) quotes = false;
      else {
        if (field !== -1) put(line, fields, field, start + 1, close, true);
        field = -1;
        i = start = close;
      }
    }
  }
  if (field !== -1) put(line, fields, field, start, end, false);
}

/** Puts a value without the spaces around it. */
function put<Field extends number>(
  line: string,
  fields: Fields<Field>,
  field: Field,
  from: number,
  to: number,
  closed: boolean
): void {
  let start = from;
  let stop = to;
  while (start < stop && isBlank(line.charCodeAt(start))) start++;
  while (stop > start && isBlank(line.charCodeAt(stop - 1))) stop--;
  if (closed && line.charCodeAt(stop - 1) === 110 && codeAt(line, stop - 2) === BACKSLASH && stop - 2 >= start) {
    stop -= 2;
    while (stop > start && isBlank(line.charCodeAt(stop - 1))) stop--;
  }
  fields.put(field, start, stop, closed || stop < to);
}

/** Index where the key before the equals sign at `equals` starts, -1 when no key stands there. */
function keyStart(line: string, equals: number, at: number): number {
  let i = equals;
  const limit = Math.max(at, equals - KEY_LIMIT);
  while (i > limit && isKeyCode(line.charCodeAt(i - 1))) i--;
  if (i === equals) return -1;
  if (i === at || isBlank(line.charCodeAt(i - 1))) return i;
  // Check Point parts long lines by `\n`, some relays then write them as these two characters.
  return line.charCodeAt(i - 1) === BACKSLASH && line.charCodeAt(i) === 110 && i + 1 < equals ? i + 1 : -1;
}

const isKeyCode = (c: number): boolean =>
  isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 122) || c === 95 || c === 46 || c === 45 || c === 58;

/** A space, tab or line break. */
const isBlank = (c: number): boolean => c === SPACE || (c >= 9 && c <= 13);

function quoteEnd(line: string, at: number, end: number): number {
  for (let i = line.indexOf('"', at); i >= 0 && i < end; i = line.indexOf('"', i + 1)) {
    if (i + 1 === end || codeAt(line, i + 1) === SPACE) return i;
  }
  return -1;
}

/** `CEF:0|Vendor|Product|Version|Class|Name|Severity|`, located by its bars. */
export const header = {
  /** Where each of the six parts starts, and behind them the extension. */
  starts: new Int32Array(7),
};

export enum Part {
  Vendor,
  Product,
  Version,
  Class,
  Name,
  Severity,
  Extension,
}

/** Longest header that is believed. */
const HEADER_LIMIT = 1024;

/** Reads the header whose first bar is at `bar`; false when it has too few. Bars within a part are escaped. */
export function readHeader(line: string, bar: number): boolean {
  header.starts[Part.Vendor] = bar + 1;
  let part = Part.Vendor as number;
  const end = Math.min(line.length, bar + HEADER_LIMIT);
  for (let i = bar + 1; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === 124) {
      header.starts[++part] = i + 1;
      if (part === Part.Extension) return true;
    } else if (c === EQUALS && part <= Part.Product) return false;
  }
  return false;
}

export const partFrom = (part: Part): number => header.starts[part]!;
export const partTo = (part: Part): number => header.starts[part + 1]! - 1;
export const part = (line: string, which: Part): string =>
  line.substring(partFrom(which), Math.min(partTo(which), partFrom(which) + 128));
