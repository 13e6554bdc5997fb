import { protoName } from '../../dialect/index.js';
import type { Asker } from '../ask.js';
import type { Finding, Range } from '../finding.js';
import { MOST_ADDRESSES } from '../finding.js';
import { orderOf, paceOf } from '../order.js';
import { rounded } from '../track.js';
import { flagsWord } from '../words.js';

/** One row of `detect_sweeps`: a session of a source over many targets. */
interface Sweep {
  readonly src_ip: string;
  readonly proto: number;
  readonly flags: number;
  readonly hosts: number;
  readonly port_count: number;
  readonly touched: number;
  readonly fill: number;
  readonly targets: readonly string[];
  readonly min_port: number;
  readonly max_port: number;
  /** The 64 most tried ports, each with the number of targets it was tried on. */
  readonly port_hosts: readonly (readonly [number, string | number])[];
  readonly events: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly median_gap_s: number;
  readonly up: number;
  readonly down: number;
  readonly rho: number;
  readonly hosts_up: number;
  readonly hosts_down: number;
  readonly hosts_rho: number;
}

/** More ports than this are no horizontal scan any more. */
const FEW_PORTS = 5;
const BLOCK_HOSTS = 5;
const BLOCK_PORTS = 5;
const BLOCK_FILL = 0.5;
/** A block with holes must be large to be one. */
const LOOSE_HOSTS = 10;
const LOOSE_PORTS = 10;
const LOOSE_TOUCHED = 40;

/** Targets a horizontal scan needs: 25 as Zeek has it, half of those watched where they are fewer, never under 5. */
export function leastHosts(watched: number): number {
  return Math.max(BLOCK_HOSTS, Math.min(25, Math.ceil(watched / 2)));
}

/** Horizontal scans and blocks of these sources; of all without any. */
export async function sweeps(
  asker: Asker,
  range: Range,
  sources: readonly string[],
  watched: number
): Promise<Finding[]> {
  const hosts = leastHosts(watched);
  const rows = await asker.view<Sweep>('detect_sweeps', {
    from: new Date(range.from),
    to: new Date(range.to),
    sources,
    hosts,
  });
  return rows.flatMap((row) => sweepOf(row, hosts) ?? []);
}

/** The verdict on one session; undefined for what is neither. Pure. */
export function sweepOf(row: Sweep, hosts: number): Finding | undefined {
  if (row.port_count <= FEW_PORTS && row.hosts >= hosts) return horizontal(row, hosts);
  const full = row.hosts >= BLOCK_HOSTS && row.port_count >= BLOCK_PORTS && row.fill >= BLOCK_FILL;
  if (full) return block(row);
  const wide = row.port_hosts.filter(([, tried]) => Number(tried) >= hosts);
  if (wide.length > 0 && wide.length <= FEW_PORTS) return horizontal({ ...row, port_hosts: wide }, hosts);
  const loose = row.hosts >= LOOSE_HOSTS && row.port_count >= LOOSE_PORTS && row.touched >= LOOSE_TOUCHED;
  return loose ? block(row) : undefined;
}

function horizontal(row: Sweep, hosts: number): Finding {
  const ports = row.port_hosts.map(([port]) => port).sort((a, b) => a - b);
  const [first, last] = [ports[0] ?? 0, ports.at(-1) ?? 0];
  return {
    ...common(row),
    kind: 'horizontal',
    ports: ports.length,
    minPort: first,
    maxPort: last,
    portList: ports,
    curve: [
      [row.start_ms, first],
      [row.stop_ms, first],
    ],
    reach: row.hosts / hosts,
    key: `${row.src_ip} ${first}`,
  };
}

function block(row: Sweep): Finding {
  const ports = row.port_hosts.map(([port]) => port).sort((a, b) => a - b);
  return {
    ...common(row),
    kind: 'block',
    ports: row.port_count,
    minPort: row.min_port,
    maxPort: row.max_port,
    portList: row.port_count <= 64 ? ports : [],
    curve: [],
    reach: row.touched / (BLOCK_HOSTS * BLOCK_PORTS),
    key: `${row.src_ip} ${row.min_port}`,
  };
}

function common(row: Sweep) {
  return {
    proto: protoName(row.proto),
    flags: flagsWord(row.flags),
    // A single port, or a handful, follows no order; in which order the targets came is in the evidence.
    order: orderOf({ n: row.port_count, up: row.up, down: row.down, rho: row.rho }) || ('random' as const),
    pace: paceOf(row.median_gap_s, row.start_ms, row.stop_ms),
    sources: [row.src_ip],
    sourceCount: 1,
    targets: row.targets.slice(0, MOST_ADDRESSES),
    targetCount: row.hosts,
    events: row.events,
    start: row.start_ms,
    end: row.stop_ms,
    evidence: {
      fill: rounded(row.fill),
      cells: row.touched,
      target_order: orderOf({ n: row.hosts, up: row.hosts_up, down: row.hosts_down, rho: row.hosts_rho }),
      median_gap_s: rounded(row.median_gap_s),
    },
    notEvaluable: row.proto === 6 && row.flags === 64 ? ['flags'] : [],
  };
}
