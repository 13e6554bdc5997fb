import { codeAt, isDigit, SPACE } from '../scan.js';
import { isText } from '../span.js';
import { wordCount, splitWords, wordStart, wordStop } from '../words.js';
import { ALL, PLAIN, type Columns } from './columns.js';

/** Columns that tell a record by their shape, in the order that is written unasked. */
const START = 10;
const END = 11;
const ACTION = 12;
const STATUS = 13;
const PROTO = 7;
const TYPE = 18;

/** Longest version, and longest number of seconds. */
const SECONDS = 10;

/**
 * The columns of the record that fills `line[at, end)`, by its shape: a version, an account's number, …, two times, action
 * and status. Undefined for any other text. One that lost its end counts, if its times are still there.
 */
export function shapeOf(line: string, at: number, end: number): Columns | undefined {
  const version = codeAt(line, at);
  if (version < 50 || version > 57 || codeAt(line, at + 1) !== SPACE || !isDigit(codeAt(line, at + 2)))
    return undefined;
  splitWords(line, at, end);
  if (wordCount < START + 2 || !isNumber(line, 1, ACCOUNT)) return undefined;
  if (!isNumber(line, START, SECONDS) || !isNumber(line, END, SECONDS)) return undefined;
  if (!isUnset(line, PROTO) && !isNumber(line, PROTO, 3)) return undefined;
  if (wordCount > ACTION + 1 && !isAction(line)) return undefined;
  if (wordCount > STATUS + 1 && !STATES.some((word) => is(line, STATUS, word))) return undefined;
  return wordCount >= ALL.length && (is(line, TYPE, 'IPv4') || is(line, TYPE, 'IPv6')) ? ALL : PLAIN;
}

/** Digits of an account. */
const ACCOUNT = 12;
const STATES = ['OK', 'NODATA', 'SKIPDATA'];

const is = (line: string, word: number, text: string): boolean => isText(line, wordStart(word), wordStop(word), text);
const isUnset = (line: string, word: number): boolean => is(line, word, '-');
const isAction = (line: string): boolean =>
  is(line, ACTION, 'ACCEPT') || is(line, ACTION, 'REJECT') || isUnset(line, ACTION);

function isNumber(line: string, word: number, digits: number): boolean {
  const from = wordStart(word);
  const to = wordStop(word);
  if (to === from || to - from > digits) return false;
  for (let i = from; i < to; i++) if (!isDigit(line.charCodeAt(i))) return false;
  return true;
}
