import path from 'node:path';
import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { networkText, readNetwork } from '../intel/network.js';
import { formatNamed, loadFeed } from '../intel/load.js';
import type { Loaded } from '../intel/load.js';
import { readAllowed, saveAllowed } from '../intel/store/allowed.js';
import { rebuild } from '../intel/store/dictionary.js';
import type { Feed } from '../intel/store/feeds.js';
import { readFeeds, saveFeed } from '../intel/store/feeds.js';
import type { Store } from '../store/store.js';
import { EXIT_FAILED, EXIT_OK, printable, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of the `intel` commands that are no settings; each command has some of them. */
export interface IntelOptions {
  readonly format?: string;
  readonly name?: string;
  readonly score?: string;
  readonly map?: string;
  readonly skipReserved?: boolean;
  readonly anySize?: boolean;
  readonly reason?: string;
  readonly json?: boolean;
}

type Run = (store: Store, args: readonly string[], options: IntelOptions, io: Io, now: number) => Promise<number>;

/** Opens the store, runs one of the commands below, closes it. */
export async function intelCommand(
  run: Run,
  args: readonly string[],
  settings: Resolved,
  options: IntelOptions,
  io: Io
): Promise<number> {
  io.takeStdin(false);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    return await run(store, args, options, io, Date.now());
  } finally {
    await store.close();
  }
}

const NAME = /^[\w.-]{1,64}$/;
const BAD_SHOWN = 3;

/** `intel add PLACE`: a feed by name; the same name again takes the new place and format. */
export const addFeed: Run = async (store, [given = ''], options, io, now) => {
  const { format = '', map, skipReserved, anySize = false } = options;
  formatNamed(format);
  const place = path.resolve(io.cwd, given);
  const name = options.name ?? path.basename(place).replace(/\.(?:gz|\w{1,6})$/, '');
  if (!NAME.test(name)) {
    throw new UserError(`"${name}" is no name for a feed: give --name with letters, digits, dots and hyphens.`);
  }
  const before = (await readFeeds(store)).find((feed) => feed.name === name);
  const feed: Feed = {
    ...(before ?? NEW),
    ...{ name, format, place, score: scoreOf(options.score) },
    options: { ...(map === undefined ? {} : { map }), ...(skipReserved === true ? { skipReserved } : {}) },
  };
  return told(io, await loadFeed(store, feed, await ownNetworks(store), now, anySize));
};

const NEW = {
  ...{ state: 'ok' as const, version: 0, indicators: 0, bad: 0, ignored: 0 },
  ...{ lastGood: undefined, lastTry: 0, lastError: '' },
};

/** `intel update [NAME…]`: loads feeds again; all of them without a name. */
export const updateFeeds: Run = async (store, names, { anySize = false }, io, now) => {
  const feeds = await readFeeds(store);
  const chosen = names.length === 0 ? feeds : names.map((name) => feedNamed(feeds, name));
  const own = await ownNetworks(store);
  let code = EXIT_OK;
  for (const feed of chosen) code = Math.max(code, told(io, await loadFeed(store, feed, own, now, anySize)));
  return code;
};

/** `intel list`: the feeds, one a line. */
export const listFeeds: Run = async (store, _, options, io) => {
  const feeds = await readFeeds(store);
  const time = (ms: number | undefined): string | null => (ms === undefined ? null : new Date(ms).toISOString());
  for (const { lastGood, lastTry, lastError, ...feed } of feeds) {
    const times = { last_good: time(lastGood), last_try: time(lastTry), last_error: lastError };
    if (options.json === true) io.stdout.write(`${JSON.stringify({ ...feed, ...times })}\n`);
    else {
      const since = times.last_good === null ? 'never loaded' : `of ${times.last_good.slice(0, 16).replace('T', ' ')}`;
      const why = lastError === '' ? '' : `  refused: ${lastError}`;
      const facts = `${feed.name.padEnd(20)}  ${feed.format.padEnd(12)}  ${String(feed.indicators).padStart(8)}  ${since}`;
      io.stdout.write(`${printable(`${facts}  ${feed.place}${why}`)}\n`);
    }
  }
  say(io, `${feeds.length} feeds.`);
  return EXIT_OK;
};

/** `intel remove NAME` */
export const removeFeed: Run = async (store, [name = ''], _, io, now) => {
  const feed = feedNamed(await readFeeds(store), name);
  await saveFeed(store, feed, Math.max(now, feed.version + 1, feed.lastTry + 1), true);
  await rebuild(store, now);
  say(io, `${name} is removed with its ${feed.indicators} indicators.`);
  return EXIT_OK;
};

/** `intel allow add NETWORK` */
export const addAllowed: Run = async (store, [text = ''], { reason = '' }, io, now) => {
  const network = readNetwork(text);
  if (network === undefined) {
    throw new UserError(`"${text}" is no network: write ADDRESS or ADDRESS/BITS, for example 203.0.113.0/24.`);
  }
  await saveAllowed(store, { network: networkText(network), reason }, now);
  await rebuild(store, now);
  say(io, `${networkText(network)} is allowed: no feed makes it bad.`);
  return EXIT_OK;
};

/** `intel allow list` */
export const listAllowed: Run = async (store, _, options, io) => {
  const allowed = await readAllowed(store);
  for (const one of allowed) {
    const text = options.json === true ? JSON.stringify(one) : printable(`${one.network.padEnd(40)}  ${one.reason}`);
    io.stdout.write(`${text.trimEnd()}\n`);
  }
  say(io, `${allowed.length} networks are allowed.`);
  return EXIT_OK;
};

/** `intel allow remove NETWORK` */
export const removeAllowed: Run = async (store, [text = ''], _, io, now) => {
  const network = readNetwork(text);
  const wanted = network === undefined ? text : networkText(network);
  const found = (await readAllowed(store)).find((one) => one.network === wanted);
  if (found === undefined) {
    throw new UserError(`"${text}" is not on the allow list: fireplot intel allow list shows what is.`);
  }
  await saveAllowed(store, found, now, true);
  await rebuild(store, now);
  say(io, `${wanted} is no longer allowed.`);
  return EXIT_OK;
};

function told(io: Io, { feed, bad }: Loaded): number {
  for (const { at, text } of bad.slice(0, BAD_SHOWN)) say(io, `${feed.name}, entry ${at} cannot be read: ${text}`);
  if (bad.length > BAD_SHOWN) say(io, `${feed.name}: ${feed.bad} entries cannot be read.`);
  if (feed.state === 'ok') {
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

function scoreOf(text = '50'): number {
  const score = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (score >= 1 && score <= 100) return score;
  throw new UserError(`"${text}" is no score: give one from 1 to 100.`);
}

/** Our own networks, as the settings have left them in the store. */
async function ownNetworks(store: Store): Promise<string[]> {
  const [row] = await store.query<{ value: string }>(
    "SELECT value FROM fireplot.settings FINAL WHERE name = 'own_networks'"
  );
  return row === undefined ? [] : (JSON.parse(row.value) as string[]);
}
