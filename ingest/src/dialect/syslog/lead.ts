import { CLOSE, codeAt, COLON, isDigit, OPEN, skipBom, SPACE } from '../scan.js';
import { monthAt } from './parts.js';

/** Longest head that is believed: PRI, stamp, zone, hosts and structured data. */
const LEAD_LIMIT = 512;
/** Words beside the stamp: zone, host, relay, program. */
const WORD_LIMIT = 4;

const LESS = 60;
const GREATER = 62;
const BRACE = 123;
const COMMA = 44;

/**
 * Whether `line[0, at)` can be what syslog puts before a message. Asked before a tag found in a line is taken for the
 * program's, so that the same words in a URL, a user's name or another program's message claim nothing: only a stamp
 * and a few words may stand there, none of them `sshd[811]:`, a `key=value` or a list.
 */
export function mayLead(line: string, at: number): boolean {
  if (at > LEAD_LIMIT || codeAt(line, 0) === BRACE) return false;
  let i = afterPri(line, skipBom(line, 0));
  // Without stamp and priority a relay's name may stand there, and nothing else.
  let words = i > 0 || isStamp(line, i, wordEnd(line, i, at)) ? 0 : WORD_LIMIT - 1;
  while (i < at) {
    if (line.charCodeAt(i) === SPACE) {
      i++;
      continue;
    }
    if (line.charCodeAt(i) === OPEN) {
      i = elementEnd(line, i, at);
      if (i < 0) return false;
      continue;
    }
    const end = wordEnd(line, i, at);
    if (!isStamp(line, i, end)) {
      if (!isName(line, i, end) || ++words > WORD_LIMIT) return false;
    }
    i = end;
  }
  return true;
}

/** Index after `<134>` or `<134>:` at `at`, or `at`. */
function afterPri(line: string, at: number): number {
  if (codeAt(line, at) !== LESS) return at;
  let i = at + 1;
  while (isDigit(codeAt(line, i))) i++;
  if (i === at + 1 || codeAt(line, i) !== GREATER) return at;
  return codeAt(line, i + 1) === COLON ? i + 2 : i + 1;
}

function wordEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== SPACE) i++;
  return i;
}

/** A part of a stamp: a month, a weekday, digits and what parts them; also RFC 5424's version and `-`. */
function isStamp(line: string, from: number, to: number): boolean {
  const length = to - from;
  if (length === 1 && (line.charCodeAt(from) === 45 || line.charCodeAt(from) === COLON)) return true;
  if (length === 3 && (monthAt(line, from) >= 0 || WEEKDAYS.includes(line.substring(from, to)))) return true;
  if (length > 35 || !(isDigit(codeAt(line, from)) || (length === 5 && '+-'.includes(line[from]!)))) return false;
  for (let i = from; i < to; i++) {
    const c = line.charCodeAt(i);
    if (c === COMMA ? !isDigit(codeAt(line, i + 1)) : !isDigit(c) && !'-:.+/TtZz'.includes(line[i]!)) return false;
  }
  return true;
}

const WEEKDAYS: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A host, relay, zone or program; `su:` and `sshd[811]:` are those of a message that is not the tag's. */
function isName(line: string, from: number, to: number): boolean {
  if (line.charCodeAt(to - 1) === COLON) return false;
  for (let i = from; i < to; i++) {
    const c = line.charCodeAt(i);
    if (c === 61 || c === COMMA || c === 40 || c === 34) return false;
  }
  return true;
}

/** Index after `[id name="value"]` at `at`; -1 when it does not end before `end`. */
function elementEnd(line: string, at: number, end: number): number {
  let quoted = false;
  for (let i = at + 1; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === 34 && line.charCodeAt(i - 1) !== 92) quoted = !quoted;
    else if (c === CLOSE && !quoted) return i + 1;
  }
  return -1;
}
