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
  /** Begun and ended together, one after the other, or woven into each other: strangers never do that. */
  readonly agreed: boolean;
}

const LEAST_SOURCES = 3;
const LEAST_PORTS = 50;
const MOST_OVERLAP = 0.2;
const REGULAR = 0.5;
const GAP_MS = 3_600_000;
const Z = 8;
/** Shares of a list with holes: as large as each other, begun and ended together, and meeting less than by chance. */
const ALIKE_PORTS = 15;
const CHANCE_MEETINGS = 10;
const CHANCE_SHARE = 0.25;
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
  const { share, step } = regularity(taken);
  const agreed = alike(group, again) || inTurn(group) || (share >= REGULAR && woven(group, again));
  const whole = { members: group, union, overlap: again / union, regular: share, agreed };
  if (agreed) return whole;
  if (share < REGULAR) return undefined;
  // One full range beside scattered ports is regular too: each must fit in with the others.
  const fitting = group.filter((member) => fits(member, taken, step));
  if (fitting.length === group.length) return whole;
  return fitting.length < LEAST_SOURCES ? undefined : grow(fitting);
}

/** Most of a member's ports have a neighbour in the union, one usual step away. */
function fits({ ports }: Member, taken: Uint8Array, step: number): boolean {
  const beside = ports.filter((port) => taken[port - step] === 1 || taken[port + step] === 1).length;
  return beside >= ports.length / 2;
}

/** Equal shares, begun and ended together within hours, that avoid each other: independent draws would meet. */
function alike(group: readonly Member[], meetings: number): boolean {
  const sizes = group.map(({ ports }) => ports.length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (least < ALIKE_PORTS || most > ALIKE_SIZE * least) return false;
  const start = Math.min(...group.map((member) => member.start));
  const end = Math.max(...group.map((member) => member.end));
  const slack = Math.max(60_000, ALIKE_TIME * (end - start));
  const together = group.every((member) => member.start - start <= slack && end - member.end <= slack);
  if (!together || end - start > ALIKE_SPAN_MS) return false;
  const low = Math.min(...group.map(({ ports }) => ports[0] as number));
  const high = Math.max(...group.map(({ ports }) => ports.at(-1) as number));
  return fewMeetings(group, meetings, high - low + 1);
}

/** Whether ports of a range were met again far less often than by members that know nothing of each other. */
function fewMeetings(group: readonly Member[], meetings: number, range: number): boolean {
  const total = group.reduce((sum, { ports }) => sum + ports.length, 0);
  const pairs = (total ** 2 - group.reduce((sum, { ports }) => sum + ports.length ** 2, 0)) / 2;
  const chance = pairs / range;
  return chance >= CHANCE_MEETINGS && meetings <= CHANCE_SHARE * chance;
}

/** Each goes through most of the same range and leaves out what others take. */
function woven(group: readonly Member[], meetings: number): boolean {
  const low = Math.min(...group.map(({ ports }) => ports[0] as number));
  const high = Math.max(...group.map(({ ports }) => ports.at(-1) as number));
  const wide = group.every(({ ports }) => (ports.at(-1) as number) - (ports[0] as number) >= (high - low) / 2);
  return wide && fewMeetings(group, meetings, high - low + 1);
}

/** One after the other, each going on where another stopped: their spans are in order of their ports. */
function inTurn(group: readonly Member[]): boolean {
  const byTime = [...group].sort((a, b) => a.start - b.start).map(({ ports }) => ports[0] as number);
  const falling = byTime.map((port) => -port);
  const best = Math.max(longestRising(byTime).length, longestRising(falling).length);
  return risingZ(best, byTime.length) >= Z;
}

/** The usual step from port to port, and its share of all. Ports picked at random are as regular as they are dense. */
function regularity(taken: Uint8Array): { share: number; step: number } {
  const steps = new Map<number, number>();
  let count = 0;
  for (let before = taken.indexOf(1), port = before + 1; port < taken.length && before >= 0; port++) {
    if (taken[port] === 0) continue;
    steps.set(port - before, (steps.get(port - before) ?? 0) + 1);
    count++;
    before = port;
  }
  const [step, most] = [...steps].reduce((best, each) => (each[1] > best[1] ? each : best), [1, 0]);
  return { share: count === 0 ? 0 : most / count, step };
}
