import type { Network } from './network.js';
import { covers } from './network.js';

/** A network that a feed in force lists, or that an allow list holds. */
export interface Listed {
  readonly network: Network;
  /** '' for the user's own allow list. */
  readonly feed: string;
  readonly allow: boolean;
  readonly score: number;
  readonly tags: readonly string[];
  /** ms since the epoch. */
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  readonly expires: number | undefined;
}

/** One prefix with all that is said of it and of the networks around it. */
export interface Merged {
  readonly network: Network;
  /** 0 when allowed. */
  readonly score: number;
  readonly feeds: readonly string[];
  readonly tags: readonly string[];
  readonly allowed: boolean;
  readonly firstSeen: number | undefined;
  readonly lastSeen: number | undefined;
  /** When the last of the feeds takes it back; undefined: never. */
  readonly expires: number | undefined;
}

const TAGS = 32;

/**
 * What the longest prefix has to say, so that one look-up knows all feeds that cover an address. What is allowed is so
 * with everything in it, whatever other feeds say; what has expired is left out. Pure.
 * @param now ms since the epoch
 */
export function merge(listed: readonly Listed[], now: number): Merged[] {
  const alive = listed.filter(({ expires }) => expires === undefined || expires > now);
  // Outer networks come before those within them.
  const order = (a: Listed, b: Listed): number =>
    a.network.start === b.network.start ? a.network.bits - b.network.bits : a.network.start < b.network.start ? -1 : 1;
  const merged: Merged[] = [];
  const around: Merged[] = [];
  for (const same of groups([...alive].sort(order))) {
    const { network } = same[0] as Listed;
    while (around.length > 0 && !covers((around.at(-1) as Merged).network, network)) around.pop();
    const outer = around.at(-1);
    if (outer?.allowed === true) continue;
    const one = together(network, same, outer);
    merged.push(one);
    around.push(one);
  }
  return merged;
}

/** Runs of the same network. */
function* groups(sorted: readonly Listed[]): Generator<readonly Listed[]> {
  let group: Listed[] = [];
  for (const one of sorted) {
    const first = group[0]?.network;
    if (first !== undefined && (first.start !== one.network.start || first.bits !== one.network.bits)) {
      yield group;
      group = [];
    }
    group.push(one);
  }
  if (group.length > 0) yield group;
}

function together(network: Network, same: readonly Listed[], outer: Merged | undefined): Merged {
  if (same.some(({ allow }) => allow)) {
    const nothing = { firstSeen: undefined, lastSeen: undefined, expires: undefined };
    return { network, score: 0, feeds: [], tags: [], allowed: true, ...nothing };
  }
  const all = outer === undefined ? same : [...same, outer];
  return {
    network,
    score: Math.max(...all.map(({ score }) => score)),
    feeds: [...new Set([...same.map(({ feed }) => feed), ...(outer?.feeds ?? [])])].sort(),
    tags: [...new Set(all.flatMap(({ tags }) => tags))].slice(0, TAGS),
    allowed: false,
    firstSeen: pick(
      all.map(({ firstSeen }) => firstSeen),
      Math.min
    ),
    lastSeen: pick(
      all.map(({ lastSeen }) => lastSeen),
      Math.max
    ),
    expires: all.some(({ expires }) => expires === undefined)
      ? undefined
      : pick(
          all.map(({ expires }) => expires),
          Math.max
        ),
  };
}

function pick(times: readonly (number | undefined)[], of: (...times: number[]) => number): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : of(...known);
}
