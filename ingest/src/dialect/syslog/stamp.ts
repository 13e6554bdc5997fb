import type { Context } from '../dialect.js';
import { CLOSE, codeAt, COLON, cursor, decimal, isDigit, SLASH, SPACE } from '../scan.js';
import { inRange, timeOfDay, yearlessTime, zonedTime } from './clock.js';
import { clock, isYear, monthAt, readClock, readFraction, stamp, two, yearAt } from './parts.js';

/** Stamps without a zone, mostly without a year. Readers return the index after the stamp, or `at` when there is none. */

/** `Nov  2 03:04:05`, `Nov 2 2026 03:04:05.678`, `Nov 02 03:04:05 2026`. */
export function readBsd(line: string, at: number, context: Context): number {
  const month = monthAt(line, at);
  if (month < 0 || codeAt(line, at + 3) !== SPACE) return at;
  let i = at + 4;
  if (codeAt(line, i) === SPACE) i++;
  let day = codeAt(line, i) - 48;
  if (!(day >= 0 && day <= 9)) return at;
  i++;
  if (isDigit(codeAt(line, i))) day = day * 10 + codeAt(line, i++) - 48;
  if (codeAt(line, i) !== SPACE) return at;
  i++;
  let year = 0;
  if (isYear(line, i) && codeAt(line, i + 4) === SPACE) {
    year = yearAt(line, i);
    i += 5;
  }
  const end = readClock(line, i);
  if (end === i) return at;
  i = end;
  if (year === 0 && codeAt(line, i) === SPACE && isYear(line, i + 1) && isYearEnd(line, i + 5)) {
    // dmesg -T and logread write the year last. A host name of four digits would have to look like a year.
    const last = yearAt(line, i + 1);
    if (last >= 1970 && last <= 2105) {
      year = last;
      i += 5;
    }
  }
  return finish(i, context, year, month, day);
}

/** A space, a bracket, or a colon and a space: `2001:db8::1` is a host and no year. */
function isYearEnd(line: string, at: number): boolean {
  const c = codeAt(line, at);
  return c === SPACE || c === CLOSE || (c === COLON && codeAt(line, at + 1) === SPACE);
}

/** RouterOS on the device itself: `nov/22 03:04:05`, `nov/22/2026 03:04:05`. */
export function readRouterOs(line: string, at: number, context: Context): number {
  const month = monthAt(line, at);
  const day = two(line, at + 4);
  if (month < 0 || day < 0 || codeAt(line, at + 3) !== SLASH) return at;
  let i = at + 6;
  let year = 0;
  if (codeAt(line, i) === SLASH && isYear(line, i + 1)) {
    year = yearAt(line, i + 1);
    i += 5;
  }
  if (codeAt(line, i) !== SPACE) return at;
  const end = readClock(line, i + 1);
  if (end === i + 1) return at;
  return finish(end, context, year, month, day);
}

/** Sets `stamp.time` from `clock` and a date whose year is 0 when it was not written. */
function finish(end: number, context: Context, year: number, month: number, day: number): number {
  const { hour, minute, second, ms } = clock;
  stamp.time =
    year > 0
      ? zonedTime(context, year, month, day, hour, minute, second, ms)
      : yearlessTime(context, month, day, hour, minute, second, ms);
  return end;
}

/** `03:04:05`, the time of today's lines in RouterOS. */
export function readTimeOfDay(line: string, at: number, context: Context): number {
  const end = readClock(line, at);
  if (end === at || codeAt(line, end) !== SPACE) return at;
  stamp.time = timeOfDay(context, clock.hour, clock.minute, clock.second, clock.ms);
  return end;
}

/** `1795312860.123456`: ten digits of seconds since the epoch, as `journalctl -o short-unix` writes. */
export function readEpoch(line: string, at: number): number {
  const seconds = decimal(line, at, Math.min(line.length, at + 11), 9_999_999_999);
  if (cursor.at !== at + 10) return at;
  const i = readFraction(line, cursor.at);
  if (codeAt(line, i) !== SPACE) return at;
  stamp.time = inRange(seconds * 1000 + clock.ms);
  return i;
}
