import type { Asker } from '../detect/ask.js';
import type { Range } from '../detect/finding.js';
import type { Store } from '../store/store.js';
import { tsvField } from '../store/text.js';
import type { OriginOf } from './origin.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Sources of one question and one insert. */
const MOST = 50_000;
const COLUMNS = ['src_ip', 'country', 'asn', 'operator', 'at'];

/**
 * Looks up the sources of a range that `fireplot.origins` lacks, a day at a time.
 * @param since rows that were looked up before this are looked up again, ms since the epoch; 0 for none
 * @param now ms since the epoch
 * @returns sources looked up
 */
export async function fillOrigins(
  store: Store,
  asker: Asker,
  originOf: OriginOf,
  range: Range,
  now: number,
  since = 0
): Promise<number> {
  let filled = 0;
  for (let from = Math.floor(range.from / HOUR_MS) * HOUR_MS; from < range.to; from += DAY_MS) {
    const to = Math.min(from + DAY_MS, range.to);
    for (let more = MOST; more === MOST; filled += more) {
      more = await fillSome(store, asker, originOf, { from, to }, now, since);
    }
  }
  return filled;
}

async function fillSome(
  store: Store,
  asker: Asker,
  originOf: OriginOf,
  { from, to }: Range,
  now: number,
  since: number
): Promise<number> {
  const inRange = "h >= {from:DateTime('UTC')} AND h < {to:DateTime('UTC')}";
  const rows = await asker.query<{ src_ip: string }>(
    `SELECT DISTINCT src_ip
     FROM fireplot.sources
     WHERE ${inRange} AND src_ip NOT IN
       (SELECT src_ip FROM fireplot.origins
        WHERE at >= {since:UInt64} AND src_ip IN (SELECT src_ip FROM fireplot.sources WHERE ${inRange}))
     LIMIT ${MOST}`,
    { from: Math.floor(from / 1000), to: Math.ceil(to / 1000), since }
  );
  if (rows.length === 0) return 0;
  const lines = rows.map(({ src_ip }) => {
    const { country, asn, operator } = originOf(src_ip);
    return `${src_ip}\t${country}\t${asn}\t${tsvField(operator)}\t${now}\n`;
  });
  await store.insert(
    'fireplot.origins',
    COLUMNS,
    Buffer.from(lines.join('')),
    `origins ${now} ${from} ${rows[0]?.src_ip}`
  );
  return rows.length;
}

/** Whole days that have sources, as one range; undefined for an empty store. */
export async function askWholeRange(asker: Asker): Promise<Range | undefined> {
  const [row] = await asker.query<{ first: number | string; last: number | string; n: number }>(
    'SELECT toUnixTimestamp(min(h)) AS first, toUnixTimestamp(max(h)) AS last, count() AS n FROM fireplot.sources'
  );
  if (row === undefined || row.n === 0) return undefined;
  return { from: Number(row.first) * 1000, to: Number(row.last) * 1000 + HOUR_MS };
}
