import type { Asker } from '../ask.js';
import type { Finding, Range } from '../finding.js';
import { rounded } from '../track.js';

/** One row of `detect_backscatter`. */
interface Victim {
  readonly src_ip: string;
  readonly events: number;
  readonly hosts: number;
  readonly targets: readonly string[];
  readonly port_count: number;
  readonly min_port: number;
  readonly max_port: number;
  readonly port_list: readonly number[];
  readonly source_port: number;
  readonly synack: number;
  readonly start_ms: number;
  readonly stop_ms: number;
}

const HOSTS = 10;
/** The rule of the telescopes for one target: a flood, not the end of a connection. */
const FLOOD = { events: 25, ports: 10, seconds: 60, aMinute: 30 };

/** Victims of floods that were forged in our name. */
export async function backscatter(asker: Asker, range: Range, watched: number): Promise<Finding[]> {
  const hosts = Math.max(5, Math.min(HOSTS, Math.ceil(watched / 2)));
  const rows = await asker.view<Victim>('detect_backscatter', {
    from: new Date(range.from),
    to: new Date(range.to),
    hosts,
  });
  return rows.filter((row) => row.hosts >= hosts || isFlood(row)).map((row) => findingOf(row, hosts));
}

function isFlood({ events, port_count, start_ms, stop_ms }: Victim): boolean {
  const seconds = (stop_ms - start_ms) / 1000;
  return (
    events >= FLOOD.events &&
    port_count >= FLOOD.ports &&
    seconds >= FLOOD.seconds &&
    events / (seconds / 60) >= FLOOD.aMinute
  );
}

function findingOf(row: Victim, hosts: number): Finding {
  const seconds = (row.stop_ms - row.start_ms) / 1000;
  return {
    kind: 'backscatter',
    proto: 'tcp',
    flags: row.synack >= 0.5 ? 'other:SYN+ACK' : 'other:RST',
    order: '',
    pace: 'fast',
    sources: [row.src_ip],
    sourceCount: 1,
    targets: row.targets,
    targetCount: row.hosts,
    ports: row.port_count,
    minPort: row.min_port,
    maxPort: row.max_port,
    portList: row.port_count <= 64 ? row.port_list : [],
    events: row.events,
    start: row.start_ms,
    end: row.stop_ms,
    curve: [],
    evidence: {
      source_port: row.source_port,
      synack: rounded(row.synack),
      a_minute: rounded(row.events / Math.max(1 / 60, seconds / 60)),
      flood: isFlood(row),
    },
    notEvaluable: [],
    reach: row.hosts / hosts,
    key: row.src_ip,
  };
}
