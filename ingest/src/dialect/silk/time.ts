import { secondsMs } from '../fields/seconds.js';
import { codeAt, SLASH } from '../scan.js';
import { BAD_TIME, inRange, isClock, isDay, utcOf } from '../syslog/clock.js';
import { clock, isYear, readClock, two, yearAt } from '../syslog/parts.js';

const DASH = 45;
const SPACE = 32;
const T = 84;

/**
 * UTC ms of what fills `line[from, to)` in any of rwcut's formats: `2026/11/22T03:04:05.678`, `2026-11-22 03:04:05.678`,
 * `11/22/2026 03:04:05.678`, seconds since the epoch. SiLK's times are UTC, unless it was built for local time.
 */
export function timeOf(line: string, from: number, to: number): number {
  const american = codeAt(line, from + 2) === SLASH;
  const dash = american ? SLASH : codeAt(line, from + 4);
  if (dash !== SLASH && dash !== DASH) {
    const ms = secondsMs(line, from, to);
    return ms < 0 ? BAD_TIME : inRange(ms);
  }
  const year = american ? from + 6 : from;
  const month = american ? from : from + 5;
  if (!isYear(line, year) || codeAt(line, month + 2) !== dash) return BAD_TIME;
  const between = codeAt(line, from + 10);
  if (between !== T && between !== SPACE) return BAD_TIME;
  if (readClock(line, from + 11) !== to) return BAD_TIME;
  const { hour, minute, second, ms } = clock;
  const day = two(line, month + 3);
  if (!isDay(yearAt(line, year), two(line, month) - 1, day) || !isClock(hour, minute, second)) return BAD_TIME;
  return inRange(utcOf(yearAt(line, year), two(line, month) - 1, day, hour, minute, second) + ms);
}
