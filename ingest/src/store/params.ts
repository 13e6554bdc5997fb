import { tsvField } from './text.js';

/**
 * A query parameter as ClickHouse expects it in `param_NAME`: one TabSeparated field. Takes what the official
 * client takes of it: text, numbers, bigints, booleans, null, dates, and arrays of these. Throws on others.
 */
export function paramText(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'string') return tsvField(value);
  if (Array.isArray(value)) return `[${value.map(element).join(',')}]`;
  return scalar(value);
}

/** Inside an array strings are quoted; the array as a whole is not escaped once more. */
function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'string') return `'${tsvField(value).replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(element).join(',')}]`;
  return scalar(value);
}

function scalar(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Date) return (value.getTime() / 1000).toFixed(3);
  throw new Error(`a query parameter cannot be ${typeof value}: ${JSON.stringify(value)}`);
}
