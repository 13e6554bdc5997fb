import type { Asker } from '../ask.js';
import type { Meeting } from '../candidates.js';
import type { Evidence, Finding, Range } from '../finding.js';
import { SESSION_GAP_MS } from '../finding.js';
import { askTracks, rounded, shapeOf } from '../track.js';
import { groupsOf, overlaps } from '../union.js';

/** One row of `detect_steps`: two sources that shared ports. */
export interface Steps {
  readonly dst_ip: string;
  readonly proto: number;
  readonly flags: number;
  readonly source_1: string;
  readonly source_2: string;
  readonly shared_ports: number;
  readonly lag_p10_ms: number;
  readonly lag_ms: number;
  readonly lag_p90_ms: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly same_order: number;
}

/** One row of `detect_lockstep`: the same with what each touched in that time. */
export interface Pair extends Steps {
  readonly ports_1: number;
  readonly ports_2: number;
}

const LEAST_SHARED = 10;
const LEAST_SHARE = 0.6;
/** With so many shared ports a smaller share is beyond chance too: lines get lost. */
const MANY_SHARED = 50;
const LEAST_SHARE_OF_MANY = 0.5;
const SAME_ORDER = 0.9;
const SPREAD_MS = 4_000;
const MOST_SPREAD_MS = 60_000;
const LAG_MS = 2_000;
const MARGIN_MS = 300_000;
/** What one statement looks at. */
const TARGETS = 256;
const MOST_SOURCES = 4_000;

/**
 * Whether two sources go in step. Chance does not do it: their ports must come in the same order, at a lag that stays
 * as it is, and that is short beside the scan itself, or two runs of one script minutes apart would count.
 */
export function inStep(pair: Pair): boolean {
  const { shared_ports, ports_1, ports_2 } = pair;
  const share = shared_ports / Math.max(ports_1, ports_2, 1);
  return share >= (shared_ports >= MANY_SHARED ? LEAST_SHARE_OF_MANY : LEAST_SHARE) && mayBeInStep(pair);
}

/** What lag and order say, before it is known how much more each touched. */
function mayBeInStep(pair: Steps): boolean {
  const { shared_ports, start_ms, stop_ms } = pair;
  if (shared_ports < LEAST_SHARED || !(pair.same_order >= SAME_ORDER)) return false;
  const span = stop_ms - start_ms;
  const spread = pair.lag_p90_ms - pair.lag_p10_ms;
  if (spread > Math.min(MOST_SPREAD_MS, Math.max(SPREAD_MS, span * 0.02))) return false;
  return Math.abs(pair.lag_ms) <= Math.max(LAG_MS, span * 0.1);
}

/** Synchronised sources and decoys. */
export async function lockstep(asker: Asker, range: Range, meetings: readonly Meeting[]): Promise<Finding[]> {
  const rows = await asker.inParts(Math.ceil(meetings.length / TARGETS), async (part, parts) => {
    const some = meetings.filter((_, i) => i % parts === part);
    if (some.length === 0) return [];
    const question = {
      from: new Date(range.from),
      to: new Date(range.to),
      sources: [...new Set(some.flatMap(({ sources }) => sources))].slice(0, MOST_SOURCES),
      targets: some.map(({ target }) => target),
    };
    const steps = (await asker.view<Steps>('detect_steps', question)).filter(mayBeInStep);
    if (steps.length === 0) return [];
    return asker.view<Pair>('detect_lockstep', {
      ...question,
      sources: [...new Set(steps.flatMap(({ source_1, source_2 }) => [source_1, source_2]))],
      targets: [...new Set(steps.map(({ dst_ip }) => dst_ip))],
    });
  });
  const byTarget = new Map<string, Pair[]>();
  for (const pair of rows.filter(inStep)) {
    const key = `${pair.dst_ip} ${pair.proto} ${pair.flags}`;
    byTarget.set(key, [...(byTarget.get(key) ?? []), pair]);
  }
  const found: Finding[] = [];
  for (const pairs of byTarget.values()) {
    for (const members of groupsOf(pairs.map((pair) => [pair.source_1, pair.source_2] as const))) {
      const own = pairs.filter((pair) => members.includes(pair.source_1));
      found.push(...(await groupOf(asker, members.sort(), own)));
    }
  }
  return overTargets(found);
}

/** The same group on several targets at a time is one finding. Pure. */
function overTargets(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of [...found].sort((a, b) => b.events - a.events)) {
    const i = kept.findIndex(
      (other) =>
        other.kind === finding.kind &&
        other.proto === finding.proto &&
        other.flags === finding.flags &&
        overlaps(other, finding, SESSION_GAP_MS) &&
        finding.sources.every((source) => other.sources.includes(source))
    );
    const other = kept[i];
    if (other === undefined) kept.push(finding);
    else {
      const targets = [...new Set([...other.targets, ...finding.targets])].sort();
      kept[i] = {
        ...other,
        targets,
        targetCount: targets.length,
        ports: Math.max(other.ports, finding.ports),
        minPort: Math.min(other.minPort, finding.minPort),
        maxPort: Math.max(other.maxPort, finding.maxPort),
        events: other.events + finding.events,
        start: Math.min(other.start, finding.start),
        end: Math.max(other.end, finding.end),
      };
    }
  }
  return kept;
}

async function groupOf(asker: Asker, members: readonly string[], pairs: readonly Pair[]): Promise<Finding[]> {
  const [first] = pairs as [Pair, ...Pair[]];
  // Pairs are told by a part of the ports: the first and last of all may lie a little outside.
  const range = {
    from: Math.min(...pairs.map((pair) => pair.start_ms)) - MARGIN_MS,
    to: Math.max(...pairs.map((pair) => pair.stop_ms)) + MARGIN_MS,
  };
  const tracks = await askTracks(asker, { range, sources: members, targets: [first.dst_ip], together: true });
  const ports = Math.max(...tracks.map((track) => track.port_count));
  const twins = await twinsOf(asker, range, members, first.dst_ip, ports);
  return tracks
    .filter((track) => track.proto === first.proto && track.flags === first.flags && track.port_count >= LEAST_SHARED)
    .map((track) => {
      const shape = shapeOf(track);
      return {
        ...shape,
        kind: twins.decoy ? ('decoy' as const) : ('synchronised' as const),
        sources: members,
        sourceCount: members.length,
        evidence: { ...shape.evidence, ...figures(pairs), ...twins.evidence },
        notEvaluable: [...shape.notEvaluable, ...twins.notEvaluable],
        reach: track.port_count / LEAST_SHARED,
        key: first.dst_ip,
      };
    });
}

function figures(pairs: readonly Pair[]): Evidence {
  const shares = pairs.map((pair) => pair.shared_ports / Math.max(pair.ports_1, pair.ports_2));
  return {
    share: rounded(Math.min(...shares)),
    lag_ms: rounded(Math.max(...pairs.map((pair) => Math.abs(pair.lag_ms)))),
    lag_spread_ms: rounded(Math.max(...pairs.map((pair) => pair.lag_p90_ms - pair.lag_p10_ms))),
    same_order: rounded(Math.min(...pairs.map((pair) => pair.same_order))),
  };
}

interface Twins {
  readonly decoy: boolean;
  readonly evidence: Evidence;
  readonly notEvaluable: readonly string[];
}

/** One row of `detect_twins`. */
interface TwinCounts {
  readonly known: number;
  readonly twins: number;
  readonly known_port: number;
  readonly twin_port: number;
}

/** Ports looked at are about this many: more would tell no more. */
const SAMPLE = 4_000;
const LEAST_KNOWN = 5;
const TWINS = 0.5;

/**
 * One machine under many names sends the same source port and IP id from each. Without ids the source port has to do;
 * without either the question stays open and the group is called synchronised.
 */
async function twinsOf(
  asker: Asker,
  range: Range,
  members: readonly string[],
  target: string,
  ports: number
): Promise<Twins> {
  const [row] = await asker.view<TwinCounts>('detect_twins', {
    from: new Date(range.from),
    to: new Date(range.to),
    sources: members,
    targets: [target],
    part: Math.max(1, Math.floor(ports / SAMPLE)),
  });
  if (row !== undefined && row.known >= LEAST_KNOWN) {
    const share = row.twins / row.known;
    return {
      decoy: share >= TWINS,
      evidence: { twins: rounded(share), twins_by: 'source port and IP id' },
      notEvaluable: [],
    };
  }
  if (row !== undefined && row.known_port >= LEAST_KNOWN) {
    const share = row.twin_port / row.known_port;
    return {
      decoy: share >= TWINS,
      evidence: { twins: rounded(share), twins_by: 'source port' },
      notEvaluable: ['ip_id'],
    };
  }
  return { decoy: false, evidence: {}, notEvaluable: ['decoy'] };
}
