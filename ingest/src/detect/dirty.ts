import type { Range } from './finding.js';
import type { Asker } from './ask.js';

/** Ranges that touch are one; in order of time. Pure. */
export function merged(ranges: readonly Range[], gap = 0): Range[] {
  const all: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last !== undefined && from <= last.to + gap) last.to = Math.max(last.to, to);
    else all.push({ from, to });
  }
  return all;
}

/** What the ledger says is new. */
export interface News {
  readonly ranges: readonly Range[];
  readonly batches: number;
  readonly rows: number;
  /** `inserted_at` up to which the ledger was read, ms. */
  readonly seen: number;
  /** Batches stored within OVERLAP_MS before that: one more says that a late row has come. */
  readonly late: number;
}

/** Ledger rows take a moment from their stamp to their being seen: so far back it is read again. */
const OVERLAP_MS = 30_000;
const DAY_MS = 86_400_000;

/**
 * Ranges of event time that batches stored since `seen` touch, whatever their age: a backfill counts like live lines.
 * @param seen ms since the epoch; 0 for all that was ever stored
 */
export async function askNews(asker: Asker, seen: number): Promise<News> {
  const rows = await asker.query<{
    from: number | string;
    to: number | string;
    n: number;
    events: number | string;
    newest: number | string;
    stamps: (number | string)[];
  }>(
    `SELECT toUnixTimestamp64Milli(min(min_time)) AS from, toUnixTimestamp64Milli(max(max_time)) AS to,
       count() AS n, sum(rows) AS events, toUnixTimestamp64Milli(max(inserted_at)) AS newest,
       groupArray(toUnixTimestamp64Milli(inserted_at)) AS stamps
     FROM fireplot.batches
     WHERE inserted_at > {since:DateTime64(3, 'UTC')} AND rows > 0
     GROUP BY toDate(min_time), toDate(max_time)`,
    { since: new Date(Math.max(0, seen - OVERLAP_MS)) }
  );
  const latest = rows.reduce((newest, row) => Math.max(newest, Number(row.newest)), seen);
  return {
    ranges: merged(
      rows.map(({ from, to }) => ({ from: Number(from), to: Number(to) + 1 })),
      1
    ),
    batches: rows.reduce((sum, { n }) => sum + n, 0),
    rows: rows.reduce((sum, { events }) => sum + Number(events), 0),
    seen: latest,
    late: rows.flatMap(({ stamps }) => stamps).filter((stamp) => Number(stamp) > latest - OVERLAP_MS).length,
  };
}

/** A range in pieces of a day, in order of time, so that what goes on from day to day is met at its beginning. Pure. */
export function byDay(range: Range): Range[] {
  const days: Range[] = [];
  for (let from = Math.floor(range.from / DAY_MS) * DAY_MS; from < range.to; from += DAY_MS) {
    days.push({ from: Math.max(from, range.from), to: Math.min(from + DAY_MS, range.to) });
  }
  return days;
}
