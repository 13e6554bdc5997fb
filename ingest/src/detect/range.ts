import { UserError } from '../config/error.js';
import type { Asker } from './ask.js';
import type { Range } from './finding.js';

const DAY_MS = 86_400_000;

/** A time given by a person: ISO 8601, UTC unless it says otherwise, or a date. */
const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;

/** @throws UserError with one sentence for what is no time */
export function parseTime(text: string): number {
  const zoned = /T|\s/.test(text.trim()) && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? `${text.trim()}Z` : text.trim();
  const ms = TIME.test(text.trim()) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
  if (Number.isNaN(ms))
    throw new UserError(`"${text}" is no time: write 2026-11-22, 2026-11-22T13:00:00Z or the like (UTC).`);
  return ms;
}

/** The range that a person named, against what is stored; see rangeOf. */
export async function askRange(asker: Asker, from: string | undefined, to: string | undefined): Promise<Range> {
  const [row] = await asker.query<{ newest: number | string; n: number }>(
    'SELECT toUnixTimestamp64Milli(max(max_time)) AS newest, count() AS n FROM fireplot.batches WHERE rows > 0'
  );
  if ((row?.n ?? 0) === 0 && (from === undefined || to === undefined))
    throw new UserError('The store is empty: load a log file first, or give --from and --to.');
  return rangeOf(from, to, Number(row?.newest ?? 0));
}

/**
 * What `--from` and `--to` name; without them the 24 hours that end with the newest event.
 * @throws UserError when the range is empty
 */
export function rangeOf(from: string | undefined, to: string | undefined, newest: number): Range {
  const end = to === undefined ? newest + 1 : parseTime(to);
  const start = from === undefined ? end - DAY_MS : parseTime(from);
  if (start >= end) {
    const [first, last] = [new Date(start).toISOString(), new Date(end).toISOString()];
    throw new UserError(`There is no time between ${first} and ${last}: give --from a time before --to.`);
  }
  return { from: start, to: end };
}
