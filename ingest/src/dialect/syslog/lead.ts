import { CLOSE, codeAt, COLON, isDigit, OPEN, SPACE } from '../scan.js';

/** Longest head that is believed: PRI, stamp, zone, host, relay and structured data. */
const LEAD_LIMIT = 512;
const WORD_LIMIT = 14;

/**
 * Whether `line[0, at)` can be what syslog puts before a message. It is asked before a tag found in the line is taken
 * for the program's, so that the same words in someone's URL or user name claim nothing: no quote, brace, equals or
 * bar may stand outside structured data, and no other program's `name:`.
 */
export function mayLead(line: string, at: number): boolean {
  if (at > LEAD_LIMIT) return false;
  let words = 0;
  let wordStart = 0;
  for (let i = 0; i < at; i++) {
    const c = line.charCodeAt(i);
    if (c === OPEN) {
      const close = closing(line, i, at);
      if (close < 0) return false;
      i = close;
    } else if (c === SPACE) {
      if (isTag(line, wordStart, i) || ++words > WORD_LIMIT) return false;
      wordStart = i + 1;
    } else if (
      c === 34 ||
      c === 39 ||
      c === 61 ||
      c === 123 ||
      c === 124 ||
      c === 40 ||
      (c === 44 && !isDigit(codeAt(line, i + 1)))
    ) {
      return false;
    }
  }
  return true;
}

/** `sshd[811]:` or `su:`; not the colon behind a stamp or a zone, before a stamp, or on its own. */
function isTag(line: string, from: number, to: number): boolean {
  if (to - from < 2 || line.charCodeAt(to - 1) !== COLON) return false;
  return !isDigit(line.charCodeAt(from)) && line.charCodeAt(from) !== 60;
}

/** Index of the bracket that closes the one at `at`, quoted ones passed over; -1 when there is none before `end`. */
function closing(line: string, at: number, end: number): number {
  let quoted = false;
  for (let i = at + 1; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === 34 && line.charCodeAt(i - 1) !== 92) quoted = !quoted;
    else if (c === CLOSE && !quoted) return i;
  }
  return -1;
}
