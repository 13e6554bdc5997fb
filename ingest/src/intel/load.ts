import { UserError } from '../config/error.js';
import type { Store } from '../store/store.js';
import type { Copies } from './copies.js';
import type { Bad, Parsed } from './feed.js';
import type { Limits } from './fetch/limits.js';
import type { Env } from './fetch/secret.js';
import { without } from './fetch/secret.js';
import { isHtml, judge } from './refuse.js';
import { formatNamed } from './format/named.js';
import type { Indicator } from './indicator.js';
import { copyKey, readPlace, secretOf } from './place.js';
import { rebuild } from './store/dictionary.js';
import type { Feed } from './store/feeds.js';
import { saveFeed } from './store/feeds.js';
import { saveIndicators } from './store/indicators.js';

/** What a load needs of its surroundings. */
export interface LoadContext {
  readonly store: Store;
  readonly copies: Copies;
  /** Where keys may be, besides files. */
  readonly env: Env;
  /** Our own networks. */
  readonly own: readonly string[];
  readonly limits: Limits;
  /** The user's mail address for those who ask for one. */
  readonly contact?: string;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
}

export interface LoadOptions {
  readonly anySize?: boolean;
  /** The feed is not the one that the last load was of: what is known of that is no help. */
  readonly anew?: boolean;
}

export interface Loaded {
  readonly feed: Feed;
  readonly outcome: 'loaded' | 'unchanged' | 'refused';
  /** The first that could not be read. */
  readonly bad: readonly Bad[];
  /** What the server asks us to wait, ms. */
  readonly retryAfterMs: number | undefined;
}

/**
 * Loads a feed from its place. What is refused changes nothing but the feed's row, which says why; the last good set
 * stays in force. The key is in nothing that is stored or told, even if the server sends it back.
 * @throws StoreError when the store fails, Error for a fault of the program
 */
export async function loadFeed(context: LoadContext, before: Feed, options: LoadOptions = {}): Promise<Loaded> {
  const { store, copies } = context;
  const tried = await read(context, before, options);
  // Stopped by us, which is no fault of the feed.
  context.signal?.throwIfAborted();
  const secret = secretOf(before, context.env);
  const at = Math.max(context.now(), before.version + 1, before.lastTry + 1);
  const { badCount = before.bad, ignored = before.ignored } = tried.parsed ?? {};
  const bad = (tried.parsed?.bad ?? []).map((one) => ({ ...one, text: without(secret, one.text) }));
  const { verdict, retryAfterMs } = tried;
  const common = { ...before, bad: badCount, ignored, lastTry: at };
  if (typeof verdict === 'string') {
    const feed: Feed = { ...common, state: 'refused', lastError: without(secret, verdict) };
    await saveFeed(store, feed, at);
    return { feed, outcome: 'refused', bad, retryAfterMs };
  }
  if (verdict === undefined) {
    const feed: Feed = { ...common, state: 'ok', lastError: '', confirmed: at };
    await saveFeed(store, feed, at);
    return { feed, outcome: 'unchanged', bad, retryAfterMs };
  }
  await saveIndicators(store, before.name, at, verdict, before.score);
  const set = { version: at, indicators: verdict.length, lastGood: at, confirmed: undefined };
  const feed: Feed = { ...common, ...set, state: 'ok', lastError: '' };
  await saveFeed(store, feed, at);
  await rebuild(store, context.now());
  // After the store: a copy that the store has not would be "unchanged" the next time.
  if (tried.copy !== undefined) await copies.write(before.name, copyKey(before), tried.copy);
  return { feed, outcome: 'loaded', bad, retryAfterMs };
}

interface Tried {
  readonly parsed?: Parsed;
  /** Indicators; undefined when nothing is new; or why there are none. */
  readonly verdict: readonly Indicator[] | undefined | string;
  /** To be kept if it comes into force. */
  readonly copy?: Awaited<ReturnType<typeof readPlace>>['copy'];
  readonly retryAfterMs?: number | undefined;
}

async function read(context: LoadContext, feed: Feed, { anySize = false, anew = false }: LoadOptions): Promise<Tried> {
  const { format, options, indicators } = feed;
  const got = await readPlace(context, feed, anew || feed.version === 0);
  const { copy } = got;
  if (got.documents === undefined) return { verdict: got.refused, retryAfterMs: got.retryAfterMs };
  if (got.documents.some(isHtml)) return { verdict: 'it is a web page (HTML) and no feed' };
  let parsed: Parsed;
  try {
    parsed = formatNamed(format).parse(got.documents, options);
  } catch (error) {
    // A file's columns may have changed under a mapping.
    if (error instanceof UserError) return { verdict: error.message };
    if (!(error instanceof SyntaxError)) throw error;
    return { verdict: `it is no whole JSON (${error.message}): it may be cut short` };
  }
  const lenient = { anySize, skipReserved: options.skipReserved === true };
  const verdict = judge(parsed, { indicators, own: context.own }, lenient);
  return { parsed, verdict, ...(copy === undefined ? {} : { copy }) };
}
