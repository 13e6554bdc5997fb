import { protoName } from '../../dialect/index.js';
import type { Asker } from '../ask.js';
import type { Finding, Range } from '../finding.js';
import { MOST_ADDRESSES } from '../finding.js';
import { rounded } from '../track.js';

/** One row of `detect_periodic`. */
interface Knocks {
  readonly dst_ip: string;
  readonly src_ip: string;
  readonly proto: number;
  readonly dst_port: number;
  readonly events: number;
  readonly knock_count: number;
  readonly period_s: number;
  readonly start_ms: number;
  readonly stop_ms: number;
  readonly even: number;
  readonly cv: number;
}

/** Gaps a period needs. */
const LEAST_GAPS = 9;

/** Probes that come by the clock; one finding a source and port, whatever the number of targets. */
export async function periodic(asker: Asker, range: Range): Promise<Finding[]> {
  const rows = await asker.view<Knocks>(
    'detect_periodic',
    { from: new Date(range.from), to: new Date(range.to) },
    'dst_ip, src_ip, proto, dst_port, events, knock_count, period_s, start_ms, stop_ms, even, cv'
  );
  const bySource = new Map<string, Knocks[]>();
  for (const row of rows) {
    const key = `${row.src_ip} ${row.proto} ${row.dst_port}`;
    bySource.set(key, [...(bySource.get(key) ?? []), row]);
  }
  return [...bySource.values()].map(findingOf);
}

function findingOf(rows: readonly Knocks[]): Finding {
  const [first] = rows as readonly [Knocks, ...Knocks[]];
  const start = Math.min(...rows.map((row) => row.start_ms));
  const end = Math.max(...rows.map((row) => row.stop_ms));
  const knocks = Math.max(...rows.map((row) => row.knock_count));
  return {
    kind: 'periodic',
    proto: protoName(first.proto),
    flags: '',
    order: '',
    pace: 'slow',
    sources: [first.src_ip],
    sourceCount: 1,
    targets: rows
      .map((row) => row.dst_ip)
      .sort()
      .slice(0, MOST_ADDRESSES),
    targetCount: rows.length,
    ports: 1,
    minPort: first.dst_port,
    maxPort: first.dst_port,
    portList: [first.dst_port],
    events: rows.reduce((sum, row) => sum + row.events, 0),
    start,
    end,
    curve: [
      [start, first.dst_port],
      [end, first.dst_port],
    ],
    evidence: {
      period_s: rounded(first.period_s),
      knocks,
      even: rounded(Math.min(...rows.map((row) => row.even))),
      cv: rounded(Math.max(...rows.map((row) => row.cv))),
    },
    notEvaluable: [],
    reach: knocks / LEAST_GAPS,
    key: `${first.src_ip} ${first.dst_port}`,
  };
}
