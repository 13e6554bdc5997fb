import { cursor, decimal } from '../scan.js';
import { BAD_TIME, inRange } from '../syslog/clock.js';

/** UTC ms of seconds, milliseconds, micro- or nanoseconds since the epoch that fill `line[from, to)`, told by their number of digits. */
export function epochMs(line: string, from: number, to: number): number {
  const digits = to - from;
  const kept = Math.min(digits, 13);
  if (digits !== 10 && digits !== 13 && digits !== 16 && digits !== 19) return BAD_TIME;
  const value = decimal(line, from, from + kept, 9_999_999_999_999);
  if (value < 0 || cursor.at !== from + kept) return BAD_TIME;
  return inRange(digits === 10 ? value * 1000 : value);
}
