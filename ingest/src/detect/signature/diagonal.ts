import { protoName } from '../../dialect/index.js';
import type { Asker } from '../ask.js';
import { curveOf } from '../curve.js';
import type { Finding, Knot, Range } from '../finding.js';
import { MOST_ADDRESSES, SESSION_GAP_MS } from '../finding.js';
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

/** A point of a line: when, which port, by whom. */
type Point = readonly [time: number, port: number, source: string];

/** A line in a window. */
interface Line {
  readonly key: string;
  readonly proto: number;
  readonly target: string;
  readonly up: boolean;
  readonly points: readonly Point[];
  readonly of: number;
  readonly z: number;
  readonly otherZ: number;
}

/** Rows of first hits that one part may have. */
const PART = 1_500_000;

/** Lines that many sources draw together over a target's ports. */
export async function diagonals(asker: Asker, range: Range): Promise<Finding[]> {
  const days = { from: new Date(range.from), to: new Date(range.to) };
  const sizes = await asker.query<{ dst_ip: string; n: number | string }>(
    `SELECT dst_ip, sum(n) AS n
     FROM
     (
       SELECT day, role, dst_ip, count() AS n FROM fireplot.first_hits
       WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) AND toDate({to:DateTime64(3, 'UTC')}) AND role = 0
       GROUP BY day, role, dst_ip
     )
     GROUP BY dst_ip
     HAVING n >= {least:UInt32}
     ORDER BY dst_ip`,
    { ...days, least: LEAST }
  );
  const rows = sizes.reduce((sum, { n }) => sum + Number(n), 0);
  const lines = await asker.inParts(Math.ceil(rows / PART), async (part, parts) => {
    const stretch = stretchesOf(sizes, rows, parts)[part];
    if (stretch === undefined) return [];
    const windows = await asker.view<Window>(
      'detect_diagonal',
      { ...days, ...stretch },
      'dst_ip, proto, hours, ports, at, by'
    );
    return windows.flatMap((window) => lineOf(window) ?? []);
  });
  return joined(lines).map(findingOf);
}

/** Targets in order, cut into stretches that have about as many of all rows each: at most `parts`. Pure. */
export function stretchesOf(sizes: readonly { dst_ip: string; n: number | string }[], rows: number, parts: number) {
  const stretches: { low: string; high: string }[] = [];
  let before = 0;
  let at = -1;
  for (const { dst_ip, n } of sizes) {
    const part = Math.floor((before * parts) / rows);
    const last = stretches.at(-1);
    if (last !== undefined && part === at) last.high = dst_ip;
    else stretches.push({ low: dst_ip, high: dst_ip });
    at = part;
    before += Number(n);
  }
  return stretches;
}

/** The line in a window; undefined when there is none. Pure. */
export function lineOf({ dst_ip, proto, ports, at, by }: Window): Line | undefined {
  const n = ports.length;
  const rising = longestRising(ports);
  const falling = longestRising(ports.map((port) => -port));
  const up = rising.length >= falling.length;
  const run = up ? rising : falling;
  const z = risingZ(run.length, n);
  const otherZ = risingZ(Math.min(rising.length, falling.length), n);
  if (run.length < LEAST || z < Z || otherZ >= MOST_OTHER_Z || run.length < SHARE * n) return undefined;
  const points = run.map((i): Point => [Number(at[i]), ports[i] as number, by[i] as string]);
  if (new Set(points.map(([, , source]) => source)).size < LEAST_SOURCES) return undefined;
  return { key: `${dst_ip} ${proto} ${up}`, proto, target: dst_ip, up, points, of: n, z, otherZ };
}

/** One line is seen in several windows, whole or in parts: what touches is put together. Pure. */
export function joined(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (const line of [...lines].sort((a, b) => b.points.length - a.points.length)) {
    const i = kept.findIndex(
      (other) => other.key === line.key && overlaps(spanOf(other), spanOf(line), SESSION_GAP_MS)
    );
    const other = kept[i];
    if (other === undefined) {
      kept.push(line);
      continue;
    }
    const byPort = new Map([...line.points, ...other.points].map((point) => [point[1], point]));
    const all = [...byPort.values()].sort((a, b) => a[0] - b[0]);
    const run = longestRising(all.map(([, port]) => (line.up ? port : -port)));
    if (run.length > other.points.length) kept[i] = { ...other, points: run.map((at) => all[at] as Point) };
  }
  return kept;
}

function spanOf({ points }: Line): { start: number; end: number } {
  return { start: points[0]?.[0] ?? 0, end: points.at(-1)?.[0] ?? 0 };
}

function findingOf({ proto, target, up, points, of, z, otherZ }: Line): Finding {
  const knots = points.map(([time, port]): Knot => [time, port]);
  const order = up ? 'ascending' : 'descending';
  const [first, last] = [knots[0] as Knot, knots.at(-1) as Knot];
  const sources = [...new Set(points.map(([, , source]) => source))].sort();
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
    targets: [target],
    targetCount: 1,
    ports: points.length,
    minPort: up ? first[1] : last[1],
    maxPort: up ? last[1] : first[1],
    portList: points.length <= 64 ? knots.map(([, port]) => port).sort((a, b) => a - b) : [],
    events: points.length,
    start: first[0],
    end: last[0],
    curve: curveOf(order, byQuarterOctave(knots), knots),
    evidence: { points: points.length, of, z: rounded(z), other_z: rounded(otherZ) },
    notEvaluable: [],
    reach: z / Z,
    key: target,
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
