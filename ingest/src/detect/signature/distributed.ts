import type { Asker } from '../ask.js';
import type { Evidence, Finding, Order, Range } from '../finding.js';
import { askMarks, stackOf } from '../tool.js';
import { askTracks, rounded, shapeOf, trackOrder } from '../track.js';
import type { Track } from '../track.js';
import { coverings } from './cover.js';
import type { Covering, Member } from './cover.js';

/** Targets that one statement looks at. */
const TARGETS = 256;

/** One row of `detect_split`. */
interface Share {
  readonly dst_ip: string;
  readonly src_ip: string;
  readonly proto: number;
  readonly flags: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly ports: readonly number[];
}

export interface SplitQuestion {
  readonly range: Range;
  readonly targets: readonly string[];
  /** Only these; none: all. */
  readonly sources: readonly string[];
  /** Sources that scan areas. */
  readonly areas: readonly string[];
  /** Pairs that other groups have (`source target`). */
  readonly exclude: ReadonlySet<string>;
  /** Vertical sessions, for the order of each member's part. */
  readonly tracks: readonly Track[];
}

/** Sources that split one target's ports among them. */
export async function distributed(asker: Asker, question: SplitQuestion): Promise<Finding[]> {
  const { range, targets, sources, areas, exclude, tracks } = question;
  const rows = await asker.inParts(Math.ceil(targets.length / TARGETS), async (part, parts) => {
    const some = targets.filter((_, i) => i % parts === part);
    if (some.length === 0) return [];
    return asker.view<Share>('detect_split', {
      from: new Date(range.from),
      to: new Date(range.to),
      targets: some,
      sources,
      areas,
    });
  });
  const crowds = new Map<string, Share[]>();
  for (const row of rows) {
    if (exclude.has(`${row.src_ip} ${row.dst_ip}`)) continue;
    const key = `${row.dst_ip} ${row.proto} ${row.flags}`;
    const crowd = crowds.get(key);
    if (crowd === undefined) crowds.set(key, [row]);
    else crowd.push(row);
  }
  const found: Finding[] = [];
  for (const crowd of crowds.values()) found.push(...(await inCrowd(asker, range, crowd, tracks)));
  return found;
}

async function inCrowd(
  asker: Asker,
  range: Range,
  crowd: readonly Share[],
  tracks: readonly Track[]
): Promise<Finding[]> {
  const members = crowd.map(memberOf);
  // Headers are asked for only where ports alone would do.
  if (coverings(members).length === 0) return [];
  const marks = await askMarks(
    asker,
    range,
    crowd.map(({ src_ip }) => src_ip)
  );
  const stacks = new Map(
    members.map(({ source }) => {
      const own = marks.get(source);
      return [source, own === undefined ? '' : stackOf(own)];
    })
  );
  const found: Finding[] = [];
  for (const covering of splits(members, stacks)) {
    const own = new Set(covering.members.map(({ source }) => stacks.get(source) ?? ''));
    const stack = own.size === 1 ? ([...own][0] as string) : 'several';
    const finding = await findingOf(asker, crowd[0] as Share, covering, stack, tracks);
    if (finding !== undefined) found.push(finding);
  }
  return found;
}

/** Groups whose ports alone say that they agreed; of the others those whose members look like one machine. Pure. */
export function splits(members: readonly Member[], stacks: ReadonlyMap<string, string>): Covering[] {
  const found = coverings(members).filter(({ agreed }) => agreed);
  const taken = new Set(found.flatMap((covering) => covering.members));
  const byStack = new Map<string, Member[]>();
  for (const member of members) {
    if (taken.has(member)) continue;
    const stack = stacks.get(member.source) ?? '';
    byStack.set(stack, [...(byStack.get(stack) ?? []), member]);
  }
  for (const alike of byStack.values()) found.push(...coverings(alike));
  return found;
}

function memberOf({ src_ip, start_ms, stop_ms, ports }: Share): Member {
  return { source: src_ip, start: start_ms, end: stop_ms, ports };
}

async function findingOf(
  asker: Asker,
  { dst_ip, proto, flags }: Share,
  covering: Covering,
  stack: string,
  tracks: readonly Track[]
): Promise<Finding | undefined> {
  const sources = covering.members.map(({ source }) => source).sort();
  const range = {
    from: Math.min(...covering.members.map(({ start }) => start)),
    to: Math.max(...covering.members.map(({ end }) => end)) + 1,
  };
  const unions = await askTracks(asker, { range, sources, targets: [dst_ip], together: true });
  const union = unions
    .filter((track) => track.proto === proto && track.flags === flags)
    .sort((a, b) => b.port_count - a.port_count)[0];
  if (union === undefined) return undefined;
  const shape = shapeOf(union, ownOrder(tracks, sources, union) ?? trackOrder(union));
  const evidence: Evidence = {
    ...shape.evidence,
    overlap: rounded(covering.overlap),
    regular: rounded(covering.regular),
    ...(stack === '' ? {} : { stack }),
  };
  return {
    ...shape,
    kind: 'distributed',
    // Parts that run side by side make no single curve.
    curve: trackOrder(union) === shape.order ? shape.curve : [],
    sources,
    sourceCount: sources.length,
    evidence,
    notEvaluable: [...shape.notEvaluable, ...(stack === '' ? ['fingerprint'] : [])],
    reach: (covering.union / 50) * (sources.length / 3),
    key: dst_ip,
  };
}

/** The order in which every member goes through its part; undefined when they differ. */
function ownOrder(tracks: readonly Track[], sources: readonly string[], union: Track): Order | undefined {
  const orders = new Set(
    tracks
      .filter(
        (track) =>
          track.dst_ip === union.dst_ip &&
          track.proto === union.proto &&
          track.flags === union.flags &&
          sources.includes(track.src_ip)
      )
      .map(trackOrder)
  );
  return orders.size === 1 ? [...orders][0] : undefined;
}
