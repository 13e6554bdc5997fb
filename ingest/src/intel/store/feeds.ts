import type { Store } from '../../store/store.js';

/** One row of `fireplot.feeds`; times are ms since the epoch. */
export interface Feed {
  readonly name: string;
  readonly format: string;
  /** Absolute path of the file or folder. */
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
  readonly lastGood: number | undefined;
  readonly lastTry: number;
  readonly lastError: string;
}

/** What else was said when the feed was added, and holds for its updates. */
export interface FeedOptions {
  readonly map?: string;
  readonly skipReserved?: boolean;
}

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
  readonly last_try_ms: number;
  readonly last_error: string;
}

/** All feeds, by name. */
export async function readFeeds(store: Store): Promise<Feed[]> {
  const rows = await store.query<Row>(
    `SELECT name, format, place, score, options, state, version, indicators, bad, ignored, last_error,
       toUnixTimestamp64Milli(last_good) AS last_good_ms, toUnixTimestamp64Milli(last_try) AS last_try_ms
     FROM fireplot.feeds FINAL WHERE NOT removed ORDER BY name`
  );
  return rows.map(({ last_good_ms, last_try_ms, last_error, options, ...row }) => ({
    ...row,
    options: JSON.parse(options) as FeedOptions,
    lastGood: last_good_ms ?? undefined,
    lastTry: last_try_ms,
    lastError: last_error,
  }));
}

/** Writes the feed's row. @param at ms since the epoch, later than any row of it before */
export async function saveFeed(store: Store, feed: Feed, at: number, removed = false): Promise<void> {
  const { lastGood, lastTry, lastError, options, ...rest } = feed;
  await store.command(
    `INSERT INTO fireplot.feeds
       (name, format, place, score, options, state, version, indicators, bad, ignored, last_good, last_try, last_error, removed, at)
     SELECT {name:String}, {format:String}, {place:String}, {score:UInt8}, {options:String}, {state:String}, {version:UInt64},
       {indicators:UInt32}, {bad:UInt32}, {ignored:UInt32}, if({good:UInt64} = 0, NULL, fromUnixTimestamp64Milli({good:Int64})),
       fromUnixTimestamp64Milli({tried:Int64}), {lastError:String}, {removed:UInt8}, {at:UInt64}`,
    {
      ...{ ...rest, options: JSON.stringify(options), lastError, at },
      ...{ good: lastGood ?? 0, tried: lastTry, removed: removed ? 1 : 0 },
    }
  );
}
