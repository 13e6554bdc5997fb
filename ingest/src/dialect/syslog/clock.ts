import type { Context } from '../dialect.js';

/**
 * Wall-clock times to UTC milliseconds, without Date objects. The two one-minute caches hold what the same
 * arguments would compute again; they rely on `toUtc` moving evenly within a minute.
 */

const DAY = 86_400_000;
const MINUTE = 60_000;

/** First millisecond that the store refuses: it holds 1970 to 2105. */
export const TIME_END = 4_291_747_200_000;

/** What a stamp that is none, or one outside 1970-2105, yields. */
export const BAD_TIME = -1;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Whether the calendar has that day; month 0-11. */
export function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 0 && month <= 11) || day < 1) return false;
  return day <= (month === 1 && isLeap(year) ? 29 : DAYS_IN_MONTH[month]!);
}

/** Whether the clock has that time; 60 is a leap second. */
export const isClock = (hour: number, minute: number, second: number): boolean =>
  hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;

/** Days since 1970-01-01 in the Gregorian calendar, month 0-11. */
function daysOf(year: number, month: number, day: number): number {
  // Years start in March here, so that the leap day is the last one.
  const y = month < 2 ? year - 1 : year;
  const m = month < 2 ? month + 10 : month - 2;
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    Math.floor((153 * m + 2) / 5) +
    day -
    719_469
  );
}

/** As Date.UTC, for arguments that are a time already. */
export function utcOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  return daysOf(year, month, day) * DAY + (hour * 3600 + minute * 60 + second) * 1000;
}

/** `time` if the store can hold it, else `BAD_TIME`. */
export const inRange = (time: number): number => (time >= 0 && time < TIME_END ? time : BAD_TIME);

const dated = { key: -1, toUtc: utcOf as Context['toUtc'], base: 0 };

/** UTC of a stamp of the sender's zone that has a year. */
export function zonedTime(
  context: Context,
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number
): number {
  if (!isDay(year, month, day) || !isClock(hour, minute, second)) return BAD_TIME;
  const key = (((year * 12 + month) * 32 + day) * 24 + hour) * 60 + minute;
  if (key !== dated.key || context.toUtc !== dated.toUtc) {
    dated.base = context.toUtc(year, month, day, hour, minute, 0, 0);
    dated.key = key;
    dated.toUtc = context.toUtc;
  }
  return inRange(dated.base + second * 1000 + ms);
}

/** `from` and `to`: for lines received in between, the cached year is the right one. */
const yearless = { key: -1, toUtc: utcOf as Context['toUtc'], base: 0, from: 0, to: 0 };

/**
 * UTC of a stamp of the sender's zone that has no year: `context.year`, or the latest year that puts it no more
 * than one day after `received`. 29 February goes to the latest leap year that does.
 */
export function yearlessTime(
  context: Context,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  ms: number
): number {
  const year = context.year;
  if (year !== undefined) return zonedTime(context, year, month, day, hour, minute, second, ms);
  if (!isDay(2000, month, day) || !isClock(hour, minute, second)) return BAD_TIME;
  const { received, toUtc } = context;
  const key = ((month * 32 + day) * 24 + hour) * 60 + minute;
  const offset = second * 1000 + ms;
  if (key !== yearless.key || toUtc !== yearless.toUtc || received < yearless.from || received >= yearless.to) {
    if (!findYear(received, toUtc, month, day, hour, minute)) return BAD_TIME;
    yearless.key = key;
    yearless.toUtc = toUtc;
  }
  return inRange(yearless.base + offset);
}

/** Sets `yearless.base`, `from` and `to`. The year is decided for the whole minute, by its first moment. */
function findYear(
  received: number,
  toUtc: Context['toUtc'],
  month: number,
  day: number,
  hour: number,
  minute: number
): boolean {
  const latest = received + DAY;
  // Starts in a year that is surely too late, so that `to` is known. Leap years lie at most eight years apart.
  const newest = Math.floor(latest / (365.2425 * DAY)) + 1972;
  let after = Infinity;
  for (let year = newest; year > newest - 12; year--) {
    if (!isDay(year, month, day)) continue;
    const time = toUtc(year, month, day, hour, minute, 0, 0);
    if (time <= latest) {
      yearless.base = time;
      yearless.from = time - DAY;
      yearless.to = after - DAY;
      return true;
    }
    after = time;
  }
  return false;
}

/**
 * UTC of a stamp without a date: the latest day that puts it no more than an hour after `received`. Without a
 * date only today's lines are written so; an hour forgives a clock that is ahead.
 */
export function timeOfDay(context: Context, hour: number, minute: number, second: number, ms: number): number {
  if (!isClock(hour, minute, second)) return BAD_TIME;
  const latest = context.received + 60 * MINUTE;
  for (let ahead = 1; ahead >= -2; ahead--) {
    const day = new Date(context.received + ahead * DAY);
    if (Number.isNaN(day.getTime())) return BAD_TIME;
    const time = context.toUtc(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, minute, second, ms);
    if (time <= latest) return inRange(time);
  }
  return BAD_TIME;
}
