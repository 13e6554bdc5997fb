import ipaddr from 'ipaddr.js';
import type { Matcher } from '../enrich/networks.js';

/** Packets of a second that agree in all that a submission says. */
export interface Submitted {
  /** Seconds since the epoch. */
  readonly second: number;
  readonly source: string;
  readonly sourcePort: number;
  readonly target: string;
  readonly targetPort: number;
  readonly proto: number;
  /** null: not logged. */
  readonly flags: number | null;
  readonly icmpType: number | null;
  readonly icmpCode: number | null;
  readonly count: number;
}

/** Why something is not submitted. */
export type LeftOut = 'IPv6' | 'source not public' | 'own source' | 'no target';

const UNKNOWN = '???';
/** In the order in which DShield lists them; 1 and 2 are the bits that were reserved once. */
const LETTERS = [
  ['S', 2],
  ['F', 1],
  ['A', 16],
  ['P', 8],
  ['R', 4],
  ['U', 32],
  ['1', 128],
  ['2', 64],
] as const;

/** @returns why it stays here; undefined when it may go */
export function leftOut({ source, target }: Submitted, own: Matcher | undefined): LeftOut | undefined {
  if (source.includes(':') || target.includes(':')) return target === '::' ? 'no target' : 'IPv6';
  if (own?.(source) === true) return 'own source';
  return ipaddr.IPv4.isValid(source) && ipaddr.IPv4.parse(source).range() === 'unicast'
    ? undefined
    : 'source not public';
}

/** A target as DShield wants those that stay unnamed: its first number is 10. */
export const masked = (target: string): string => target.replace(/^\d+/, '10');

/**
 * A line as DShield takes it, times in UTC, without its line end.
 * @param author number of the user at DShield
 */
export function lineOf(row: Submitted, author: string): string {
  const stamp = new Date(row.second * 1000).toISOString();
  const [first, second] = portsOf(row);
  return [
    `${stamp.slice(0, 10)} ${stamp.slice(11, 19)} +00:00`,
    author,
    row.count,
    row.source,
    first,
    masked(row.target),
    second,
    row.proto,
    row.proto === 6 && row.flags !== null ? letters(row.flags) : '',
  ].join('\t');
}

/** Of ICMP the code, then the type, as DShield's own clients write them. */
function portsOf({ proto, sourcePort, targetPort, icmpType, icmpCode }: Submitted): [number | string, number | string] {
  if (proto === 1) return icmpType === null || icmpCode === null ? [UNKNOWN, UNKNOWN] : [icmpCode, icmpType];
  if (![6, 17, 33, 132, 136].includes(proto)) return [UNKNOWN, UNKNOWN];
  return [sourcePort === 0 ? UNKNOWN : sourcePort, targetPort];
}

const letters = (flags: number): string =>
  LETTERS.flatMap(([letter, bit]) => ((flags & bit) > 0 ? [letter] : [])).join('');
