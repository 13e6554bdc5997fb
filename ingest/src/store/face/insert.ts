import { literal } from '../text.js';
import { isWord, tokenize } from './tokens.js';

/**
 * `INSERT INTO t (a, b) SETTINGS x = 1 FORMAT TabSeparated` with its rows in a file: `FROM INFILE` goes before
 * SETTINGS or FORMAT. Undefined for every other statement, also for an INSERT that names no format.
 */
export function insertFromFile(sql: string, file: string): string | undefined {
  const tokens = tokenize(sql);
  if (!isWord(tokens[0], 'INSERT')) return undefined;
  const format = tokens.at(-2);
  if (!isWord(format, 'FORMAT') || tokens.at(-1)?.kind !== 'word') return undefined;
  const settings = tokens.find((token) => isWord(token, 'SETTINGS'));
  const at = (settings ?? format)?.start ?? 0;
  return `${sql.slice(0, at)} FROM INFILE ${literal(file)} ${sql.slice(at)}`;
}
