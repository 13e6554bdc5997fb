import type { Network } from '../network.js';
import { isV4, readNetwork } from '../network.js';
import type { Entry, Why } from './list.js';

/** A finding as the store has it. */
export interface Found {
  readonly why: Why;
  /** IPv6 text, IPv4 as ::ffff:a.b.c.d. */
  readonly sources: readonly string[];
  readonly minPort: number;
  readonly maxPort: number;
  /** 0–1 */
  readonly score: number;
  /** Of severity info: shown, never alerted. */
  readonly informs: boolean;
  /** Reason of the suppression that covered it when it was found; '' for none. */
  readonly known: string;
  /** ms since the epoch */
  readonly start: number;
  readonly end: number;
}

/** Why an address that was found is not handed on, in the order in which it is asked. */
export const LEFT_OUT = ['reserved', 'own', 'spoofed', 'allowed', 'suppressed', 'informs', 'weak', 'expired'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

/** Says of an address whether it may be handed on. */
export interface Guard {
  readonly reserved: (address: Network) => boolean;
  readonly own: (address: Network) => boolean;
  /** Sender that somebody else wrote into packets: a decoy, or the victim of backscatter. */
  readonly spoofed: (address: Network) => boolean;
  readonly allowed: (address: Network) => boolean;
  /** A suppression in force covers this source of this finding. */
  readonly suppressed: (found: Found, source: string) => boolean;
}

export interface Limits {
  readonly now: number;
  /** How long after its last finding an address counts, ms; undefined for ever. */
  readonly expire: number | undefined;
  /** 0–100 */
  readonly minScore: number;
  /** Take findings that only inform, too. */
  readonly informing: boolean;
}

export interface Collected {
  readonly entries: readonly Entry[];
  /** Addresses that are not among them, by the reason that came first. */
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
}

interface Draft {
  readonly network: Network;
  why: Set<Why>;
  score: number;
  firstSeen: number;
  lastSeen: number;
  /** Why no finding of it counts so far; undefined once one does. */
  reason: LeftOut | undefined;
}

/** Findings as a list of addresses: what may not be handed on is left out and counted. Pure. */
export function collect(findings: readonly Found[], guard: Guard, limits: Limits): Collected {
  const drafts = new Map<string, Draft>();
  for (const found of findings) for (const source of found.sources) take(drafts, found, source, guard, limits);
  const leftOut: Partial<Record<LeftOut, number>> = {};
  const entries: Entry[] = [];
  for (const { reason, why, ...draft } of drafts.values()) {
    if (reason !== undefined) leftOut[reason] = (leftOut[reason] ?? 0) + 1;
    else {
      const expires = limits.expire === undefined ? undefined : draft.lastSeen + limits.expire;
      entries.push({ ...draft, why: [...why].sort(), expires });
    }
  }
  return { entries: entries.sort(inOrder), leftOut };
}

function take(drafts: Map<string, Draft>, found: Found, source: string, guard: Guard, limits: Limits): void {
  const network = readNetwork(source);
  if (network?.bits !== 128) throw new Error(`not an address: ${JSON.stringify(source)}`);
  const score = Math.min(100, Math.max(1, Math.round(found.score * 100)));
  const before = drafts.get(source);
  const reason = reasonOf(network, source, { ...found, score }, guard, limits);
  if (reason !== undefined) {
    if (before === undefined) drafts.set(source, { network, reason, why: new Set(), ...NOTHING });
    else if (before.reason !== undefined && rank(reason) < rank(before.reason)) before.reason = reason;
    return;
  }
  const draft = before ?? { network, reason, why: new Set(), ...NOTHING };
  draft.reason = undefined;
  draft.why.add(found.why);
  draft.score = Math.max(draft.score, score);
  draft.firstSeen = Math.min(draft.firstSeen, found.start);
  draft.lastSeen = Math.max(draft.lastSeen, found.end);
  drafts.set(source, draft);
}

const NOTHING = { score: 0, firstSeen: Infinity, lastSeen: 0 };
const rank = (reason: LeftOut): number => LEFT_OUT.indexOf(reason);

function reasonOf(
  network: Network,
  source: string,
  found: Found,
  guard: Guard,
  { now, expire, minScore, informing }: Limits
): LeftOut | undefined {
  if (guard.reserved(network)) return 'reserved';
  if (guard.own(network)) return 'own';
  if (guard.spoofed(network)) return 'spoofed';
  if (guard.allowed(network)) return 'allowed';
  if (found.known !== '' || guard.suppressed(found, source)) return 'suppressed';
  if (found.informs && !informing) return 'informs';
  if (found.score < minScore) return 'weak';
  if (expire !== undefined && found.end + expire <= now) return 'expired';
  return undefined;
}

function inOrder({ network: a }: Entry, { network: b }: Entry): number {
  const families = Number(isV4(b)) - Number(isV4(a));
  return families === 0 ? (a.start < b.start ? -1 : 1) : families;
}
