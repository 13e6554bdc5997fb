import { UserError } from '../config/error.js';
import { FetchError } from './fetch/error.js';
import { fetchFeed } from './fetch/fetch.js';
import type { Copy } from './fetch/fetched.js';
import { credentialOf, readKey } from './fetch/secret.js';
import type { Env } from './fetch/secret.js';
import { feedUrl, isUrl, protocolOf } from './fetch/url.js';
import { readFeedFile } from './file.js';
import type { LoadContext } from './load.js';
import type { Feed } from './store/feeds.js';

/** What lies at a feed's place. */
export interface Got {
  /** Undefined when nothing is new, or when nothing could be had. */
  readonly documents: readonly string[] | undefined;
  /** Why nothing could be had; undefined when nothing is new. */
  readonly refused?: string | undefined;
  /** Of a feed that came over HTTP. */
  readonly copy?: Copy;
  readonly retryAfterMs?: number | undefined;
}

/** Reads a feed's file, or asks its URL for what is new. @param whole asks as if nothing were known of it yet */
export async function readPlace(context: LoadContext, feed: Feed, whole: boolean): Promise<Got> {
  try {
    if (!isUrl(feed.place)) return { documents: await readFeedFile(feed.place) };
    return await readUrl(context, feed, whole);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const retryAfterMs = error instanceof FetchError ? error.retryAfterMs : undefined;
    return { documents: undefined, refused: error.message, retryAfterMs };
  }
}

async function readUrl(context: LoadContext, feed: Feed, whole: boolean): Promise<Got> {
  const { place, format, options } = feed;
  const url = feedUrl(place);
  const protocol = protocolOf(format, url);
  const { env, copies, limits, contact, signal } = context;
  const secret = options.key === undefined ? undefined : readKey(options.key, env);
  const copy = await fetchFeed({
    ...{ url, protocol, limits, contact, signal, now: context.now() },
    credential: secret === undefined ? undefined : credentialOf(url, protocol, secret, options.auth),
    before: whole ? undefined : await copies.read(feed.name, copyKey(feed)),
  });
  return copy === undefined ? { documents: undefined } : { copy, documents: copy.documents.map(({ text }) => text) };
}

/** What a copy is of: read otherwise, the same bytes are another set, and "nothing new" would be wrong. */
export const copyKey = ({ place, format, score, options: { map = '', skipReserved = false } }: Feed): string =>
  JSON.stringify([place, format, score, map, skipReserved]);

/** The feed's secret, where it has one and it can be read. */
export function secretOf({ options }: Feed, env: Env): string | undefined {
  try {
    return options.key === undefined ? undefined : readKey(options.key, env);
  } catch {
    return undefined;
  }
}
