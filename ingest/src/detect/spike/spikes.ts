import { protoName } from '../../dialect/index.js';
import { askTrends } from '../../dshield/trends.js';
import { NO_ORIGIN } from '../../enrich/origin.js';
import type { OriginOf } from '../../enrich/origin.js';
import type { Asker } from '../ask.js';
import type { Finding, Severity } from '../finding.js';
import { digest, LETTERS } from '../identity.js';
import { askSuppressions, suppressor } from '../suppress.js';
import { rounded } from '../track.js';
import { magnitudeOf } from '../weigh.js';
import { discoveryRates, deviation, onsetBin, standsOut } from './count.js';
import type { Counts, Window } from './count.js';
import { isChurn, usualPort } from './churn.js';
import { askDetail } from './detail.js';
import type { Detail } from './detail.js';
import { askHistoryDays, askPast, LEAST_DAYS } from './history.js';
import type { Past } from './history.js';
import type { Spike } from './spike.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Without history a day names no more than this. */
const MOST = 25;
const Q = 0.01;
const LEAST = 20;
const TIMES = 3;
const LEAST_TARGETS = 3;
const LEAST_HOURS = 6;

/** A window with what history says of it, where there is any. */
interface Candidate {
  readonly counts: Counts;
  readonly window: Window;
  readonly baseline: number | null;
  readonly q: number | null;
  readonly z: number | null;
  /** DShield's formula over our own counts. */
  readonly ownTrend: number | null;
}

/** Kinds whose sources say nothing of one port: they touch many. */
export const TAKEN_OFF = [
  'vertical',
  'block',
  'synchronised',
  'distributed',
  'decoy',
  'diagonal',
  'backscatter',
] as const;
/** Addresses that a statement holds at most. */
export const MOST_TAKEN_OFF = 8_000;

/** Sources that spikes are cleaned of: those of scans over many ports, the busiest first. Pure. */
export function takenOff(findings: readonly Finding[]): string[] {
  const kinds: ReadonlySet<string> = new Set(TAKEN_OFF);
  const scans = findings.filter(({ kind }) => kinds.has(kind)).sort((a, b) => b.events - a.events);
  return [...new Set(scans.flatMap(({ sources }) => sources))].slice(0, MOST_TAKEN_OFF);
}

interface Row extends Omit<Counts, 'port' | 'firsts'> {
  readonly dst_port: number;
  readonly firsts: readonly [readonly (number | string)[], readonly (number | string)[]];
}

/**
 * Ports with more sources than usual in the 24 hours that end at `to`.
 * @param to a whole hour, ms
 * @param exclude sources that belong to a scan
 * @param originOf where sources come from
 */
export async function spikes(
  asker: Asker,
  to: number,
  exclude: readonly string[],
  originOf: OriginOf = () => NO_ORIGIN
): Promise<Spike[]> {
  const rows = await asker.view<Row>('detect_spikes', { to: new Date(to), exclude });
  if (rows.length === 0) return [];
  const counts = rows.map(countsOf);
  const days = await askHistoryDays(asker, to);
  const candidates =
    days >= LEAST_DAYS
      ? againstHistory(counts, await askPast(asker, to, days, counts), days)
      : withoutHistory(counts, await coveredHours(asker, to));
  const details = await askDetail(
    asker,
    to,
    exclude,
    candidates.map(({ counts: { proto, port } }) => ({ proto, port })),
    originOf
  );
  const trends = await askTrends(asker, to);
  const knownBy = suppressor(await askSuppressions(asker, to));
  const found = candidates.flatMap((candidate) => {
    const detail = details.get(`${candidate.counts.proto} ${candidate.counts.port}`);
    if (detail === undefined || !isSpread(candidate.counts, detail) || isChurn(candidate.counts, detail, counts))
      return [];
    const trend = trends.get(candidate.counts.port) ?? null;
    return [spikeOf(candidate, detail, trend, to, days, knownBy)];
  });
  return days >= LEAST_DAYS ? found : found.slice(0, MOST);
}

function countsOf({ dst_port, firsts, ...row }: Row): Counts {
  const numbers = (list: readonly (number | string)[]): number[] => list.map(Number);
  const many = numbers(firsts[1]);
  return {
    ...row,
    port: dst_port,
    hourly: numbers(row.hourly),
    halves: numbers(row.halves),
    others: numbers(row.others),
    firsts: numbers(firsts[0]).map((bin, i) => [bin, many[i] ?? 0]),
  };
}

/** Hours of the 24 since data began. */
async function coveredHours(asker: Asker, to: number): Promise<number> {
  const [row] = await asker.query<{ first: number | string }>(
    `SELECT toUnixTimestamp(min(h)) AS first FROM fireplot.sources WHERE h >= {since:DateTime('UTC')} AND h < {to:DateTime('UTC')}`,
    { since: (to - DAY_MS) / 1000, to: to / 1000 }
  );
  return Math.min(24, Math.max(0, Math.round((to / 1000 - Number(row?.first ?? 0)) / 3600)));
}

/** Ports that everybody probes always come last: nothing can be said of their level without history. Pure. */
function withoutHistory(counts: readonly Counts[], covered: number): Candidate[] {
  return counts
    .flatMap((each): Candidate[] => {
      const window = standsOut(each, covered);
      return window === undefined ? [] : [{ counts: each, window, baseline: null, q: null, z: null, ownTrend: null }];
    })
    .sort((a, b) => rank(a) - rank(b) || b.window.sources - a.window.sources);
}

function rank({ window, counts: { proto, port } }: Candidate): number {
  return (window.by === 'day' ? 0 : 2) + (usualPort(proto, port) ? 1 : 0);
}

function againstHistory(counts: readonly Counts[], past: ReadonlyMap<string, Past>, days: number): Candidate[] {
  const best = counts.map((each): Candidate & { p: number } => {
    const windows = past.get(`${each.proto} ${each.port}`);
    const now = new Map<24 | 12 | 1, number>([
      [24, each.sources],
      [12, each.halves[0] ?? 0],
      [1, each.hourly[0] ?? 0],
    ]);
    const tried = [...now].map(([hours, x]) => {
      const before = (windows?.get(hours) ?? []).map(({ sources }) => sources);
      const padded = before.length > 0 ? before : new Array<number>(days).fill(0);
      return { hours, x, ...deviation(x, padded) };
    });
    const most = Math.max(...tried.filter(({ x }) => x >= LEAST).map(({ z }) => z));
    // The shortest that says nearly as much: a spike of twelve hours stands out of the day too.
    const chosen =
      tried.filter(({ x, z }) => x >= LEAST && z >= 0.95 * most).at(-1) ?? (tried[0] as (typeof tried)[number]);
    return {
      counts: each,
      window: { hours: chosen.hours, ago: 0, sources: chosen.x, usual: chosen.baseline, by: 'day' },
      baseline: chosen.baseline,
      q: 1,
      z: chosen.z,
      ownTrend: trend(each, windows?.get(24) ?? []),
      // Three windows were tried.
      p: Math.min(1, 3 * chosen.p),
    };
  });
  const rates = discoveryRates(best.map(({ p }) => p));
  return best
    .map(({ p: _, ...candidate }, i): Candidate => ({ ...candidate, q: rates[i] ?? 1 }))
    .filter(
      ({ q, window, baseline }) => (q ?? 1) < Q && window.sources >= LEAST && window.sources >= TIMES * (baseline ?? 0)
    )
    .sort((a, b) => (b.z ?? 0) - (a.z ?? 0));
}

/** sqrt((S - s)² / s + (T - t)² / t), S sources and T reports of the day, s and t what days usually have. */
function trend({ sources, events }: Counts, days: readonly { sources: number; events: number }[]): number | null {
  if (days.length === 0) return null;
  const mean = (of: (day: { sources: number; events: number }) => number): number =>
    Math.max(0.5, days.reduce((sum, day) => sum + of(day), 0) / days.length);
  const [s, t] = [mean((day) => day.sources), mean((day) => day.events)];
  return rounded(Math.sqrt((sources - s) ** 2 / s + (events - t) ** 2 / t));
}

function isSpread({ hourly }: Counts, { targets }: Detail): boolean {
  return targets >= LEAST_TARGETS || hourly.filter((n) => n > 0).length >= LEAST_HOURS;
}

function spikeOf(
  { counts, window, baseline, q, z, ownTrend }: Candidate,
  detail: Detail,
  dshieldTrend: number | null,
  to: number,
  days: number,
  knownBy: ReturnType<typeof suppressor>
): Spike {
  const proto = protoName(counts.proto);
  const begin = to - DAY_MS;
  const bin = onsetBin(counts.firsts, 0, 144);
  const day = Math.floor((to - 1) / DAY_MS) * DAY_MS;
  return {
    id: `${LETTERS.spike}${digest(['spike', proto, counts.port, day])}`,
    day,
    port: counts.port,
    proto,
    windowHours: window.hours,
    sources: window.hours === 24 ? counts.sources : window.sources,
    events: detail.events,
    targets: detail.targets,
    baseline: baseline === null ? null : rounded(baseline),
    q: q === null ? null : rounded(q),
    z: z === null ? null : rounded(z),
    onset: bin === undefined ? null : begin + bin * 600_000,
    dshieldTrend,
    historyDays: days,
    countries: detail.countries,
    networks: detail.networks,
    sourceList: detail.sources,
    start: detail.start,
    end: detail.end,
    score: Number(Math.min(1, 0.5 + Math.log10(Math.max(1, window.sources / LEAST)) / 4).toFixed(3)),
    severity: severityOf(q, window.sources),
    magnitude: magnitudeOf(window.sources),
    ongoing: true,
    known: knownBy({ kind: 'spike', sources: detail.sources, minPort: counts.port, maxPort: counts.port }),
    evidence: {
      day_sources: counts.sources,
      usual: rounded(window.usual),
      by: window.by,
      ago_hours: window.ago,
      ...(ownTrend === null ? {} : { own_trend: ownTrend }),
    },
  };
}

function severityOf(q: number | null, sources: number): Severity {
  if (q === null) return 'info';
  return sources >= 100 ? 'medium' : 'low';
}
