import { protoName } from '../../dialect/index.js';
import { piecesOfSize } from '../ask.js';
import type { Asker } from '../ask.js';
import type { Finding, Range } from '../finding.js';
import { MOST_ADDRESSES } from '../finding.js';
import { orderOf, paceOf } from '../order.js';
import { rounded } from '../track.js';
import { flagsWord } from '../words.js';

/** One row of `detect_sweeps`: a session of a source over many targets. */
export interface Session {
  readonly src_ip: string;
  readonly proto: number;
  readonly flags: number;
  readonly hosts: number;
  /** About; 300 stands for many. */
  readonly port_count: number;
  readonly touched: number;
  readonly fill: number;
  readonly packets: number;
  /** The hour it begins in: with source and protocol its name. */
  readonly hour_ms: number | string;
}

/** One row of `detect_sweep_order`: the same session in detail. */
export interface Detail {
  readonly src_ip: string;
  readonly proto: number;
  readonly hosts: number;
  readonly port_count: number;
  readonly touched: number;
  readonly targets: readonly string[];
  readonly min_port: number;
  readonly max_port: number;
  /** The 64 most tried ports, each with the number of targets it was tried on. */
  readonly port_hosts: readonly (readonly [number, string | number])[];
  readonly events: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly hour_ms: number | string;
  readonly median_gap_s: number;
  readonly up: number;
  readonly down: number;
  readonly rho: number;
  readonly hosts_up: number;
  readonly hosts_down: number;
  readonly hosts_rho: number;
}

/** A session with all that is known of it. */
export interface Sweep extends Omit<Detail, 'hour_ms'> {
  readonly flags: number;
  readonly fill: number;
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

/** Sessions that are looked at in detail: on a large network thousands of bots sweep it every day. */
const MOST = 1_000;
/** Hits that one statement reads into memory. */
const HITS = 400_000;
/** Hits of a session that are enough to tell its order. */
const ENOUGH = 1_024;
/** Ports or targets that are left at least, of those that are thinned out. */
const LEAST_LEFT = 16;

/** How much of a source is looked at: all, or one port, or one target, in so many. */
interface Thinning {
  readonly what: 'ports' | 'targets';
  readonly rate: 1 | 8 | 64;
}
/** Rows of first hits that one part may have. */
const PART = 4_000_000;

export interface SweepQuestion {
  readonly range: Range;
  /** Only these; none: all. */
  readonly sources: readonly string[];
  /** Targets that anything was probed on. */
  readonly watched: number;
  /** Rows of first hits in the range. */
  readonly rows: number;
}

/** Horizontal scans and blocks; when there are more than MOST, the widest. */
export async function sweeps(asker: Asker, { range, sources, watched, rows }: SweepQuestion): Promise<Finding[]> {
  const hosts = leastHosts(watched);
  const [from, to] = [new Date(range.from), new Date(range.to)];
  const sessions = await asker.inParts(sources.length > 0 ? 1 : Math.ceil(rows / PART), async (part, parts) => {
    const some = await asker.view<Session>('detect_sweeps', { from, to, sources, hosts, parts, part });
    return some.filter((session) => mayBe(session, hosts));
  });
  sessions.sort((a, b) => b.hosts * b.port_count - a.hosts * a.port_count);
  const kept = new Map(sessions.slice(0, MOST).map((session) => [nameOf(session), session]));
  const found: Finding[] = [];
  const thin = thinningOf([...kept.values()]);
  for (const some of piecesOfSize(
    [...thin].map(([source, { rate, hits }]) => [source, hits / rate] as const),
    HITS
  )) {
    const those = (what: Thinning['what'], rate: number): string[] =>
      some.filter((source) => thin.get(source)?.rate === rate && thin.get(source)?.what === what);
    const details = await asker.view<Detail>('detect_sweep_order', {
      ...{ from, to, sources: some },
      ...{ eighth_ports: those('ports', 8), sparse_ports: those('ports', 64) },
      ...{ eighth_targets: those('targets', 8), sparse_targets: those('targets', 64) },
    });
    for (const detail of details) {
      const [session, thinned] = [kept.get(nameOf(detail)), thin.get(detail.src_ip)];
      if (session === undefined || thinned === undefined) continue;
      const finding = sweepOf(together(session, detail, thinned), hosts);
      if (finding !== undefined) found.push(finding);
    }
  }
  return found;
}

const nameOf = (row: Session | Detail): string => `${row.src_ip} ${row.proto} ${Number(row.hour_ms)}`;

/** What was counted in full, and in detail by a part of the ports or of the targets. Pure. */
export function together(session: Session, detail: Detail, { what, rate }: Thinning): Sweep {
  const fill = Math.min(1, detail.touched / Math.max(1, detail.hosts * detail.port_count));
  if (rate === 1) return { ...detail, flags: session.flags, fill };
  const all = {
    ...detail,
    ...{ flags: session.flags, fill, events: session.packets },
    hosts: Math.max(detail.hosts, session.hosts),
    touched: detail.touched * rate,
  };
  if (what === 'ports') return { ...all, port_count: Math.max(session.port_count, detail.port_count * rate) };
  return { ...all, port_hosts: detail.port_hosts.map(([port, tried]) => [port, Number(tried) * rate] as const) };
}

/** How far the sketch of ports may be off. */
const SKETCHED = 1.5;

/** Whether the detail could make it a finding: many ports may hide one that was tried everywhere. */
function mayBe({ hosts, port_count, fill, touched }: Session, least: number): boolean {
  if (hosts >= least && port_count <= 64) return true;
  const ports = port_count * SKETCHED;
  const loose = hosts >= LOOSE_HOSTS && ports >= LOOSE_PORTS && touched >= LOOSE_TOUCHED;
  return loose || (hosts >= BLOCK_HOSTS && ports >= BLOCK_PORTS && fill >= BLOCK_FILL / SKETCHED / SKETCHED);
}

/** Of each source its hits in its largest session, and how it is thinned out: where that session is the longer. */
function thinningOf(sessions: readonly Session[]): Map<string, Thinning & { hits: number }> {
  const thin = new Map<string, Thinning & { hits: number }>();
  for (const session of sessions) {
    const { src_ip, touched: hits, hosts } = session;
    if (hits < (thin.get(src_ip)?.hits ?? 0)) continue;
    const ports = hits / Math.max(1, hosts * session.fill);
    const what = hosts >= ports ? 'targets' : 'ports';
    const most = (hosts >= ports ? hosts : ports) / LEAST_LEFT;
    const rate = hits <= ENOUGH || most < 8 ? 1 : hits / 8 <= ENOUGH || most < 64 ? 8 : 64;
    thin.set(src_ip, { what, rate, hits });
  }
  return thin;
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
      ...(row.targets.length < Math.min(row.hosts, MOST_ADDRESSES) ? { targets_listed: row.targets.length } : {}),
      target_order: orderOf({ n: row.hosts, up: row.hosts_up, down: row.hosts_down, rho: row.hosts_rho }),
      median_gap_s: rounded(row.median_gap_s),
    },
    notEvaluable: row.proto === 6 && row.flags === 64 ? ['flags'] : [],
  };
}
