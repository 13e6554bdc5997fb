import { codeAt, COLON, EQUALS, SPACE } from '../scan.js';
import { fields, KEYS } from './keys.js';

const QUOTE = 34;
const BACKSLASH = 92;
const SEMICOLON = 59;
const CLOSE = 93;

/** Whether the form came with its own end: then a field that is missing was not logged, and not cut off. */
export const form = { complete: false };

/**
 * Reads `action:"Drop"; ike::"x"; … ]` or `action="Drop" … ]` from `at`, behind the bracket. A backslash takes the next
 * character out of its meaning.
 */
export function readElement(line: string, at: number, end: number): void {
  form.complete = false;
  let i = at;
  while (i < end) {
    let c = line.charCodeAt(i);
    if (c === SPACE || c === SEMICOLON) {
      i++;
      continue;
    }
    if (c === CLOSE) {
      form.complete = true;
      return;
    }
    const key = i;
    while (i < end && (c = line.charCodeAt(i)) !== COLON && c !== EQUALS && c !== SPACE && c !== CLOSE) i++;
    if (i >= end || (c !== COLON && c !== EQUALS)) continue;
    const stop = i;
    while (i < end && (line.charCodeAt(i) === COLON || line.charCodeAt(i) === EQUALS)) i++;
    if (codeAt(line, i) !== QUOTE || i >= end) continue;
    const from = i + 1;
    i = from;
    while (i < end && line.charCodeAt(i) !== QUOTE) i += line.charCodeAt(i) === BACKSLASH ? 2 : 1;
    const field = KEYS.find(line, key, stop);
    if (field !== -1) fields.put(field, from, Math.min(i, end), i < end);
    i++;
  }
}

/**
 * Reads `rule: 9; rule_uid: {…}; src: 192.0.2.1; …;` from `at`. `ended` tells that the last value is whole without its
 * semicolon.
 */
export function readText(line: string, at: number, end: number, ended = false): void {
  form.complete = ended || codeAt(line, end - 1) === SEMICOLON;
  let i = at;
  while (i < end) {
    while (i < end && line.charCodeAt(i) === SPACE) i++;
    const found = line.indexOf(';', i);
    const stop = found < 0 || found > end ? end : found;
    const colon = keyEnd(line, i, stop);
    if (colon > 0) {
      const field = KEYS.find(line, i, colon);
      if (field !== -1) fields.put(field, colon + 2, stop, ended || stop < end);
    }
    i = stop + 1;
  }
}

/** No name of a field that matters is longer. */
const KEY_LIMIT = 32;

/** Index of the colon and space that end the name at `at`; -1 when it has none. */
function keyEnd(line: string, at: number, end: number): number {
  for (let i = at; i < end && i < at + KEY_LIMIT; i++) {
    if (line.charCodeAt(i) === COLON && codeAt(line, i + 1) === SPACE) return i;
  }
  return -1;
}
