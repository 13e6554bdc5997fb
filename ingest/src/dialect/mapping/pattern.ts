import type { Context } from '../dialect.js';
import { codeAt, isDigit } from '../scan.js';
import { BAD_TIME, inRange, isClock, isDay, utcOf, yearlessTime, zonedTime } from '../syslog/clock.js';
import { monthAt } from '../syslog/parts.js';

/** What a pattern may hold behind its percent signs. */
const LETTERS = 'YymdebBHIMSfLpzZaAs%';

/** What has been read of one stamp. */
interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
  /** 12 for the hours after noon, 0 before it, -1 when the clock has 24. */
  noon: number;
  /** Minutes east of Greenwich; NaN when no zone is named. */
  offset: number;
  epoch: number;
}

const parts: Parts = {
  year: 0,
  month: 0,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  ms: 0,
  noon: -1,
  offset: Number.NaN,
  epoch: -1,
};

/** Why a pattern is none, in words; '' when it is one. */
export function patternFault(pattern: string): string {
  const letters = [...pattern.matchAll(/%(.?)/gs)].map((found) => found[1] ?? '');
  const unknown = letters.find((letter) => letter === '' || !LETTERS.includes(letter));
  if (unknown !== undefined) return `%${unknown} is not known: a pattern may hold %${[...LETTERS].join(' %')}`;
  const has = (some: string): boolean => [...some].some((letter) => letters.includes(letter));
  if (has('s')) return '';
  return has('de') && has('mbB') ? '' : 'a pattern needs a day (%d) and a month (%m or %b), or seconds since 1970 (%s)';
}

/**
 * Makes a reader of stamps by a pattern of strptime's letters: `%d/%b/%Y %I:%M:%S.%f %p %z`. It returns UTC ms, or `BAD_TIME`.
 * Numbers may lack leading zeros or have spaces instead. A year that is not written is found as for syslog's stamps.
 */
export function byPattern(pattern: string): (text: string, context: Context) => number {
  const tokens: { readonly letter: string; readonly literal: string }[] = [];
  for (let i = 0; i < pattern.length; i++) {
    const percent = pattern[i] === '%' && pattern[i + 1] !== '%';
    if (pattern[i] === '%') i++;
    tokens.push(percent ? { letter: pattern[i]!, literal: '' } : { letter: '', literal: pattern[i]! });
  }
  return (text, context) => {
    Object.assign(parts, { year: 0, month: 0, day: 1, hour: 0, minute: 0, second: 0, ms: 0, noon: -1, epoch: -1 });
    parts.offset = Number.NaN;
    let at = 0;
    for (const { letter, literal } of tokens) {
      if (letter !== '') at = readPart(text, at, letter);
      else at = text[at] === literal ? at + 1 : -1;
      if (at < 0) return BAD_TIME;
    }
    return at === text.length ? settled(context) : BAD_TIME;
  };
}

function settled(context: Context): number {
  const { year, month, day, minute, second, ms, noon, offset, epoch } = parts;
  if (epoch >= 0) return inRange(epoch * 1000 + ms);
  const hour = noon < 0 ? parts.hour : parts.hour >= 1 && parts.hour <= 12 ? (parts.hour % 12) + noon : -1;
  if (year === 0) return yearlessTime(context, month, day, hour, minute, second, ms);
  if (Number.isNaN(offset)) return zonedTime(context, year, month, day, hour, minute, second, ms);
  if (!isDay(year, month, day) || !isClock(hour, minute, second)) return BAD_TIME;
  return inRange(utcOf(year, month, day, hour, minute - offset, second) + ms);
}

/** Reads what one letter stands for, at `at`; the index behind it, -1 when it is not there. */
function readPart(text: string, at: number, letter: string): number {
  switch (letter) {
    case 'Y':
      return number(text, at, 4, (value) => (parts.year = value));
    case 'y':
      return number(text, at, 2, (value) => (parts.year = value + (value < 70 ? 2000 : 1900)));
    case 'm':
      return number(text, at, 2, (value) => (parts.month = value - 1));
    case 'd':
    case 'e':
      return number(text, at, 2, (value) => (parts.day = value));
    case 'H':
    case 'I':
      return number(text, at, 2, (value) => (parts.hour = value));
    case 'M':
      return number(text, at, 2, (value) => (parts.minute = value));
    case 'S':
      return number(text, at, 2, (value) => (parts.second = value));
    case 's':
      return number(text, at, 10, (value) => (parts.epoch = value));
    case 'f':
    case 'L':
      return fraction(text, at);
    case 'b':
    case 'B':
      parts.month = monthAt(text, at);
      return parts.month < 0 ? -1 : letter === 'b' ? at + 3 : lettersEnd(text, at);
    case 'p':
      parts.noon = (codeAt(text, at) | 32) === 112 ? 12 : 0;
      return (parts.noon === 12 || (codeAt(text, at) | 32) === 97) && (codeAt(text, at + 1) | 32) === 109 ? at + 2 : -1;
    case 'z':
      return zone(text, at);
    default: {
      // %a, %A, %Z: words that say nothing new.
      const end = lettersEnd(text, at);
      return end > at ? end : -1;
    }
  }
}

function number(text: string, at: number, width: number, put: (value: number) => void): number {
  let i = at;
  while (codeAt(text, i) === 32 && i < at + width - 1) i++;
  const start = i;
  let value = 0;
  while (i < at + width && isDigit(codeAt(text, i))) value = value * 10 + codeAt(text, i++) - 48;
  if (i === start || (width === 4 && i !== at + 4)) return -1;
  put(value);
  return i;
}

function fraction(text: string, at: number): number {
  let i = at;
  let value = 0;
  for (let weight = 100; isDigit(codeAt(text, i)); i++) {
    value += weight * (codeAt(text, i) - 48);
    weight = weight === 100 ? 10 : weight === 10 ? 1 : 0;
  }
  parts.ms = value;
  return i > at ? i : -1;
}

const isLetter = (c: number): boolean => (c | 32) >= 97 && (c | 32) <= 122;

function lettersEnd(text: string, at: number): number {
  let i = at;
  while (isLetter(codeAt(text, i))) i++;
  return i;
}

/** `Z`, `UTC`, `+0100`, `+01:00`, `-05`. */
function zone(text: string, at: number): number {
  const sign = text[at];
  if (sign === 'Z' || text.startsWith('UTC', at) || text.startsWith('GMT', at)) {
    parts.offset = 0;
    return sign === 'Z' ? at + 1 : at + 3;
  }
  if (sign !== '+' && sign !== '-') return -1;
  let hours = 0;
  let minutes = 0;
  let end = number(text, at + 1, 2, (value) => (hours = value));
  if (end !== at + 3) return -1;
  const colon = text[end] === ':' ? 1 : 0;
  const after = isDigit(codeAt(text, end + colon)) ? number(text, end + colon, 2, (value) => (minutes = value)) : end;
  if (after === end + colon + 2) end = after;
  else if (after !== end) return -1;
  if (hours > 15 || minutes > 59) return -1;
  parts.offset = (sign === '-' ? -1 : 1) * (hours * 60 + minutes);
  return end;
}
