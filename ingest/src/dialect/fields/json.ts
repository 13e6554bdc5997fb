import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import { Keys } from '../keys.js';
import { codeAt } from '../scan.js';
import { isText } from '../span.js';
import type { Fields } from './fields.js';

/**
 * The keys of an object that matter: a field, or the keys of the object that stands there. In brackets: of a field, that an
 * array may stand there, which is located as it is written; of an object, that the first of an array is read.
 */
export interface Shape<Field extends number> {
  readonly [key: string]: Field | Shape<Field> | readonly [Field | Shape<Field>];
}

/** A shape made ready for looking keys up where they stand. */
export interface JsonNode<Field extends number> {
  readonly keys: Keys<number>;
  readonly values: readonly (Field | JsonNode<Field>)[];
  /** Of each value, whether an array may take its place. */
  readonly arrays: readonly boolean[];
}

/** Makes a shape ready. Its depth bounds that of the reader's recursion; what is not in it is skipped without any. */
export function jsonNode<Field extends number>(shape: Shape<Field>): JsonNode<Field> {
  const entries = Object.entries(shape);
  const inner = (value: Field | Shape<Field>): Field | JsonNode<Field> =>
    typeof value === 'object' ? jsonNode(value) : value;
  return {
    keys: new Keys(Object.fromEntries(entries.map(([key], index) => [key, index]))),
    values: entries.map(([, value]) => inner(isList(value) ? value[0] : value)),
    arrays: entries.map(([, value]) => isList(value)),
  };
}

const isList = <Field extends number>(value: Shape<Field>[string]): value is readonly [Field | Shape<Field>] =>
  Array.isArray(value);

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const COMMA = 44;
const COLON = 58;
const SMALL_N = 110;

/**
 * Locates the known values of the JSON object at `at`, in one pass: strings without their quotes, `null` not at all. Returns
 * the index behind the object, -1 when it does not end or is none; what came before is located then, too.
 */
export function readObject<Field extends number>(
  line: string,
  at: number,
  end: number,
  node: JsonNode<Field>,
  fields: Fields<Field>
): number {
  if (codeAt(line, at) !== OPEN_BRACE) return -1;
  let i = at + 1;
  for (;;) {
    i = skipBlank(line, i, end);
    if (i >= end) return -1;
    const c = line.charCodeAt(i);
    if (c === CLOSE_BRACE) return i + 1;
    if (c === COMMA) {
      i++;
      continue;
    }
    if (c !== QUOTE) return -1;
    const key = i + 1;
    const keyEnd = stringEnd(line, key, end);
    i = skipBlank(line, keyEnd + 1, end);
    if (keyEnd < 0 || i >= end || line.charCodeAt(i) !== COLON) return -1;
    i = skipBlank(line, i + 1, end);
    if (i >= end) return -1;
    const index = node.keys.find(line, key, keyEnd);
    const known = index === -1 ? undefined : node.values[index];
    if (index !== -1 && node.arrays[index] === true && line.charCodeAt(i) === OPEN_BRACKET) {
      i = readArray(line, i, end, known!, fields);
    } else if (typeof known === 'object' && line.charCodeAt(i) === OPEN_BRACE) {
      i = readObject(line, i, end, known, fields);
    } else i = readValue(line, i, end, typeof known === 'number' ? known : undefined, fields);
    if (i < 0) return -1;
  }
}

/** Locates the array at `at`, or what its first object holds; returns as `readObject`. */
function readArray<Field extends number>(
  line: string,
  at: number,
  end: number,
  known: Field | JsonNode<Field>,
  fields: Fields<Field>
): number {
  if (typeof known === 'number') {
    const stop = skipNested(line, at, end);
    if (stop >= 0) fields.put(known, at, stop, true);
    return stop;
  }
  const first = skipBlank(line, at + 1, end);
  if (codeAt(line, first) !== OPEN_BRACE) return skipNested(line, at, end);
  const behind = readObject(line, first, end, known, fields);
  return behind < 0 ? -1 : skipNested(line, behind, end, 1);
}

/** Index behind the value at `at`, -1 when it does not end. */
function readValue<Field extends number>(
  line: string,
  at: number,
  end: number,
  field: Field | undefined,
  fields: Fields<Field>
): number {
  const c = line.charCodeAt(at);
  if (c === QUOTE) {
    const stop = stringEnd(line, at + 1, end);
    if (stop >= 0 && field !== undefined) fields.put(field, at + 1, stop, true);
    return stop < 0 ? -1 : stop + 1;
  }
  if (c === OPEN_BRACE || c === OPEN_BRACKET) return skipNested(line, at, end);
  let i = at;
  while (i < end && !isEnd(line.charCodeAt(i))) i++;
  if (i >= end || i === at) return -1;
  if (field !== undefined && c !== SMALL_N) fields.put(field, at, i, true);
  return i;
}

const isEnd = (c: number): boolean => c === COMMA || c === CLOSE_BRACE || c === CLOSE_BRACKET || c <= 32;

function skipBlank(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && (line.charCodeAt(i) === 32 || (line.charCodeAt(i) >= 9 && line.charCodeAt(i) <= 13))) i++;
  return i;
}

/** Index of the quote that ends a string, -1 when none does. */
function stringEnd(line: string, at: number, end: number): number {
  for (let i = at; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === BACKSLASH) i++;
    else if (c === QUOTE) return i;
  }
  return -1;
}

/** Index behind the object or array at `at`, however deep, -1 when it does not end. @param inside how many are open already */
function skipNested(line: string, at: number, end: number, inside = 0): number {
  let depth = inside;
  for (let i = at; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === QUOTE) {
      i = stringEnd(line, i + 1, end);
      if (i < 0) return -1;
    } else if (c === OPEN_BRACE || c === OPEN_BRACKET) depth++;
    else if ((c === CLOSE_BRACE || c === CLOSE_BRACKET) && --depth === 0) return i + 1;
  }
  return -1;
}

/** The value of a field as a name, its escapes read; characters over 0x7f that are written as escapes become UTF-8 bytes. */
export function jsonText<Field extends number>(line: string, fields: Fields<Field>, field: Field): string {
  const text = fields.text(line, field);
  return text.includes('\\') ? unescaped(text) : text;
}

/** Whether the field is `word`, or an array that holds it. */
export function hasWord<Field extends number>(
  line: string,
  fields: Fields<Field>,
  field: Field,
  word: string
): boolean {
  if (!fields.has(field)) return false;
  const from = fields.from(field);
  const to = fields.to(field);
  if (line.charCodeAt(from) !== OPEN_BRACKET) return isText(line, from, to, word);
  for (let at = line.indexOf(`"${word}"`, from); at >= 0 && at < to; at = line.indexOf(`"${word}"`, at + 1)) {
    if (line.charCodeAt(at - 1) !== BACKSLASH) return true;
  }
  return false;
}

/** Keeps a field as an attribute, as `jsonText` reads it. */
export function keepJson<Field extends number>(
  line: string,
  fields: Fields<Field>,
  field: Field,
  event: Event,
  key: string
): void {
  setAttr(event, key, jsonText(line, fields, field));
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** One escape, or several of `\u` in a row, since a character may need two. An escape that was cut stays as it is. */
const ESCAPE = /(?:\\u[0-9a-fA-F]{4})+|\\[^u]/g;

function unescaped(text: string): string {
  return text.replace(ESCAPE, (escape) => {
    if (!escape.startsWith('\\u')) return ESCAPES[escape[1]!] ?? escape[1]!;
    let wide = '';
    for (let i = 2; i < escape.length; i += 6) wide += String.fromCharCode(Number.parseInt(escape.slice(i, i + 4), 16));
    return Buffer.from(wide).toString('latin1');
  });
}
