import type { Context } from '../dialect.js';
import { codeAt, COLON, SLASH, SPACE } from '../scan.js';
import { BAD_TIME, inRange, isClock, isDay, utcOf, zonedTime } from './clock.js';
import { clock, isYear, monthAt, readClock, stamp, two, yearAt } from './parts.js';

/** Stamps with a year and, mostly, a zone. Readers return the index after the stamp, or `at` when there is none. */

const DASH = 45;
const PLUS = 43;

/** `2026-11-22T03:04:05.678901+01:00`: with a space for the T, a comma in the fraction, any usual zone or none. */
export function readIso(line: string, at: number, context: Context): number {
  if (codeAt(line, at + 4) !== DASH || codeAt(line, at + 7) !== DASH || !isYear(line, at)) return at;
  const month = two(line, at + 5) - 1;
  const day = two(line, at + 8);
  const separator = codeAt(line, at + 10);
  if (month < -1 || day < 0 || (separator !== SPACE && (separator | 32) !== 116)) return at;
  const i = readClock(line, at + 11);
  if (i === at + 11) return at;
  return finish(line, i, context, yearAt(line, at), month, day);
}

/** Reads the zone after a date and `clock`, and sets `stamp.time`. */
function finish(line: string, at: number, context: Context, year: number, month: number, day: number): number {
  const end = readZone(line, at);
  const { hour, minute, second, ms } = clock;
  if (!zone.known) stamp.time = zonedTime(context, year, month, day, hour, minute, second, ms);
  else if (!isDay(year, month, day) || !isClock(hour, minute, second) || !zone.valid) stamp.time = BAD_TIME;
  else stamp.time = inRange(utcOf(year, month, day, hour, minute - zone.minutes, second) + ms);
  return end;
}

/** Minutes east of Greenwich of the last `readZone`, if `known`; not `valid` when no zone is that far off. */
const zone = { known: false, valid: true, minutes: 0 };

/** `Z`, `+01:00`, `+0100`, `+01`, ` +0100`, ` UTC`. */
function readZone(line: string, at: number): number {
  let i = at;
  zone.known = false;
  zone.valid = true;
  zone.minutes = 0;
  let c = codeAt(line, i);
  if ((c | 32) === 122) {
    zone.known = true;
    return i + 1;
  }
  if (c === SPACE) {
    if (line.startsWith('UTC ', i + 1) || line.startsWith('GMT ', i + 1)) {
      zone.known = true;
      return i + 4;
    }
    c = codeAt(line, i + 1);
    if ((c !== PLUS && c !== DASH) || !isYear(line, i + 2)) return at;
    i++;
  }
  if ((c !== PLUS && c !== DASH) || two(line, i + 1) < 0) return at;
  const hours = two(line, i + 1);
  i += 3;
  let minutes = 0;
  const colon = codeAt(line, i) === COLON ? 1 : 0;
  if (two(line, i + colon) >= 0) {
    minutes = two(line, i + colon);
    i += 2 + colon;
  }
  zone.known = true;
  zone.valid = hours <= 15 && minutes < 60;
  zone.minutes = (c === DASH ? -1 : 1) * (hours * 60 + minutes);
  return i;
}

/** `22/Nov/2026:03:04:05 +0100`, as Proxmox and web servers write it. */
export function readClf(line: string, at: number, context: Context): number {
  const month = monthAt(line, at + 3);
  if (month < 0 || codeAt(line, at + 2) !== SLASH || codeAt(line, at + 6) !== SLASH) return at;
  if (two(line, at) < 0 || !isYear(line, at + 7) || codeAt(line, at + 11) !== COLON) return at;
  const i = readClock(line, at + 12);
  if (i === at + 12) return at;
  return finish(line, i, context, yearAt(line, at + 7), month, two(line, at));
}
