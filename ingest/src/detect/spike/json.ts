import { plainAddress } from '../words.js';
import type { Spike } from './spike.js';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** One JSON object a spike, as `fireplot spikes --json` prints it; names are the columns of `fireplot.spikes`. */
export function spikeJson(spike: Spike): Record<string, unknown> {
  return {
    id: spike.id,
    port: spike.port,
    proto: spike.proto,
    window_hours: spike.windowHours,
    sources: spike.sources,
    events: spike.events,
    targets: spike.targets,
    baseline: spike.baseline,
    q: spike.q,
    z: spike.z,
    onset: iso(spike.onset),
    dshield_trend: spike.dshieldTrend,
    history_days: spike.historyDays,
    countries: spike.countries.map(([country, sources]) => ({ country, sources })),
    networks: spike.networks.map(([asn, sources]) => ({ asn, sources })),
    source_list: spike.sourceList.map(plainAddress),
    start: iso(spike.start),
    end: iso(spike.end),
    score: spike.score,
    severity: spike.severity,
    magnitude: spike.magnitude,
    ongoing: spike.ongoing,
    known: spike.known,
    evidence: spike.evidence,
  };
}
