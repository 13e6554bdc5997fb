import { paramText } from '../store/params.js';
import { tsvField, utcText } from '../store/text.js';
import type { Store } from '../store/store.js';
import type { Asker } from './ask.js';
import type { Kind, Range, Scan } from './finding.js';
import { digest } from './identity.js';
import { rateOf } from './json.js';

/** What is needed of a stored finding to know it again. */
export interface StoredScan {
  readonly id: string;
  /** Start of its day, ms: part of the table's key. */
  readonly day: number;
  readonly kind: Kind;
  readonly proto: string;
  readonly flags: string;
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  readonly minPort: number;
  readonly maxPort: number;
  readonly events: number;
  readonly start: number;
  readonly end: number;
  readonly ongoing: boolean;
  readonly supersededBy: string;
}

interface Row {
  readonly id: string;
  readonly day_ms: number | string;
  readonly kind: Kind;
  readonly proto: string;
  readonly flags: string;
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  readonly min_port: number;
  readonly max_port: number;
  readonly events: number;
  readonly start_ms: number | string;
  readonly end_ms: number | string;
  readonly ongoing: boolean;
  readonly superseded_by: string;
}

/** Findings of the table that lie in a range or touch it. */
export async function askStored(asker: Asker, range: Range, slack: number): Promise<StoredScan[]> {
  const rows = await asker.query<Row>(
    `SELECT id, toUnixTimestamp(toDateTime(day, 'UTC')) * 1000 AS day_ms, kind, proto, flags, sources, targets, min_port, max_port,
       events, toUnixTimestamp64Milli(start) AS start_ms, toUnixTimestamp64Milli(\`end\`) AS end_ms, ongoing, superseded_by
     FROM fireplot.scans FINAL
     WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) - 7 AND toDate({to:DateTime64(3, 'UTC')})
       AND start < {to:DateTime64(3, 'UTC')} AND \`end\` >= {from:DateTime64(3, 'UTC')}`,
    { from: new Date(range.from - slack), to: new Date(range.to + slack) }
  );
  return rows.map((row) => ({
    id: row.id,
    day: Number(row.day_ms),
    kind: row.kind,
    proto: row.proto,
    flags: row.flags,
    sources: row.sources,
    targets: row.targets,
    minPort: row.min_port,
    maxPort: row.max_port,
    events: row.events,
    start: Number(row.start_ms),
    end: Number(row.end_ms),
    ongoing: Boolean(row.ongoing),
    supersededBy: row.superseded_by,
  }));
}

const COLUMNS = [
  ...['day', 'id', 'version', 'kind', 'proto', 'flags', 'order', 'pace', 'sources', 'source_count', 'targets'],
  ...[
    'target_count',
    'ports',
    'min_port',
    'max_port',
    'port_list',
    'events',
    'start',
    'end',
    'rate',
    'tool',
    'tool_sure',
  ],
  ...[
    'score',
    'severity',
    'magnitude',
    'ongoing',
    'superseded_by',
    'known',
    'sensors',
    'curve',
    'evidence',
    'not_evaluable',
  ],
] as const;

/** Writes findings; a row of an id that is there already takes its place. */
export async function saveScans(store: Store, scans: readonly Scan[], version: number): Promise<void> {
  if (scans.length === 0) return;
  const rows = Buffer.from(scans.map((scan) => `${rowOf(scan, version)}\n`).join(''));
  await store.insert('fireplot.scans', COLUMNS, rows, `scans ${version} ${digest([rows.toString()])}`);
}

/** One row as TabSeparated, columns as in COLUMNS. */
function rowOf(scan: Scan, version: number): string {
  return [
    utcText(scan.day).slice(0, 10),
    scan.id,
    version,
    scan.kind,
    tsvField(scan.proto),
    scan.flags,
    scan.order,
    scan.pace,
    paramText([...scan.sources]),
    scan.sourceCount,
    paramText([...scan.targets]),
    scan.targetCount,
    scan.ports,
    scan.minPort,
    scan.maxPort,
    paramText([...scan.portList]),
    scan.events,
    utcText(scan.start),
    utcText(scan.end),
    rateOf(scan),
    scan.tool,
    scan.toolSure,
    scan.score,
    scan.severity,
    scan.magnitude,
    scan.ongoing ? 1 : 0,
    scan.supersededBy,
    tsvField(scan.known),
    paramText([...scan.sensors]),
    `[${scan.curve.map(([time, port]) => `('${utcText(time)}',${port})`).join(',')}]`,
    tsvField(JSON.stringify(scan.evidence)),
    paramText([...scan.notEvaluable]),
  ].join('\t');
}
