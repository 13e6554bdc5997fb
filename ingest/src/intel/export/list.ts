import type { Kind } from '../../detect/finding.js';
import type { Network } from '../network.js';

/** What made an address suspicious. */
export type Why = Kind | 'spike';

/** An address to be handed to others. Holds nothing that a log line wrote but the address. */
export interface Entry {
  /** A lone address, 128 bits. */
  readonly network: Network;
  /** Kinds of its findings, in alphabetical order, at least one. */
  readonly why: readonly Why[];
  /** 1–100, the highest of its findings. */
  readonly score: number;
  /** ms since the epoch: begin of its first finding and end of its last. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Counts no more from then on, ms since the epoch; undefined for never. */
  readonly expires: number | undefined;
}

/** What BIND does with a client of the list. */
export const POLICIES = ['drop', 'nxdomain', 'nodata', 'tcp-only'] as const;
export type Policy = (typeof POLICIES)[number];

/** A list as a format writes it. */
export interface List {
  /** IPv4 first, ascending, each address once. */
  readonly entries: readonly Entry[];
  /** When it is made, ms since the epoch. */
  readonly now: number;
  /** A letter, then letters, digits and underscores: what the consumer calls it. */
  readonly name: string;
  /** For rpz. */
  readonly policy: Policy;
  /** What the file holds so far; '' when there is none. */
  readonly previous: string;
}

/** How a consumer reads a list. Pure; an empty list is a valid file too. */
export interface Out {
  readonly name: string;
  /** For --help. */
  readonly about: string;
  write(list: List): string;
}

/** `2026-11-25T16:40:00Z` */
export const second = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** Whole seconds until an entry expires, at least one; undefined for never. */
export const secondsLeft = ({ expires }: Entry, now: number): number | undefined =>
  expires === undefined ? undefined : Math.max(1, Math.ceil((expires - now) / 1_000));

/** In words of our own: `vertical, spike; seen 2026-11-22T08:13:41Z to …; until …`. */
export function describe({ why, firstSeen, lastSeen, expires }: Entry): string {
  const until = expires === undefined ? '' : `; until ${second(expires)}`;
  return `${why.join(', ')}; seen ${second(firstSeen)} to ${second(lastSeen)}${until}`;
}
