import { UserError } from '../config/error.js';
import type { Store } from '../store/store.js';
import type { Bad, Format, Parsed } from './feed.js';
import { readFeedFile } from './file.js';
import { isHtml, judge } from './refuse.js';
import { FORMATS } from './format/index.js';
import type { Indicator } from './indicator.js';
import { rebuild } from './store/dictionary.js';
import type { Feed } from './store/feeds.js';
import { saveFeed } from './store/feeds.js';
import { saveIndicators } from './store/indicators.js';

export interface Loaded {
  readonly feed: Feed;
  /** The first that could not be read. */
  readonly bad: readonly Bad[];
}

/**
 * Loads a feed from its place. What is refused changes nothing but the feed's row, which says why; the last good set
 * stays in force.
 * @param own our own networks
 * @param now ms since the epoch
 */
export async function loadFeed(
  store: Store,
  before: Feed,
  own: readonly string[],
  now: number,
  anySize: boolean
): Promise<Loaded> {
  const at = Math.max(now, before.version + 1, before.lastTry + 1);
  const tried = await read(before, own, anySize);
  const { badCount = before.bad, ignored = before.ignored } = tried.parsed ?? {};
  const common = { ...before, bad: badCount, ignored, lastTry: at };
  if (typeof tried.verdict === 'string') {
    const feed: Feed = { ...common, state: 'refused', lastError: tried.verdict };
    await saveFeed(store, feed, at);
    return { feed, bad: tried.parsed?.bad ?? [] };
  }
  await saveIndicators(store, before.name, at, tried.verdict, before.score);
  const set = { version: at, indicators: tried.verdict.length, lastGood: at };
  const feed: Feed = { ...common, ...set, state: 'ok', lastError: '' };
  await saveFeed(store, feed, at);
  await rebuild(store, now);
  return { feed, bad: tried.parsed?.bad ?? [] };
}

interface Tried {
  readonly parsed: Parsed | undefined;
  /** Indicators, or why there are none. */
  readonly verdict: readonly Indicator[] | string;
}

async function read(
  { place, format, options, indicators }: Feed,
  own: readonly string[],
  anySize: boolean
): Promise<Tried> {
  let documents: string[];
  try {
    documents = await readFeedFile(place);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { parsed: undefined, verdict: error.message };
  }
  if (documents.some(isHtml)) return { parsed: undefined, verdict: 'it is a web page (HTML) and no feed' };
  let parsed: Parsed;
  try {
    parsed = formatNamed(format).parse(documents, options);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { parsed: undefined, verdict: `it is no whole JSON (${error.message}): it may be cut short` };
  }
  const lenient = { anySize, skipReserved: options.skipReserved === true };
  return { parsed, verdict: judge(parsed, { indicators, own }, lenient) };
}

/** @throws UserError for a format that is none */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((each) => each.name === name);
  if (format !== undefined) return format;
  throw new UserError(`"${name}" is no format: give --format one of ${FORMATS.map((each) => each.name).join(', ')}.`);
}
