import type { Scan } from './finding.js';
import { rounded } from './track.js';
import { plainAddress } from './words.js';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Probes a second over the whole span; a span of no time counts as one second. */
export function rateOf({ events, start, end }: Scan): number {
  return rounded(events / Math.max(1, (end - start) / 1000));
}

/** One JSON object a scan, as `fireplot detect --json` prints it; names are the columns of `fireplot.scans`. */
export function scanJson(scan: Scan): Record<string, unknown> {
  return {
    id: scan.id,
    kind: scan.kind,
    proto: scan.proto,
    flags: scan.flags,
    order: scan.order,
    pace: scan.pace,
    sources: scan.sources.map(plainAddress),
    source_count: scan.sourceCount,
    targets: scan.targets.map(plainAddress),
    target_count: scan.targetCount,
    ports: scan.ports,
    min_port: scan.minPort,
    max_port: scan.maxPort,
    port_list: scan.portList,
    events: scan.events,
    start: iso(scan.start),
    end: iso(scan.end),
    rate: rateOf(scan),
    tool: scan.tool,
    tool_sure: scan.toolSure,
    score: scan.score,
    severity: scan.severity,
    magnitude: scan.magnitude,
    ongoing: scan.ongoing,
    superseded_by: scan.supersededBy,
    known: scan.known,
    sensors: scan.sensors,
    curve: scan.curve.map(([time, port]) => [iso(time), port]),
    evidence: scan.evidence,
    not_evaluable: scan.notEvaluable,
  };
}
