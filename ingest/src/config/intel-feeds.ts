import path from 'node:path';
import type { KeyPlace } from '../intel/fetch/secret.js';
import { isUrl } from '../intel/fetch/url.js';
import type { Plan } from '../intel/plan.js';
import { knownSource, planFeed } from '../intel/plan.js';
import { UserError } from './error.js';

/** Where feeds stand in the config file. */
export const FEEDS_PATH = 'intel.feeds';

const KEYS = [
  ...['source', 'name', 'format', 'every', 'score', 'map', 'skip_reserved'],
  ...['key_file', 'key_env', 'key_credential', 'auth'],
];
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks the feeds of a config file.
 * @param file its name; paths in it are relative to its folder
 * @throws UserError that names the file, the place, and what may stand there
 */
export function readIntelFeeds(file: string, value: unknown): readonly Plan[] {
  if (!Array.isArray(value)) throw new UserError(`${file}: ${FEEDS_PATH} takes a list, each with source and every.`);
  const plans = (value as unknown[]).map((each, i) => readFeed(file, `${FEEDS_PATH}[${i}]`, each));
  plans.forEach(({ name }, i) => {
    if (plans.findIndex((other) => other.name === name) !== i)
      throw new UserError(`${file}: ${FEEDS_PATH}[${i}] has the name of another, "${name}": give each its own.`);
  });
  return plans;
}

function readFeed(file: string, at: string, value: unknown): Plan {
  const wrong = (what: string): UserError => new UserError(`${file}: ${at}${what}`);
  if (!isObject(value)) throw wrong(` takes ${KEYS.join(', ')}.`);
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw wrong(`.${unknown} is not a setting: a feed takes ${KEYS.join(', ')}.`);
  const text = (key: string): string | undefined => {
    const given = value[key];
    if (given === undefined) return undefined;
    if (typeof given === 'string' || typeof given === 'number') return String(given);
    throw wrong(`.${key} takes a text.`);
  };
  const source = text('source');
  if (source === undefined || source === '') throw wrong('.source must be a URL, a file, or the name of a source.');
  const skipReserved = value.skip_reserved;
  if (skipReserved !== undefined && typeof skipReserved !== 'boolean')
    throw wrong('.skip_reserved takes true or false.');
  const folder = path.dirname(path.resolve(file));
  const byName = isUrl(source) || (value.format === undefined && knownSource(source) !== undefined);
  try {
    const [format, every, score, map, auth] = ['format', 'every', 'score', 'map', 'auth'].map(text);
    const key = keyOf(folder, text('key_file'), text('key_env'), text('key_credential'));
    const wish = { name: text('name'), format, every, score, map, auth, key, skipReserved };
    return planFeed({ source: byName ? source : path.resolve(folder, source), ...wish });
  } catch (cause) {
    if (cause instanceof UserError && cause.message.startsWith(`${file}: `)) throw cause;
    throw new UserError(`${file}: ${at}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function keyOf(folder: string, file?: string, env?: string, credential?: string): KeyPlace | undefined {
  const places: KeyPlace[] = [
    ...(file === undefined ? [] : [{ file: path.resolve(folder, file) }]),
    ...(env === undefined ? [] : [{ env }]),
    ...(credential === undefined ? [] : [{ credential }]),
  ];
  if (places.length > 1)
    throw new UserError('The key is in more than one place: give one of key_file, key_env, key_credential.');
  return places[0];
}
