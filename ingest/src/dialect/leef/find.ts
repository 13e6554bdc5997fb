import { leads } from '../fields/lead.js';
import { codeAt, EQUALS } from '../scan.js';

/** What the last `findLeef` found. */
export const found = {
  /** Where the vendor, product, version and event id start, and behind them the attributes. */
  starts: new Int32Array(5),
  /** What parts the attributes. */
  separator: 9,
};

/** Further right no head reaches, and no header is longer. */
const SEARCH_LIMIT = 512;
const HEADER_LIMIT = 1024;
const BAR = 124;
const TAB = 9;

/** Finds `LEEF:1.0|Vendor|Product|Version|Event|` or `LEEF:2.0|…|^|` behind a syslog head, into `found`. */
export function findLeef(line: string): boolean {
  const tag = line.indexOf('LEEF:');
  if (tag < 0 || tag > SEARCH_LIMIT || !leads(line, tag)) return false;
  const two = line.startsWith('2.0|', tag + 5);
  if (!two && !line.startsWith('1.0|', tag + 5)) return false;
  found.starts[0] = tag + 9;
  let part = 0;
  const end = Math.min(line.length, tag + HEADER_LIMIT);
  for (let i = tag + 9; i < end && part < 4; i++) if (line.charCodeAt(i) === BAR) found.starts[++part] = i + 1;
  if (part < 4) return false;
  found.separator = 0;
  if (two) readSeparator(line, found.starts[4]!);
  if (found.separator === 0) found.separator = separatorIn(line, found.starts[4]!);
  return true;
}

/** `^|`, `x09|` or `0x09|`: the separator of version 2, a character or its number. */
function readSeparator(line: string, at: number): void {
  const bar = line.indexOf('|', at + 1);
  const length = bar - at;
  if (bar < 0 || length > 4) return;
  if (length === 1) found.separator = line.charCodeAt(at);
  else {
    const hex = line.substring(line.indexOf('x', at) + 1, bar);
    const code = Number.parseInt(hex, 16);
    if (!(code > 0 && code < 128)) return;
    found.separator = code;
  }
  found.starts[4] = bar + 1;
}

/** A tab as the format has it, or what vendors write in its place. */
function separatorIn(line: string, at: number): number {
  for (let i = at; i < line.length; i++) {
    const c = line.charCodeAt(i);
    if (c === TAB || c === BAR || c === 94) return c;
  }
  return TAB;
}

/** Index of the equals sign behind the key at `at`, or -1 when `end` comes first. */
export function keyEnd(line: string, at: number, end: number): number {
  for (let i = at; i < end; i++) if (codeAt(line, i) === EQUALS) return i;
  return -1;
}
