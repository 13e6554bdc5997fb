import { longestRising, risingZ } from '../subsequence.js';
import { overlaps } from '../union.js';

/** What one source touched of a target. */
export interface Member {
  readonly source: string;
  readonly start: number;
  readonly end: number;
  /** Ascending, without repeats. */
  readonly ports: readonly number[];
}

/** Sources whose ports hardly overlap and together fill something. */
export interface Covering {
  readonly members: readonly Member[];
  /** Distinct ports of all. */
  readonly union: number;
  /** Ports touched again by another, as a share of the union. */
  readonly overlap: number;
  /** Share of the union's steps from port to port that are as large as most: 1 for a whole range, or every 8th port. */
  readonly regular: number;
}

const LEAST_SOURCES = 3;
const LEAST_PORTS = 50;
const MOST_OVERLAP = 0.2;
const REGULAR = 0.5;
const GAP_MS = 3_600_000;
const Z = 8;
/** Shares of a list with holes: as large as each other, begun and ended together. */
const ALIKE_PORTS = 15;
const ALIKE_UNION = 100;
const ALIKE_SIZE = 1.5;
const ALIKE_TIME = 0.1;
const ALIKE_SPAN_MS = 6 * 3_600_000;
/** A large member that covers others must not hide them: so many starts are tried. */
const TRIES = 8;

/** Every group of members that splits ports; a member is in one at most. Greedy: largest first. Pure. */
export function coverings(members: readonly Member[]): Covering[] {
  const found: Covering[] = [];
  let left = [...members].sort((a, b) => b.ports.length - a.ports.length);
  for (let at = 0; at < Math.min(left.length, TRIES); ) {
    const covering = grow(left.slice(at));
    if (covering === undefined) {
      at++;
      continue;
    }
    found.push(covering);
    left = left.filter((member) => !covering.members.includes(member));
    at = 0;
  }
  return found;
}

/** Grows a group from the first member, and says whether it is one. */
function grow(members: readonly Member[]): Covering | undefined {
  const [seed, ...rest] = members;
  if (seed === undefined) return undefined;
  const taken = new Uint8Array(65_536);
  for (const port of seed.ports) taken[port] = 1;
  const group = [seed];
  let union = seed.ports.length;
  let again = 0;
  let span = { start: seed.start, end: seed.end };
  for (const member of rest) {
    if (!overlaps(span, member, GAP_MS)) continue;
    let common = 0;
    for (const port of member.ports) common += taken[port] as number;
    if (common > MOST_OVERLAP * member.ports.length) continue;
    for (const port of member.ports) taken[port] = 1;
    group.push(member);
    union += member.ports.length - common;
    again += common;
    span = { start: Math.min(span.start, member.start), end: Math.max(span.end, member.end) };
  }
  if (group.length < LEAST_SOURCES || union < LEAST_PORTS || again > MOST_OVERLAP * union) return undefined;
  const regular = regularity(taken);
  if (regular < REGULAR && !alike(group, union) && !inTurn(group)) return undefined;
  return { members: group, union, overlap: again / union, regular };
}

/** Equal shares, begun and ended together within hours: nobody does that by chance. */
function alike(group: readonly Member[], union: number): boolean {
  const sizes = group.map(({ ports }) => ports.length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const start = Math.min(...group.map((member) => member.start));
  const end = Math.max(...group.map((member) => member.end));
  const slack = Math.max(60_000, ALIKE_TIME * (end - start));
  return (
    least >= ALIKE_PORTS &&
    union >= ALIKE_UNION &&
    most <= ALIKE_SIZE * least &&
    end - start <= ALIKE_SPAN_MS &&
    group.every((member) => member.start - start <= slack && end - member.end <= slack)
  );
}

/** One after the other, each going on where another stopped: their spans are in order of their ports. */
function inTurn(group: readonly Member[]): boolean {
  const byTime = [...group].sort((a, b) => a.start - b.start).map(({ ports }) => ports[0] as number);
  const falling = byTime.map((port) => -port);
  const best = Math.max(longestRising(byTime).length, longestRising(falling).length);
  return risingZ(best, byTime.length) >= Z;
}

/** How alike the steps from port to port are. Ports picked at random are as regular as they are dense. */
function regularity(taken: Uint8Array): number {
  const steps = new Map<number, number>();
  let count = 0;
  for (let before = taken.indexOf(1), port = before + 1; port < taken.length && before >= 0; port++) {
    if (taken[port] === 0) continue;
    steps.set(port - before, (steps.get(port - before) ?? 0) + 1);
    count++;
    before = port;
  }
  return count === 0 ? 0 : Math.max(...steps.values()) / count;
}
