import type { Context } from '../dialect.js';
import { codeAt, SPACE } from '../scan.js';
import { BAD_TIME, inRange, isClock, isDay, utcOf, zonedTime } from '../syslog/clock.js';
import { clock, isYear, readClock, two, yearAt } from '../syslog/parts.js';
import { STAMP } from './find.js';

const DASH = 45;
const PLUS = 43;

/** UTC ms of `line[0, end)`: the sender's wall clock and how far its zone is off, `+01:00`, `-05:00`, `01:00`; else its zone is the context's. */
export function timeOf(line: string, end: number, context: Context): number {
  const month = two(line, 5) - 1;
  const day = two(line, 8);
  if (!isYear(line, 0) || readClock(line, 11) !== STAMP) return BAD_TIME;
  const { hour, minute, second } = clock;
  let i = STAMP;
  while (codeAt(line, i) === SPACE) i++;
  if (i === end) return zonedTime(context, yearAt(line, 0), month, day, hour, minute, second, 0);
  const west = codeAt(line, i) === DASH;
  if (west || codeAt(line, i) === PLUS) i++;
  const hours = two(line, i);
  const minutes = two(line, codeAt(line, i + 2) === 58 ? i + 3 : i + 2);
  if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) return BAD_TIME;
  if (!isDay(yearAt(line, 0), month, day) || !isClock(hour, minute, second)) return BAD_TIME;
  const offset = (west ? -1 : 1) * (hours * 60 + minutes);
  return inRange(utcOf(yearAt(line, 0), month, day, hour, minute - offset, second));
}
