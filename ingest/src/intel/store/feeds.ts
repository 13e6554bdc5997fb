import type { Store } from '../../store/store.js';
import type { KeyPlace } from '../fetch/secret.js';

/** One row of `fireplot.feeds`; times are ms since the epoch. */
export interface Feed {
  readonly name: string;
  readonly format: string;
  /** Absolute path of the file or folder, or a URL. */
  readonly place: string;
  /** Score of indicators that bring none. */
  readonly score: number;
  readonly options: FeedOptions;
  readonly state: 'ok' | 'refused';
  /** The set in force; 0 for none. */
  readonly version: number;
  readonly indicators: number;
  readonly bad: number;
  readonly ignored: number;
  /** When the set in force was loaded. */
  readonly lastGood: number | undefined;
  /** When its place last said that it has nothing newer. */
  readonly confirmed: number | undefined;
  readonly lastTry: number;
  readonly lastError: string;
}

/** What else was said when the feed was added, and holds for its updates. */
export interface FeedOptions {
  readonly map?: string;
  readonly skipReserved?: boolean;
  /** Where the secret is, never what it is. */
  readonly key?: KeyPlace;
  /** How it is sent: bearer, basic, key, or the name of a header; what is usual when missing. */
  readonly auth?: string;
  /** How often `serve` asks for it. */
  readonly minutes?: number;
}

/** Since when the set in force is known to be what its place has, ms; undefined for none. */
export const freshness = ({ lastGood, confirmed }: Feed): number | undefined =>
  lastGood === undefined ? undefined : Math.max(lastGood, confirmed ?? 0);

/** A feed of which nothing is known yet. */
export const NEW_FEED = {
  ...{ state: 'ok' as const, version: 0, indicators: 0, bad: 0, ignored: 0 },
  ...{ lastGood: undefined, confirmed: undefined, lastTry: 0, lastError: '' },
};

interface Row {
  readonly name: string;
  readonly format: string;
  readonly place: string;
  readonly score: number;
  readonly options: string;
  readonly state: Feed['state'];
  readonly version: number;
  readonly indicators: number;
  readonly bad: number;
  readonly ignored: number;
  readonly last_good_ms: number | null;
  readonly confirmed_ms: number | null;
  readonly last_try_ms: number;
  readonly last_error: string;
}

/** All feeds, by name. */
export async function readFeeds(store: Store): Promise<Feed[]> {
  const rows = await store.query<Row>(
    `SELECT name, format, place, score, options, state, version, indicators, bad, ignored, last_error,
       toUnixTimestamp64Milli(last_good) AS last_good_ms, toUnixTimestamp64Milli(confirmed) AS confirmed_ms,
       toUnixTimestamp64Milli(last_try) AS last_try_ms
     FROM fireplot.feeds FINAL WHERE NOT removed ORDER BY name`
  );
  return rows.map(({ last_good_ms, confirmed_ms, last_try_ms, last_error, options, ...row }) => ({
    ...row,
    options: JSON.parse(options) as FeedOptions,
    lastGood: last_good_ms ?? undefined,
    confirmed: confirmed_ms ?? undefined,
    lastTry: last_try_ms,
    lastError: last_error,
  }));
}

/** Writes the feed's row. @param at ms since the epoch, later than any row of it before */
export async function saveFeed(store: Store, feed: Feed, at: number, removed = false): Promise<void> {
  const { lastGood, confirmed, lastTry, lastError, options, ...rest } = feed;
  await store.command(
    `INSERT INTO fireplot.feeds
       (name, format, place, score, options, state, version, indicators, bad, ignored, last_good, confirmed, last_try, last_error, removed, at)
     SELECT {name:String}, {format:String}, {place:String}, {score:UInt8}, {options:String}, {state:String}, {version:UInt64},
       {indicators:UInt32}, {bad:UInt32}, {ignored:UInt32}, if({good:UInt64} = 0, NULL, fromUnixTimestamp64Milli({good:Int64})),
       if({confirmed:UInt64} = 0, NULL, fromUnixTimestamp64Milli({confirmed:Int64})),
       fromUnixTimestamp64Milli({tried:Int64}), {lastError:String}, {removed:UInt8}, {at:UInt64}`,
    {
      ...{ ...rest, options: JSON.stringify(options), lastError, at },
      ...{ good: lastGood ?? 0, confirmed: confirmed ?? 0, tried: lastTry, removed: removed ? 1 : 0 },
    }
  );
}
