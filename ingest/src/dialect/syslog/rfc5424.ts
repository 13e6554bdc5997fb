import type { Context } from '../dialect.js';
import { CLOSE, codeAt, EQUALS, OPEN, skipBom, skipSpaces, SPACE } from '../scan.js';
import type { Head } from './head.js';
import { readIso } from './iso.js';
import { stamp } from './parts.js';

const NIL = 45;
const QUOTE = 34;
const BACKSLASH = 92;

const isNameCode = (c: number): boolean => c > SPACE && c !== EQUALS && c !== CLOSE && c !== QUOTE;

/**
 * Reads `STAMP HOST APP PROCID MSGID SD MSG` from `at`, after the version. Returns where MSG starts, or -1 when
 * it is no such head. https://www.rfc-editor.org/rfc/rfc5424#section-6
 */
export function readRfc5424(line: string, at: number, context: Context, head: Head): number {
  let i = at;
  if (codeAt(line, i) === NIL && codeAt(line, i + 1) === SPACE) {
    i += 2;
  } else {
    const end = readIso(line, i, context);
    if (end === i || codeAt(line, end) !== SPACE) return -1;
    head.time = stamp.time;
    i = end + 1;
  }
  let end = wordEnd(line, i);
  if (end < 0) return -1;
  if (!isNil(line, i, end)) {
    head.hostStart = i;
    head.hostEnd = end;
  }
  i = end + 1;
  end = wordEnd(line, i);
  if (end < 0) return i;
  if (!isNil(line, i, end)) {
    head.appStart = i;
    head.appEnd = end;
  }
  for (let field = 0; field < 2; field++) {
    i = end + 1;
    end = wordEnd(line, i);
    if (end < 0) return i;
    if (field === 0) head.pid = !isNil(line, i, end);
  }
  i = skipStructuredData(line, end + 1);
  i = skipSpaces(line, i);
  return skipBom(line, i);
}

const isNil = (line: string, from: number, to: number): boolean => to === from + 1 && codeAt(line, from) === NIL;

const wordEnd = (line: string, at: number): number => line.indexOf(' ', at);

/**
 * Index after `-` or `[id name="value"]…`; `at` when it is neither, since then the sender left it out and the
 * message's own bracket (`[UFW BLOCK]`) stands there.
 */
export function skipStructuredData(line: string, at: number): number {
  if (codeAt(line, at) === NIL) return at + 1;
  let i = at;
  while (codeAt(line, i) === OPEN) {
    const end = skipElement(line, i);
    if (end < 0) return at;
    i = end;
  }
  return i === line.length || codeAt(line, i) === SPACE ? i : at;
}

/** Index after one `[id name="value" …]`, or -1. */
function skipElement(line: string, at: number): number {
  let i = at + 1;
  while (i < line.length && codeAt(line, i) !== SPACE && codeAt(line, i) !== CLOSE) i++;
  while (codeAt(line, i) === SPACE) {
    i++;
    while (i < line.length && isNameCode(codeAt(line, i))) i++;
    if (codeAt(line, i) !== EQUALS || codeAt(line, i + 1) !== QUOTE) return -1;
    i += 2;
    while (i < line.length && codeAt(line, i) !== QUOTE) i += codeAt(line, i) === BACKSLASH ? 2 : 1;
    if (i >= line.length) return -1;
    i++;
  }
  return codeAt(line, i) === CLOSE ? i + 1 : -1;
}
