import type { Head } from './head.js';
import { codeAt, COLON, isDigit, skipSpaces, SPACE } from '../scan.js';

const FACILITIES = new Set(
  (
    'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp security ' +
    'local0 local1 local2 local3 local4 local5 local6 local7'
  ).split(' ')
);
const SEVERITIES = new Set('emerg panic alert crit critical err error warn warning notice info debug'.split(' '));

/** First dot of the last `endOfWord`, -1 without one. */
let dotAt = -1;

/** Index of the space after the word at `at`, or the line's length. */
function endOfWord(line: string, at: number): number {
  dotAt = -1;
  let i = at;
  for (; i < line.length; i++) {
    const c = codeAt(line, i);
    if (c === SPACE) break;
    if (c === 46 && dotAt < 0) dotAt = i;
  }
  return i;
}

/** Whether `line[from, to)`, with its first dot at `dotAt`, is `facility.severity` as busybox and OpenWrt write it. */
function isFacility(line: string, from: number, to: number): boolean {
  if (dotAt <= from || to - from > 20 || isDigit(codeAt(line, from))) return false;
  return FACILITIES.has(line.substring(from, dotAt)) && SEVERITIES.has(line.substring(dotAt + 1, to));
}

/** Whether a word cannot be a host name: a tag (`kernel:`), topics (`firewall,info`), or a part of the message. */
function isMessage(line: string, from: number, to: number): boolean {
  const first = codeAt(line, from);
  if (first === 91 || first === 45 || codeAt(line, to - 1) === COLON) return true;
  for (let i = from; i < to; i++) {
    const c = codeAt(line, i);
    if (c === 61 || c === 44 || c === 40 || c === 34) return true;
  }
  return false;
}

function sameWord(line: string, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (codeAt(line, a + i) !== codeAt(line, b + i)) return false;
  return true;
}

/**
 * Host name after a stamp, into `head`; returns where the message starts. A facility word is skipped, and a
 * name that stands twice (UniFi) is skipped once.
 */
export function readHost(line: string, at: number, head: Head): number {
  let end = endOfWord(line, at);
  if (end === at || end === line.length) return at;
  if (isFacility(line, at, end)) return skipSpaces(line, end);
  if (isMessage(line, at, end)) return at;
  head.hostStart = at;
  head.hostEnd = end;
  const length = end - at;
  let next = skipSpaces(line, end);
  end = endOfWord(line, next);
  if (end - next === length && end < line.length && sameWord(line, at, next, length)) {
    next = skipSpaces(line, end);
    end = endOfWord(line, next);
  }
  return isFacility(line, next, end) ? skipSpaces(line, end) : next;
}
