import type { Asker } from '../ask.js';
import { addressLiteral } from '../ask.js';
import type { Finding, Range } from '../finding.js';
import { MOST_ADDRESSES } from '../finding.js';
import type { Cluster } from '../structure.js';
import { rounded, shapeOf } from '../track.js';
import { overlaps } from '../union.js';

/** One row of `detect_painted`: a grid over a window. */
interface Grid {
  readonly scale: number;
  readonly cells: number;
  readonly side: number;
  readonly up: number;
  readonly start_ms: number;
  readonly stop_ms: number;
}

interface Painter {
  readonly src_ip: string;
  readonly proto: number;
  readonly events: number;
  readonly min_port: number;
  readonly max_port: number;
  readonly ports: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly targets: readonly string[];
}

const Z = 7;
const LEAST_CELLS = 60;
/** Who left fewer marks than this in a picture is passing by. */
const LEAST_TOUCHES = 3;

/** So far from an even filling is no scan; those in random order stay below 2. */
const STRUCTURE_Z = 5;
const LEAST_POINTS = 100;

/** A picture drawn by one hand or several on one target's ports; undefined when it is a scan. Pure. */
export function drawingOf({ tracks, z }: Cluster): Finding | undefined {
  const [first] = tracks;
  const points = tracks.reduce((sum, track) => sum + track.port_count, 0);
  if (first === undefined || z < STRUCTURE_Z || points < LEAST_POINTS) return undefined;
  const shape = shapeOf(first);
  return {
    ...shape,
    kind: 'painted',
    order: '',
    sources: [...new Set(tracks.map(({ src_ip }) => src_ip))].sort().slice(0, MOST_ADDRESSES),
    sourceCount: new Set(tracks.map(({ src_ip }) => src_ip)).size,
    ports: points,
    minPort: Math.min(...tracks.map(({ min_port }) => min_port)),
    maxPort: Math.max(...tracks.map(({ max_port }) => max_port)),
    portList: [],
    events: tracks.reduce((sum, { events }) => sum + events, 0),
    start: Math.min(...tracks.map(({ start_ms }) => start_ms)),
    end: Math.max(...tracks.map(({ stop_ms }) => stop_ms)),
    curve: [],
    evidence: { structure_z: rounded(z), points, hands: tracks.length },
    reach: z / STRUCTURE_Z,
    key: first.dst_ip,
  };
}

/**
 * Pictures drawn on the plot. The shape says only "look here": low severity, with those who drew it.
 * @param explained sources that other findings account for
 */
export async function painted(asker: Asker, range: Range, explained: readonly string[]): Promise<Finding[]> {
  const grids = await asker.view<Grid>(
    'detect_painted',
    { from: new Date(range.from), to: new Date(range.to), exclude: explained },
    'scale, cells, side, up, start_ms, stop_ms'
  );
  const seen = grids
    .filter(({ cells, side, up }) => cells >= LEAST_CELLS && Math.min(side, up) >= Z)
    .sort((a, b) => Math.min(b.side, b.up) - Math.min(a.side, a.up));
  const found: { finding: Finding; start: number; end: number }[] = [];
  for (const grid of seen) {
    const window = { start: grid.start_ms, end: grid.stop_ms };
    if (found.some((other) => overlaps(other, window))) continue;
    const finding = await findingOf(asker, grid, explained);
    if (finding !== undefined) found.push({ finding, ...window });
  }
  return found.map(({ finding }) => finding);
}

async function findingOf(asker: Asker, grid: Grid, explained: readonly string[]): Promise<Finding | undefined> {
  const params = { from: new Date(grid.start_ms), to: new Date(grid.stop_ms), touches: LEAST_TOUCHES };
  const painters = await asker.query<Painter>(
    `SELECT src_ip, any(proto) AS proto, sum(n) AS events, min(dst_port) AS min_port, max(dst_port) AS max_port,
       uniqExact(dst_port) AS ports, min(toUnixTimestamp64Milli(t.1)) AS start_ms, max(toUnixTimestamp64Milli(t.1)) AS stop_ms,
       groupUniqArray(100)(dst_ip) AS targets
     FROM fireplot.first_hits
     WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) AND toDate({to:DateTime64(3, 'UTC')}) AND role = 0 AND dst_port > 0
       AND t.1 >= {from:DateTime64(3, 'UTC')} AND t.1 < {to:DateTime64(3, 'UTC')}
       AND src_ip NOT IN (${explained.length === 0 ? "'::'" : explained.map(addressLiteral).join(',')})
     GROUP BY src_ip
     HAVING count() >= {touches:UInt32}
     ORDER BY count() DESC
     LIMIT ${MOST_ADDRESSES}`,
    params
  );
  const [first] = painters;
  if (first === undefined) return undefined;
  const targets = [...new Set(painters.flatMap((painter) => painter.targets))].sort();
  return {
    kind: 'painted',
    proto: '',
    flags: '',
    order: '',
    pace: 'slow',
    sources: painters.map(({ src_ip }) => src_ip).sort(),
    sourceCount: painters.length,
    targets: targets.slice(0, MOST_ADDRESSES),
    targetCount: targets.length,
    ports: Math.max(...painters.map(({ ports }) => ports)),
    minPort: Math.min(...painters.map(({ min_port }) => min_port)),
    maxPort: Math.max(...painters.map(({ max_port }) => max_port)),
    portList: [],
    events: painters.reduce((sum, { events }) => sum + events, 0),
    start: Math.min(...painters.map(({ start_ms }) => start_ms)),
    end: Math.max(...painters.map(({ stop_ms }) => stop_ms)),
    curve: [],
    evidence: { cells: grid.cells, side_z: rounded(grid.side), up_z: rounded(grid.up), grid: 96 / grid.scale },
    notEvaluable: [],
    reach: Math.min(grid.side, grid.up) / Z,
    key: 'plot',
  };
}
