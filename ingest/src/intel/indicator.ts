import type { Network } from './network.js';

/** What a feed says of an address, a network or a name. */
export interface Indicator {
  /** Undefined for a domain. */
  readonly network: Network | undefined;
  /** Lower case, without a last dot; `*.` in front when names below it are meant. '' for addresses. */
  readonly domain: string;
  /** The feed calls it good. */
  readonly allow: boolean;
  /** 0–100; undefined when the feed does not say. */
  readonly score: number | undefined;
  readonly tags: readonly string[];
  /** ms since the epoch; undefined when the feed does not say. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  readonly expires: number | undefined;
  readonly comment: string;
}

/** What may be known besides the address. */
export type Details = Partial<Omit<Indicator, 'network' | 'domain'>>;

const NONE: Omit<Indicator, 'network' | 'domain'> = {
  allow: false,
  score: undefined,
  tags: [],
  firstSeen: undefined,
  lastSeen: undefined,
  expires: undefined,
  comment: '',
};

const COMMENT_LENGTH = 300;
const TAGS = 32;

export function ofNetwork(network: Network, details: Details = {}): Indicator {
  return { ...NONE, ...bounded(details), network, domain: '' };
}

/** @returns undefined when the text is no host name */
export function ofDomain(text: string, details: Details = {}): Indicator | undefined {
  const domain = text.toLowerCase().replace(/\.$/, '');
  return isDomain(domain) ? { ...NONE, ...bounded(details), network: undefined, domain } : undefined;
}

function bounded(details: Details): Details {
  const { comment, tags } = details;
  return {
    ...details,
    ...(comment === undefined ? {} : { comment: comment.slice(0, COMMENT_LENGTH) }),
    ...(tags === undefined ? {} : { tags: [...new Set(tags.filter((tag) => tag !== ''))].slice(0, TAGS) }),
  };
}

/** Labels of letters, digits, hyphen and underscore, at least two of them, the last not all digits. */
function isDomain(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.replace(/^\*\./, '').split('.');
  const last = labels.at(-1) ?? '';
  return labels.length > 1 && labels.every((label) => /^[a-z0-9_-]{1,63}$/.test(label)) && !/^\d+$/.test(last);
}

/** A time in ISO 8601 (UTC where it names no zone) or epoch seconds. @returns ms, undefined when it is neither */
export function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') return inRange(value * 1_000);
  if (typeof value !== 'string' || value === '') return undefined;
  if (/^\d{9,10}$/.test(value)) return inRange(Number(value) * 1_000);
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?(Z|[+-]\d\d:?\d\d)?$/.exec(value.trim());
  if (iso === null) return undefined;
  return inRange(Date.parse(`${iso[1]}T${iso[2] ?? '00:00:00'}${iso[3] ?? 'Z'}`));
}

const inRange = (ms: number): number | undefined => (ms >= 0 && ms < Date.UTC(2106, 0, 1) ? ms : undefined);

/** A score in 0–100. @returns undefined when it is none */
export function readScore(value: unknown): number | undefined {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 100 ? Math.round(score) : undefined;
}
