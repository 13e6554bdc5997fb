import type { Scan } from './finding.js';
import { SESSION_GAP_MS } from './finding.js';
import type { StoredScan } from './stored.js';
import { isStroke } from './supersede.js';
import { overlaps } from './union.js';

const GROUPS: ReadonlySet<string> = new Set(['synchronised', 'distributed', 'decoy']);
const OF_MANY: ReadonlySet<string> = new Set([...GROUPS, 'diagonal', 'painted']);

/** A stored finding that goes on; the rest of its row stays. */
export interface Prolonged {
  readonly id: string;
  readonly end: number;
  readonly events: number;
  readonly ongoing: boolean;
}

/** What is to be written. */
export interface Changes {
  readonly write: readonly Scan[];
  /** Stored findings of which only the tail was seen. */
  readonly prolonged: readonly Prolonged[];
  /** Stored findings that another one has taken in: id to id. */
  readonly superseded: ReadonlyMap<string, string>;
}

/**
 * Compares a run with what is stored. A finding that goes on keeps its id and day, though an earlier line may have
 * moved its start; one that a group has taken in points to it; what is unchanged is not written. Pure.
 * @param seenFrom where the run's view begins: of a finding that began before, it saw the tail alone: such a
 *   finding is only prolonged, until a look goes back to its start
 */
export function reconcile(run: readonly Scan[], stored: readonly StoredScan[], seenFrom: number): Changes {
  const used = new Set<string>();
  const renamed = new Map<string, string>();
  const match = (scan: Scan): StoredScan | undefined => {
    const same =
      stored.find((old) => old.id === scan.id && !used.has(old.id)) ??
      stored.find((old) => old.supersededBy === '' && !used.has(old.id) && goesOn(old, scan));
    if (same !== undefined) used.add(same.id);
    return same;
  };
  const standing = run.filter(({ supersededBy }) => supersededBy === '');
  const taken = run.filter(({ supersededBy }) => supersededBy !== '');
  const write: Scan[] = [];
  const superseded = new Map<string, string>();
  const prolonged: Prolonged[] = [];
  for (const scan of standing) {
    const old = match(scan);
    const group = old === undefined ? stored.find((other) => absorbs(other, scan)) : undefined;
    if (group !== undefined) continue;
    const kept = old === undefined ? scan : { ...scan, id: old.id, day: old.day };
    if (old !== undefined) renamed.set(scan.id, old.id);
    const by = old === undefined ? undefined : stored.find((other) => other.id !== old.id && absorbs(other, scan));
    if (old !== undefined && by !== undefined) {
      superseded.set(old.id, by.id);
      continue;
    }
    if (old === undefined || (old.start >= seenFrom && changed(old, kept))) write.push(kept);
    else if (old.start < seenFrom && scan.end > old.end) prolonged.push(prolong(old, scan));
  }
  for (const scan of taken) {
    const old = match(scan);
    const by = renamed.get(scan.supersededBy) ?? scan.supersededBy;
    if (old !== undefined && old.supersededBy !== by) superseded.set(old.id, by);
  }
  return { write, prolonged, superseded };
}

/** What came after the stored end is added by its share of the time that was seen. */
function prolong(old: StoredScan, scan: Scan): Prolonged {
  const share = (scan.end - old.end) / Math.max(1, scan.end - scan.start);
  return {
    id: old.id,
    end: scan.end,
    events: old.events + Math.round(scan.events * Math.min(1, share)),
    ongoing: scan.ongoing,
  };
}

/** The same thing, seen later. */
function goesOn(old: StoredScan, scan: Scan): boolean {
  if (old.kind !== scan.kind || old.proto !== scan.proto || old.flags !== scan.flags) return false;
  if (!overlaps(old, scan, SESSION_GAP_MS)) return false;
  if (OF_MANY.has(scan.kind)) {
    const before = new Set(old.sources);
    const again = scan.sources.filter((source) => before.has(source)).length;
    return again >= Math.min(old.sources.length, scan.sources.length) / 2 && shares(old.targets, scan.targets);
  }
  if (old.sources[0] !== scan.sources[0]) return false;
  if (scan.kind === 'vertical') return old.targets[0] === scan.targets[0];
  if (scan.kind === 'horizontal' || scan.kind === 'periodic')
    return old.minPort <= scan.maxPort && scan.minPort <= old.maxPort;
  return true;
}

/** A stored finding that has this one as a member. */
function absorbs(by: StoredScan, scan: Scan): boolean {
  if (scan.kind !== 'vertical' && scan.kind !== 'horizontal') return false;
  if (by.supersededBy !== '' || !by.sources.includes(scan.sources[0] ?? '') || !overlaps(by, scan)) return false;
  if (by.kind === 'painted') return isStroke(scan) && shares(by.targets, scan.targets);
  if (by.proto !== scan.proto || by.flags !== scan.flags) return false;
  if (by.kind === 'block') return scan.targets.every((target) => by.targets.includes(target));
  return GROUPS.has(by.kind) && scan.kind === 'vertical' && shares(by.targets, scan.targets);
}

function shares(some: readonly string[], others: readonly string[]): boolean {
  const set = new Set(some);
  return others.some((each) => set.has(each));
}

function changed(old: StoredScan, scan: Scan): boolean {
  return (
    old.events !== scan.events ||
    old.start !== scan.start ||
    old.end !== scan.end ||
    old.ongoing !== scan.ongoing ||
    old.supersededBy !== scan.supersededBy ||
    old.sources.length !== scan.sources.length ||
    old.maxPort !== scan.maxPort ||
    old.minPort !== scan.minPort
  );
}
