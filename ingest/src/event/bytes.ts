/**
 * Writing TabSeparated text straight into bytes: each function writes at `p` and returns the position behind it.
 * The caller reserves room beforehand; nothing here allocates. Strings hold one character a byte (latin1), so that
 * what was received goes out unchanged, be it valid UTF-8 or not.
 */
export const TAB = 9;
export const LF = 10;
const CR = 13;
const BACKSLASH = 92;

/** Letters of the escapes `\0 \b \t \n \f \r \\` and, inside a map, `\'`; 0 for bytes that are written as they are. */
const ESCAPES = new Uint8Array(256);
ESCAPES[0] = 48;
ESCAPES[8] = 98;
ESCAPES[TAB] = 116;
ESCAPES[LF] = 110;
ESCAPES[12] = 102;
ESCAPES[CR] = 114;
ESCAPES[BACKSLASH] = BACKSLASH;
const ESCAPES_QUOTED = ESCAPES.slice();
ESCAPES_QUOTED[39] = 39;

/** A whole number from 0 to 2^53-1. */
export function uint(bytes: Uint8Array, p: number, value: number): number {
  if (value < 10) {
    bytes[p] = 48 + value;
    return p + 1;
  }
  if (value > 0x7fffffff) return uintLarge(bytes, p, value);
  let digits = 2;
  for (let limit = 100; digits < 10 && value >= limit; limit *= 10) digits++;
  const end = p + digits;
  for (let at = end - 1, rest = value | 0; at >= p; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

function uintLarge(bytes: Uint8Array, p: number, value: number): number {
  const high = Math.floor(value / 1e9);
  const start = uint(bytes, p, high);
  let rest = (value - high * 1e9) | 0;
  for (let at = start + 8; at >= start; at--) {
    const tenth = (rest / 10) | 0;
    bytes[at] = 48 + rest - tenth * 10;
    rest = tenth;
  }
  return start + 9;
}

/** A Nullable number: negative is NULL. */
export function nullable(bytes: Uint8Array, p: number, value: number): number {
  if (value >= 0) return uint(bytes, p, value);
  bytes[p] = BACKSLASH;
  bytes[p + 1] = 78;
  return p + 2;
}

/** DateTime64(3) as seconds and milliseconds since the epoch: `1795132800.252`, always ten digits before the point. */
export function timestamp(bytes: Uint8Array, p: number, ms: number): number {
  let seconds = Math.floor(ms / 1000);
  const rest = (ms - seconds * 1000) | 0;
  for (let at = p + 9; at >= p; at--) {
    const tenth = Math.floor(seconds / 10);
    bytes[at] = 48 + seconds - tenth * 10;
    seconds = tenth;
  }
  bytes[p + 10] = 46;
  bytes[p + 11] = 48 + ((rest / 100) | 0);
  bytes[p + 12] = 48 + (((rest / 10) | 0) % 10);
  bytes[p + 13] = 48 + (rest % 10);
  return p + 14;
}

/** Text that is known to need no escape (validated addresses, own names). */
export function ascii(bytes: Uint8Array, p: number, text: string): number {
  const length = text.length;
  for (let i = 0; i < length; i++) bytes[p + i] = text.charCodeAt(i);
  return p + length;
}

/** Text from a line, escaped. Room for twice its length must be there. */
export function escaped(bytes: Uint8Array, p: number, text: string): number {
  return escapeInto(bytes, p, text, ESCAPES);
}

/** Text inside the single quotes of a map's key or value. */
export function quoted(bytes: Uint8Array, p: number, text: string): number {
  bytes[p] = 39;
  const at = escapeInto(bytes, p + 1, text, ESCAPES_QUOTED);
  bytes[at] = 39;
  return at + 1;
}

function escapeInto(bytes: Uint8Array, p: number, text: string, table: Uint8Array): number {
  const length = text.length;
  let at = p;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i) & 255;
    const letter = table[code] as number;
    if (letter !== 0) bytes[at++] = BACKSLASH;
    bytes[at++] = letter !== 0 ? letter : code;
  }
  return at;
}

/** A piece of received bytes, escaped. Room for twice its length must be there. */
export function escapedBytes(bytes: Uint8Array, p: number, from: Uint8Array, start: number, end: number): number {
  let at = p;
  for (let i = start; i < end; i++) {
    const code = from[i] as number;
    const letter = ESCAPES[code] as number;
    if (letter !== 0) bytes[at++] = BACKSLASH;
    bytes[at++] = letter !== 0 ? letter : code;
  }
  return at;
}

/** Whether a piece of bytes holds one that must be escaped; line feeds are not looked for. */
export function needsEscape(bytes: Buffer, start: number, end: number): boolean {
  for (const code of [TAB, BACKSLASH, CR, 0, 8, 12]) {
    const at = bytes.indexOf(code, start);
    if (at >= 0 && at < end) return true;
  }
  return false;
}
