import { UserError } from '../config/error.js';
import { feedUrl, isUrl } from './fetch/url.js';
import type { KeyPlace } from './fetch/secret.js';
import { checkWay } from './fetch/secret.js';
import { KNOWN } from './known.js';
import { formatNamed } from './format/named.js';
import type { Feed } from './store/feeds.js';

/** What somebody says of a feed, on the command line or in the config file. */
export interface Wish {
  /** A URL, the name of a well-known source, or a file, absolute. */
  readonly source: string;
  readonly name?: string | undefined;
  readonly format?: string | undefined;
  readonly score?: string | undefined;
  readonly map?: string | undefined;
  readonly skipReserved?: boolean | undefined;
  readonly key?: KeyPlace | undefined;
  readonly auth?: string | undefined;
  /** `30m`, `6h`, `1d` */
  readonly every?: string | undefined;
}

export type Plan = Pick<Feed, 'name' | 'format' | 'place' | 'score' | 'options'>;

const NAME = /^[\w.-]{1,64}$/;
const DEFAULT_MINUTES = 24 * 60;
const UNITS: Readonly<Record<string, number>> = { m: 1, h: 60, d: 24 * 60 };

/** A well-known source of that name. */
export const knownSource = (name: string) => KNOWN.find((each) => each.name === name);

/**
 * What a wish comes to: the feed as the store keeps it.
 * @throws UserError with one sentence
 */
export function planFeed(wish: Wish): Plan {
  const known = wish.format === undefined ? knownSource(wish.source) : undefined;
  const format = known?.format ?? wish.format;
  if (format === undefined) {
    const names = KNOWN.map(({ name }) => name).join(', ');
    throw new UserError(`Of what format is ${shown(wish.source)}? Give --format, or name one of ${names}.`);
  }
  formatNamed(format);
  const place = known?.url ?? (isUrl(wish.source) ? feedUrl(wish.source).href : wish.source);
  const remote = isUrl(place);
  if (known?.needsKey === true && wish.key === undefined) {
    throw new UserError(`${known.name} gives nothing without a key: give --key-file, --key-env or --key-credential.`);
  }
  if (!remote && (wish.key ?? wish.auth) !== undefined) {
    throw new UserError(`${wish.source} is a file, which needs no key: leave it out.`);
  }
  const { map, key } = wish;
  const skipReserved = wish.skipReserved ?? known?.options?.skipReserved;
  const columns = map ?? known?.options?.map;
  const minutes = wish.every === undefined ? (known?.hours ?? 0) * 60 || DEFAULT_MINUTES : readEvery(wish.every);
  return {
    ...{ name: named(wish.name ?? known?.name ?? nameOf(place, remote)), format, place },
    score: scoreOf(wish.score ?? String(known?.score ?? 50)),
    options: {
      ...(columns === undefined ? {} : { map: columns }),
      ...(skipReserved === true ? { skipReserved } : {}),
      ...(key === undefined ? {} : { key }),
      ...(wish.auth === undefined ? {} : { auth: checkWay(wish.auth) }),
      ...(remote || wish.every !== undefined ? { minutes } : {}),
    },
  };
}

/** @returns minutes, from 5 to a month @throws UserError */
export function readEvery(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const minutes = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (minutes >= 5 && minutes <= 31 * 24 * 60) return minutes;
  throw new UserError(`"${text}" is no interval: give one from 5m to 31d, such as 6h.`);
}

function nameOf(place: string, remote: boolean): string {
  const parts = (remote ? new URL(place).pathname : place).split('/').filter(Boolean);
  const last = parts.at(-1)?.replace(/\.(?:gz|\w{1,6})$/, '') ?? '';
  return last === '' && remote ? new URL(place).hostname : last;
}

function named(name: string): string {
  if (NAME.test(name)) return name;
  throw new UserError(`"${name}" is no name for a feed: give --name with letters, digits, dots and hyphens.`);
}

/** A URL may hold a secret that has not been looked for yet. */
const shown = (source: string): string => (isUrl(source) ? feedUrl(source).host : source);

function scoreOf(text: string): number {
  const score = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (score >= 1 && score <= 100) return score;
  throw new UserError(`"${text}" is no score: give one from 1 to 100.`);
}
