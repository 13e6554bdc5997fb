import type { Context } from './dialect.js';
import { codeAt, cursor, decimal, MAX_UINT32, skipSpaces, SPACE, startsAt } from './scan.js';
import { newHead, readHead } from './syslog/head.js';

/**
 * Syslog daemons fold equal lines into one. rsyslog and systemd put the line into the fold
 * (`message repeated 3 times: [ … ]`), which dialects unfold with `openRepeat`; others only say how often the
 * line before came again, which takes the reader's memory: `repeatOf`.
 */

const BRACKETED = 'message repeated ';

/** What the last `openRepeat` found: the inner line is `line[at, end)` and stands for `count` events. */
export const repeat = { count: 1, at: 0, end: 0 };

/** Whether `message repeated N times: [ … ]` starts at `at`; then `repeat` is set. `end` is the line's. */
export function openRepeat(line: string, at: number, end: number): boolean {
  if (!startsAt(line, at, BRACKETED)) return false;
  const count = decimal(line, at + BRACKETED.length, end, MAX_UINT32);
  let i = cursor.at;
  if (count < 1) return false;
  if (line.startsWith(' times: [', i)) i += 9;
  else if (line.startsWith(' time: [', i)) i += 8;
  else return false;
  i = skipSpaces(line, i);
  let last = end;
  while (last > i && line.charCodeAt(last - 1) === SPACE) last--;
  if (last > i && line.charCodeAt(last - 1) === 93) last--;
  repeat.count = count;
  repeat.at = i;
  repeat.end = last;
  return true;
}

const head = newHead();
/** Times do not matter here; only where the message starts does. */
const NO_CONTEXT: Context = { received: 0, year: undefined, toUtc: Date.UTC, actionOf: () => 'unknown' };

/**
 * How many more times the line before this one was seen, by a line that says only that: `last message repeated
 * N times`, `--- last message repeated 1 time ---`, `Last message '…' repeated N times, suppressed by …`.
 * 0 for every other line. The words must start the message, so that none can be forged inside another line.
 */
export function repeatOf(line: string): number {
  if (!line.includes(' repeated ')) return 0;
  readHead(line, NO_CONTEXT, head);
  // Without a host the head takes `last` for one.
  return countAt(line, head.at) || countAt(line, head.hostStart);
}

function countAt(line: string, at: number): number {
  let i = at;
  if (line.startsWith('kernel: ', i)) i += 8;
  if (line.startsWith('--- ', i)) i += 4;
  if ((codeAt(line, i) | 32) !== 108 || !line.startsWith('ast message ', i + 1)) return 0;
  i += 13;
  // syslog-ng quotes the message, and that may hold anything: only what follows its last quote counts.
  if (codeAt(line, i) === 39) i = line.lastIndexOf("' repeated ") + 2;
  if (!line.startsWith('repeated ', i)) return 0;
  const count = decimal(line, i + 9, line.length, MAX_UINT32);
  return count > 0 && line.startsWith(' time', cursor.at) ? count : 0;
}
