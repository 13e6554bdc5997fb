import { codeAt, COLON, isDigit } from '../scan.js';

/** What the stamps of every daemon are made of. Readers take an index and return the one after, or `at` for none. */

/** Result of the last stamp reader: UTC ms, or `BAD_TIME` when it has the form of a stamp but is no time. */
export const stamp = { time: 0 };

/** Two digits as a number; -1 when they are none. */
export function two(line: string, at: number): number {
  const tens = codeAt(line, at) - 48;
  const ones = codeAt(line, at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** The clock read last. */
export const clock = { hour: 0, minute: 0, second: 0, ms: 0 };

/** `hh:mm:ss` with an optional fraction after `.` or `,`, into `clock`; `at` when it is none. */
export function readClock(line: string, at: number): number {
  if (codeAt(line, at + 2) !== COLON || codeAt(line, at + 5) !== COLON) return at;
  clock.hour = two(line, at);
  clock.minute = two(line, at + 3);
  clock.second = two(line, at + 6);
  if (clock.hour < 0 || clock.minute < 0 || clock.second < 0) return at;
  return readFraction(line, at + 8);
}

/** `.678901` or `,678`: its milliseconds into `clock.ms`, 0 when there is none. */
export function readFraction(line: string, at: number): number {
  clock.ms = 0;
  const c = codeAt(line, at);
  if ((c !== 46 && c !== 44) || !isDigit(codeAt(line, at + 1))) return at;
  let i = at + 1;
  for (let weight = 100; isDigit(codeAt(line, i)); i++) {
    clock.ms += weight * (codeAt(line, i) - 48);
    weight = weight === 100 ? 10 : weight === 10 ? 1 : 0;
  }
  return i;
}

/** Three letters in lower case as one number. */
const letters = (text: string, at: number): number =>
  ((codeAt(text, at) | 32) << 16) | ((codeAt(text, at + 1) | 32) << 8) | (codeAt(text, at + 2) | 32);

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').map((name) => letters(name, 0));

/** Month 0-11 of its English three letters in any case, -1 when they are none. */
export const monthAt = (line: string, at: number): number => MONTHS.indexOf(letters(line, at));

export const isYear = (line: string, at: number): boolean => two(line, at) >= 0 && two(line, at + 2) >= 0;
export const yearAt = (line: string, at: number): number => two(line, at) * 100 + two(line, at + 2);
