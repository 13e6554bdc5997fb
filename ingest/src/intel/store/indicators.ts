import type { Store } from '../../store/store.js';
import { tsvField, utcText } from '../../store/text.js';
import type { Indicator } from '../indicator.js';
import { networkKey, readNetwork } from '../network.js';
import type { Listed } from '../merge.js';

const COLUMNS = [
  ...['feed', 'version', 'kind', 'network', 'domain', 'allow', 'score', 'tags'],
  ...['first_seen', 'last_seen', 'expires', 'comment'],
];
/** One block of the engine: seen whole or not at all. */
const BLOCK = 50_000;

/** Writes a set; it counts once the feed's row names its version. @param score of indicators that bring none */
export async function saveIndicators(
  store: Store,
  feed: string,
  version: number,
  indicators: readonly Indicator[],
  score: number
): Promise<void> {
  for (let at = 0; at < indicators.length; at += BLOCK) {
    const lines = indicators.slice(at, at + BLOCK).map((one) => line(feed, version, one, score));
    const token = `intel.${feed}.${version}.${at}`;
    await store.insert('fireplot.indicators', COLUMNS, Buffer.from(lines.join('')), token, 'TabSeparated');
  }
}

function line(feed: string, version: number, one: Indicator, score: number): string {
  const { network, domain, allow, tags, firstSeen, lastSeen, expires, comment } = one;
  const kind = network === undefined ? 'domain' : network.bits === 128 ? 'ip' : 'cidr';
  const key = network === undefined ? '' : networkKey(network);
  const texts = [feed, String(version), kind, key, domain, allow ? '1' : '0', String(one.score ?? score)].map(tsvField);
  const times = [firstSeen, lastSeen, expires].map((ms) => (ms === undefined ? '\\N' : utcText(ms)));
  return `${[...texts, arrayText(tags), ...times, tsvField(comment)].join('\t')}\n`;
}

/** An array as a whole TSV field: its items are escaped, the field is not once more. */
export const arrayText = (items: readonly string[]): string =>
  `[${items.map((item) => `'${tsvField(item).replaceAll("'", "\\'")}'`).join(',')}]`;

interface Row {
  readonly feed: string;
  readonly network: string;
  readonly allow: boolean;
  readonly score: number;
  readonly tags: readonly string[];
  readonly first_ms: number | null;
  readonly last_ms: number | null;
  readonly expires_ms: number | null;
}

/** The networks of all sets in force. */
export async function readListed(store: Store): Promise<Listed[]> {
  const rows = await store.query<Row>(
    `SELECT feed, network, allow, score, tags, toUnixTimestamp64Milli(first_seen) AS first_ms,
       toUnixTimestamp64Milli(last_seen) AS last_ms, toUnixTimestamp64Milli(expires) AS expires_ms
     FROM fireplot.indicators
     WHERE kind != 'domain' AND (feed, version) IN (SELECT name, version FROM fireplot.feeds FINAL WHERE NOT removed)`
  );
  return rows.flatMap(({ network: key, first_ms, last_ms, expires_ms, ...row }) => {
    const network = readNetwork(key);
    if (network === undefined) return [];
    const times = {
      firstSeen: first_ms ?? undefined,
      lastSeen: last_ms ?? undefined,
      expires: expires_ms ?? undefined,
    };
    return [{ ...row, ...times, network }];
  });
}

/** A set that is not in force yet may be on its way in by another process: such young ones stay. */
const YOUNG_MS = 3_600_000;

/** Drops sets that are no longer in force. @param now ms since the epoch */
export async function dropOldIndicators(store: Store, now: number): Promise<void> {
  await store.command(
    `DELETE FROM fireplot.indicators
     WHERE version < {before:UInt64} AND (feed, version) NOT IN (SELECT name, version FROM fireplot.feeds FINAL WHERE NOT removed)`,
    { before: Math.max(0, now - YOUNG_MS) }
  );
}
