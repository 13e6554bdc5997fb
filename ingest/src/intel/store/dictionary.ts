import { UserError } from '../../config/error.js';
import type { Store } from '../../store/store.js';
import { utcText } from '../../store/text.js';
import { merge } from '../merge.js';
import type { Listed, Merged } from '../merge.js';
import { networkKey, readNetwork } from '../network.js';
import { readAllowed } from './allowed.js';
import { arrayText, dropOldIndicators, readListed } from './indicators.js';

const COLUMNS = ['version', 'network', 'score', 'feeds', 'tags', 'allowed', 'first_seen', 'last_seen', 'expires'];
const BLOCK = 50_000;
/** The last second that the engine's DateTime knows. */
const NEVER_MS = 0xffff_ffff * 1_000;

/**
 * Merges all sets in force and the allow lists, and lets the dictionary have the outcome: whole, and at once.
 * @param now ms since the epoch
 * @returns how many networks it has
 */
export async function rebuild(store: Store, now: number): Promise<number> {
  const [last] = await store.query<{ version: number }>('SELECT max(version) AS version FROM fireplot.intel_sets');
  const version = Math.max(now, (last?.version ?? 0) + 1);
  const own = (await readAllowed(store)).flatMap(({ network }) => allowedHere(network));
  const merged = merge([...(await readListed(store)), ...own], now);
  for (let at = 0; at < merged.length; at += BLOCK) {
    const lines = merged.slice(at, at + BLOCK).map((one) => line(version, one));
    const token = `intel-networks.${version}.${at}`;
    await store.insert('fireplot.intel_networks', COLUMNS, Buffer.from(lines.join('')), token, 'TabSeparated');
  }
  await store.command('INSERT INTO fireplot.intel_sets SELECT {version:UInt64}, {networks:UInt32}', {
    version,
    networks: merged.length,
  });
  await reload(store);
  await store.command('DELETE FROM fireplot.intel_networks WHERE version < {version:UInt64}', { version });
  await dropOldIndicators(store, now);
  return merged.length;
}

function allowedHere(text: string): Listed[] {
  const network = readNetwork(text);
  const nothing = { firstSeen: undefined, lastSeen: undefined, expires: undefined };
  return network === undefined ? [] : [{ network, feed: '', allow: true, score: 0, tags: [], ...nothing }];
}

function line(version: number, { network, score, feeds, tags, allowed, ...times }: Merged): string {
  const text = (ms: number): string => utcText(ms).slice(0, 19);
  const lists = [arrayText(feeds), arrayText(tags)];
  const cells = [String(version), networkKey(network), String(score), ...lists, allowed ? '1' : '0'];
  const { firstSeen, lastSeen, expires } = times;
  const ends = [text(firstSeen ?? 0), text(lastSeen ?? 0), text(Math.min(expires ?? NEVER_MS, NEVER_MS))];
  return `${[...cells, ...ends].join('\t')}\n`;
}

/** @throws UserError when the dictionary cannot read its own table, as on a server with passwords */
async function reload(store: Store): Promise<void> {
  try {
    await store.command('SYSTEM RELOAD DICTIONARY fireplot.intel');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `The dictionary fireplot.intel cannot read its table (${why}): on a server whose default user has a password, make the dictionary with SOURCE(CLICKHOUSE(USER … PASSWORD … QUERY …)), as migration 060_intel.sql has it without.`,
      { cause }
    );
  }
}
