import type { Context } from '../dialect.js';

/** Wall-clock times to UTC milliseconds, without Date objects. */

const DAY = 86_400_000;
const HOUR = 3_600_000;

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
  return inRange(context.toUtc(year, month, day, hour, minute, second, ms));
}

/** Year of the line before: tried first, and only a shortcut. */
let lastYear = 1970;

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
  const latest = context.received + DAY;
  if (isDay(lastYear, month, day)) {
    const time = context.toUtc(lastYear, month, day, hour, minute, second, ms);
    if (time <= latest && time > latest - 364 * DAY) return inRange(time);
  }
  // The first year is surely too late. Leap years lie at most eight years apart.
  const newest = Math.floor(latest / (365.2425 * DAY)) + 1972;
  for (let y = newest; y > newest - 12; y--) {
    if (!isDay(y, month, day)) continue;
    const time = context.toUtc(y, month, day, hour, minute, second, ms);
    if (time > latest) continue;
    lastYear = y;
    return inRange(time);
  }
  return BAD_TIME;
}

/**
 * UTC of a stamp without a date: the latest day that puts it no more than an hour after `received`. Without a
 * date only today's lines are written so; an hour forgives a clock that is ahead.
 */
export function timeOfDay(context: Context, hour: number, minute: number, second: number, ms: number): number {
  if (!isClock(hour, minute, second)) return BAD_TIME;
  const latest = context.received + HOUR;
  for (let ahead = 1; ahead >= -2; ahead--) {
    const day = new Date(context.received + ahead * DAY);
    if (Number.isNaN(day.getTime())) return BAD_TIME;
    const time = context.toUtc(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour, minute, second, ms);
    if (time <= latest) return inRange(time);
  }
  return BAD_TIME;
}
