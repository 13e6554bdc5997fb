import { literal } from '../text.js';
import { FaceError } from './exception.js';

/**
 * Reads the value of `additional_table_filters`, `{'table':'expression', …}`. Strict: strings in single quotes
 * with the escapes \\ and \' (or '') alone, so that the text that is checked is the text that the engine reads.
 *
 * @throws FaceError for any other form
 */
export function parseFilters(value: string): [table: string, expression: string][] {
  const pairs: [string, string][] = [];
  const rest = value.trim();
  if (rest === '' || rest === '{}') return pairs;
  const PAIR = /\s*'((?:[^'\\]|''|\\['\\])*)'\s*:\s*'((?:[^'\\]|''|\\['\\])*)'\s*([,}])/y;
  let at = rest.startsWith('{') ? 1 : rest.length;
  for (;;) {
    PAIR.lastIndex = at;
    const match = PAIR.exec(rest);
    if (!match)
      throw new FaceError(36, 'BAD_ARGUMENTS', `additional_table_filters is not {'table': 'condition', …}: ${value}`);
    const [, table = '', expression = '', end] = match;
    pairs.push([plain(table), plain(expression)]);
    at = PAIR.lastIndex;
    if (end === ',') continue;
    if (at === rest.length) return pairs;
    throw new FaceError(36, 'BAD_ARGUMENTS', `additional_table_filters goes on behind its end: ${value}`);
  }
}

/** The same value, written anew. */
export function formatFilters(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([table, expression]) => `${literal(table)}:${literal(expression)}`).join(',')}}`;
}

function plain(text: string): string {
  return text.replace(/''|\\(['\\])/g, (_, escaped: string | undefined) => escaped ?? "'");
}
