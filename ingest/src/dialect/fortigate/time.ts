import type { Context } from '../dialect.js';
import { epochMs } from '../fields/epoch.js';
import { codeAt, COLON } from '../scan.js';
import { BAD_TIME, inRange, isClock, isDay, utcOf, zonedTime } from '../syslog/clock.js';
import { clock, isYear, readClock, two, yearAt } from '../syslog/parts.js';
import { Field, fields } from './keys.js';

const DASH = 45;
const PLUS = 43;
/** Further apart, one of two clocks is not that of this line. */
const AGREE_MS = 60_000;

/**
 * UTC ms of a line, 0 when it carries none, `BAD_TIME` when it is no time. `eventtime` is finer than date and time, and in
 * UTC; but where both are there, with a zone, and differ, the line was dated by date and time.
 */
export function timeOf(line: string, context: Context): number {
  const event = fields.has(Field.EventTime)
    ? epochMs(line, fields.from(Field.EventTime), fields.to(Field.EventTime))
    : 0;
  if (fields.has(Field.Date) && fields.has(Field.Time)) {
    const zoned = fields.has(Field.Zone);
    if (!zoned && event > 0) return event;
    const written = dateTime(line, context);
    if (event > 0 && Math.abs(event - written) < AGREE_MS) return event;
    return written;
  }
  if (event !== 0) return event;
  return fields.has(Field.Stamp) ? epochMs(line, fields.from(Field.Stamp), fields.to(Field.Stamp)) : 0;
}

/** `date=2026-11-22 time=03:04:05 tz="+0100"`; without `tz` it is the sender's zone. */
function dateTime(line: string, context: Context): number {
  const at = fields.from(Field.Date);
  if (fields.to(Field.Date) !== at + 10 || !isYear(line, at)) return BAD_TIME;
  if (codeAt(line, at + 4) !== DASH || codeAt(line, at + 7) !== DASH) return BAD_TIME;
  const year = yearAt(line, at);
  const month = two(line, at + 5) - 1;
  const day = two(line, at + 8);
  const start = fields.from(Field.Time);
  if (readClock(line, start) !== fields.to(Field.Time)) return BAD_TIME;
  const { hour, minute, second, ms } = clock;
  const east = fields.has(Field.Zone) ? minutesEast(line, fields.from(Field.Zone)) : Number.NaN;
  if (Number.isNaN(east)) return zonedTime(context, year, month, day, hour, minute, second, ms);
  if (!isDay(year, month, day) || !isClock(hour, minute, second)) return BAD_TIME;
  return inRange(utcOf(year, month, day, hour, minute - east, second) + ms);
}

/** Minutes of `+0530`, `-03:30`; NaN when it is no zone. */
function minutesEast(line: string, at: number): number {
  const sign = codeAt(line, at);
  if (sign !== PLUS && sign !== DASH) return Number.NaN;
  const hours = two(line, at + 1);
  const minutes = two(line, codeAt(line, at + 3) === COLON ? at + 4 : at + 3);
  if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) return Number.NaN;
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes);
}
