import { protoName } from '../../dialect/index.js';
import type { Asker } from '../ask.js';
import { curveOf } from '../curve.js';
import type { Finding, Knot, Range } from '../finding.js';
import { MOST_ADDRESSES } from '../finding.js';
import { paceOf } from '../order.js';
import { longestRising, risingZ } from '../subsequence.js';
import { rounded } from '../track.js';
import { overlaps } from '../union.js';

/** One row of `detect_diagonal`: rare ports of a target in a window, in time order. */
export interface Window {
  readonly dst_ip: string;
  readonly proto: number;
  readonly hours: number;
  readonly ports: readonly number[];
  /** When each port was first touched, ms. */
  readonly at: readonly (number | string)[];
  /** By whom. */
  readonly by: readonly string[];
}

const LEAST = 30;
const LEAST_SOURCES = 10;
const Z = 8;
/** In a picture both directions run long. */
const MOST_OTHER_Z = 5;
const SHARE = 0.5;

/** Lines that many sources draw together over a target's ports. */
export async function diagonals(asker: Asker, range: Range, targets: readonly string[]): Promise<Finding[]> {
  const windows = await asker.view<Window>(
    'detect_diagonal',
    { from: new Date(range.from), to: new Date(range.to), targets },
    'dst_ip, proto, hours, ports, at, by'
  );
  return apart(windows.flatMap((window) => diagonalOf(window) ?? []));
}

/** The line in a window; undefined when there is none. Pure. */
export function diagonalOf({ dst_ip, proto, ports, at, by }: Window): Finding | undefined {
  const n = ports.length;
  const rising = longestRising(ports);
  const falling = longestRising(ports.map((port) => -port));
  const up = rising.length >= falling.length;
  const line = up ? rising : falling;
  const z = risingZ(line.length, n);
  const other = risingZ(Math.min(rising.length, falling.length), n);
  if (line.length < LEAST || z < Z || other >= MOST_OTHER_Z || line.length < SHARE * n) return undefined;
  const sources = [...new Set(line.map((i) => by[i] as string))].sort();
  if (sources.length < LEAST_SOURCES) return undefined;
  const knots = line.map((i): Knot => [Number(at[i]), ports[i] as number]);
  const order = up ? 'ascending' : 'descending';
  const [first, last] = [knots[0] as Knot, knots.at(-1) as Knot];
  const gaps = knots.slice(1).map(([time], i) => time - (knots[i] as Knot)[0]);
  gaps.sort((a, b) => a - b);
  return {
    kind: 'diagonal',
    proto: protoName(proto),
    flags: '',
    order,
    pace: paceOf((gaps[gaps.length >> 1] ?? 0) / 1000, first[0], last[0]),
    sources: sources.slice(0, MOST_ADDRESSES),
    sourceCount: sources.length,
    targets: [dst_ip],
    targetCount: 1,
    ports: line.length,
    minPort: up ? first[1] : last[1],
    maxPort: up ? last[1] : first[1],
    portList: line.length <= 64 ? knots.map(([, port]) => port).sort((a, b) => a - b) : [],
    events: line.length,
    start: first[0],
    end: last[0],
    curve: curveOf(order, byQuarterOctave(knots), knots),
    evidence: { points: line.length, of: n, z: rounded(z), other_z: rounded(other) },
    notEvaluable: [],
    reach: z / Z,
    key: dst_ip,
  };
}

/** The first point in each quarter octave, as detect_tracks chooses knots. */
function byQuarterOctave(knots: readonly Knot[]): Knot[] {
  const bins = new Map<number, Knot>();
  for (const knot of knots) {
    const bin = Math.floor(4 * Math.log2(knot[1]));
    if (!bins.has(bin)) bins.set(bin, knot);
  }
  return [...bins.values()];
}

/** One line is seen in several windows: the longest is kept. */
function apart(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of [...found].sort((a, b) => b.ports - a.ports || b.reach - a.reach)) {
    const same = (other: Finding): boolean =>
      other.key === finding.key && other.proto === finding.proto && other.order === finding.order;
    if (!kept.some((other) => same(other) && overlaps(other, finding))) kept.push(finding);
  }
  return kept;
}
