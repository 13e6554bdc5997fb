import path from 'node:path';
import { UserError } from '../config/error.js';
import type { KeyPlace } from '../intel/fetch/secret.js';
import { keyWords, readKey } from '../intel/fetch/secret.js';
import { isUrl } from '../intel/fetch/url.js';
import { loadFeed } from '../intel/load.js';
import type { Loaded } from '../intel/load.js';
import { knownSource, planFeed } from '../intel/plan.js';
import { rebuild } from '../intel/store/dictionary.js';
import type { Feed } from '../intel/store/feeds.js';
import { freshness, NEW_FEED, readFeeds, saveFeed } from '../intel/store/feeds.js';
import type { IntelOptions, Run } from './intel.js';
import { EXIT_FAILED, EXIT_OK, printable, say } from './io.js';
import type { Io } from './io.js';

const BAD_SHOWN = 3;

/** `intel add SOURCE`: a feed by name; the same name again takes the new place and format. */
export const addFeed: Run = async (context, [given = ''], options, io) => {
  const { format, name, score, map, skipReserved, auth, every } = options;
  const byName = isUrl(given) || (format === undefined && knownSource(given) !== undefined);
  const key = keyOf(options, io.cwd);
  const source = byName ? given : path.resolve(io.cwd, given);
  const plan = planFeed({ source, name, format, score, map, skipReserved, key, auth, every });
  // What can be mended at once is said before the feed is in the store.
  if (key !== undefined) readKey(key, io.env);
  const before = (await readFeeds(context.store)).find((feed) => feed.name === plan.name);
  const feed: Feed = { ...(before ?? NEW_FEED), ...plan };
  const code = told(io, await loadFeed(context, feed, { anySize: options.anySize === true, anew: true }));
  if (isUrl(plan.place) && code === EXIT_OK) {
    say(io, `fireplot intel update asks for it again; serve does so by itself only with intel.refresh: on.`);
  }
  return code;
};

/** Where the secret is; it is never given itself, since others see the arguments of a command. */
function keyOf({ keyFile, keyEnv, keyCredential }: IntelOptions, cwd: string): KeyPlace | undefined {
  const places: KeyPlace[] = [
    ...(keyFile === undefined ? [] : [{ file: path.resolve(cwd, keyFile) }]),
    ...(keyEnv === undefined ? [] : [{ env: keyEnv }]),
    ...(keyCredential === undefined ? [] : [{ credential: keyCredential }]),
  ];
  if (places.length > 1) throw new UserError('The key is in more than one place: give one of the --key options.');
  return places[0];
}

/** `intel update [NAME…]`: loads feeds again; all of them without a name. */
export const updateFeeds: Run = async (context, names, { anySize = false }, io) => {
  const feeds = await readFeeds(context.store);
  const chosen = names.length === 0 ? feeds : names.map((name) => feedNamed(feeds, name));
  let code = EXIT_OK;
  for (const feed of chosen) code = Math.max(code, told(io, await loadFeed(context, feed, { anySize })));
  return code;
};

/** `intel list`: the feeds, one a line. */
export const listFeeds: Run = async ({ store }, _, options, io, now) => {
  const feeds = await readFeeds(store);
  for (const feed of feeds) {
    io.stdout.write(
      options.json === true ? `${JSON.stringify(object(feed, now))}\n` : `${printable(line(feed, now))}\n`
    );
  }
  say(io, `${feeds.length} feeds.`);
  return EXIT_OK;
};

const iso = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());

function object({ lastGood, confirmed, lastTry, lastError, ...feed }: Feed, now: number): object {
  const fresh = freshness({ lastGood, confirmed, lastTry, lastError, ...feed });
  const age = fresh === undefined ? null : Math.max(0, Math.round((now - fresh) / 1_000));
  const times = { last_good: iso(lastGood), confirmed: iso(confirmed), age_seconds: age, last_try: iso(lastTry) };
  return { ...feed, ...times, last_error: lastError };
}

function line(feed: Feed, now: number): string {
  const { lastError, options } = feed;
  const fresh = freshness(feed);
  const since = fresh === undefined ? 'never loaded' : `${ageWords(now - fresh)} old`;
  const kept = fresh === undefined ? '' : '; the last good load stays in force';
  const why = lastError === '' ? '' : `  refused: ${lastError.replace(/\.$/, '')}${kept}`;
  const key = options.key === undefined ? '' : `  key: ${keyWords(options.key)}`;
  const facts = `${feed.name.padEnd(20)}  ${feed.format.padEnd(12)}  ${String(feed.indicators).padStart(8)}  ${since}`;
  return `${facts}  ${feed.place}${key}${why}`;
}

/** Of an age in ms: `3 min`, `7 h`, `12 days` */
export function ageWords(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 90) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / (24 * 60))} days`;
}

/** `intel remove NAME` */
export const removeFeed: Run = async ({ store, copies }, [name = ''], _, io, now) => {
  const feed = feedNamed(await readFeeds(store), name);
  await saveFeed(store, feed, Math.max(now, feed.version + 1, feed.lastTry + 1), true);
  await copies.remove(name);
  await rebuild(store, now);
  say(io, `${name} is removed with its ${feed.indicators} indicators.`);
  return EXIT_OK;
};

function told(io: Io, { feed, bad, outcome }: Loaded): number {
  for (const { at, text } of bad.slice(0, BAD_SHOWN)) say(io, `${feed.name}, entry ${at} cannot be read: ${text}`);
  if (bad.length > BAD_SHOWN) say(io, `${feed.name}: ${feed.bad} entries cannot be read.`);
  if (outcome === 'unchanged') {
    say(io, `${feed.name}: nothing new, ${feed.indicators} indicators.`);
    return EXIT_OK;
  }
  if (outcome === 'loaded') {
    say(io, `${feed.name}: ${feed.indicators} indicators (${feed.ignored} of other kinds left out).`);
    return EXIT_OK;
  }
  const kept = feed.version === 0 ? '' : ` The ${feed.indicators} indicators of the last good load stay in force.`;
  say(io, `${feed.name} is refused: ${feed.lastError.replace(/\.$/, '')}.${kept}`);
  return EXIT_FAILED;
}

function feedNamed(feeds: readonly Feed[], name: string): Feed {
  const feed = feeds.find((each) => each.name === name);
  if (feed === undefined) throw new UserError(`There is no feed "${name}": fireplot intel list shows what there is.`);
  return feed;
}
