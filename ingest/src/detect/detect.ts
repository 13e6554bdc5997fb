import { networkMatcher } from '../enrich/networks.js';
import { piecesOfSize } from './ask.js';
import type { Asker } from './ask.js';
import { askCandidates } from './candidates.js';
import type { Finding, Range, Scan } from './finding.js';
import { SESSION_GAP_MS } from './finding.js';
import { idOf } from './identity.js';
import { backscatter } from './signature/backscatter.js';
import { diagonals } from './signature/diagonal.js';
import { distributed } from './signature/distributed.js';
import { lockstep } from './signature/lockstep.js';
import { drawingOf, painted } from './signature/painted.js';
import { periodic } from './signature/periodic.js';
import { sweeps } from './signature/sweep.js';
import { verticals } from './signature/vertical.js';
import { clustersOf } from './structure.js';
import { REVISITS, settle } from './supersede.js';
import type { Settled } from './supersede.js';
import { askSuppressions, suppressor } from './suppress.js';
import { askMarks, toolOf } from './tool.js';
import { askTracks } from './track.js';
import type { Track } from './track.js';
import { magnitudeOf, scoreOf, severityOf } from './weigh.js';
import { plainAddress } from './words.js';

/** Most addresses that a statement holds; see ask.ts. */
const MOST_EXPLAINED = 8_000;
/** Hits that one statement holds in memory. */
const TRACK_HITS = 400_000;
const MOST_TARGETS = 1_000;

/** What to look for. Each tier costs more and needs looking at more seldom. */
export interface Scope {
  /** Only these sources for what one source does; none: all. */
  readonly sources: readonly string[];
  /** Lines of many sources, and answers: they read every target. */
  readonly wide: boolean;
  /** Pictures, and what comes by the clock: an hour earlier or later is no matter. */
  readonly hourly: boolean;
}

export const EVERYTHING: Scope = { sources: [], wide: true, hourly: true };

/** Everything in scope that a range holds, settled among each other. */
export async function findAll(asker: Asker, range: Range, scope: Scope = EVERYTHING): Promise<Settled> {
  const { sources } = scope;
  const { watched, rows } = await askSize(asker, range);
  // What needs nothing of each other goes side by side, as far as the asker lets it.
  const found = (
    await allOf<Finding[]>([
      sweeps(asker, { range, sources, watched, rows }),
      onPairs(asker, range, sources),
      scope.wide ? diagonals(asker, range) : [],
      scope.wide ? backscatter(asker, range, watched) : [],
      scope.hourly ? periodic(asker, range) : [],
    ])
  ).flat();
  if (scope.hourly) found.push(...(await painted(asker, range, sourcesOf(found.filter(isExplained), MOST_EXPLAINED))));
  return settle(found);
}

/** All that they find. One that fails fails all, but not before the others have ended: they use the store. */
async function allOf<T>(tasks: readonly (Promise<T> | T)[]): Promise<T[]> {
  const ends = await Promise.allSettled(tasks);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

/** What shows in a source's ports on a target: alone, in step with others, by turns with others, drawn. */
async function onPairs(asker: Asker, range: Range, sources: readonly string[]): Promise<Finding[]> {
  const { tall: candidates, areas, meetings, crowded } = await askCandidates(asker, range, sources);
  const groups = await lockstep(asker, range, meetings);
  const tracks: Track[] = [];
  for (const some of piecesOfSize(
    candidates.map(({ source, hits }) => [source, hits] as const),
    TRACK_HITS
  ))
    tracks.push(...(await askTracks(asker, { range, sources: some })));
  const grouped = pairsOf(groups);
  const drawings = clustersOf(tracks.filter((track) => !grouped.has(`${track.src_ip} ${track.dst_ip}`))).flatMap(
    (cluster) => drawingOf(cluster) ?? []
  );
  for (const pair of pairsOf(drawings)) grouped.add(pair);
  const tall = verticals(tracks);
  // Whoever shares with one of some sources may have ended before, so that all of the target are asked for.
  const targets =
    sources.length === 0 ? crowded : [...new Set(tracks.map((track) => track.dst_ip))].slice(0, MOST_TARGETS);
  const others = sources.length === 0 ? candidates.filter(({ ports }) => ports >= 3).map(({ source }) => source) : [];
  const shares = await distributed(asker, { range, targets, sources: others, areas, exclude: grouped, tracks });
  return [...groups, ...drawings, ...tall, ...shares];
}

/** `source target` of every pair that findings name. */
function pairsOf(findings: readonly Finding[]): Set<string> {
  return new Set(
    findings.flatMap(({ sources, targets }) =>
      sources.flatMap((source) => targets.map((target) => `${source} ${target}`))
    )
  );
}

/** A vertical scan touches each port once or a few times; what comes back again and again may be drawing. */
function isExplained({ kind, order, events, ports }: Finding): boolean {
  return kind !== 'vertical' || order === 'ascending' || order === 'descending' || events < REVISITS * ports;
}

function sourcesOf(findings: readonly Finding[], most: number): string[] {
  const all = new Set<string>();
  for (const { sources } of [...findings].sort((a, b) => b.events - a.events)) {
    for (const source of sources) all.add(source);
    if (all.size >= most) break;
  }
  return [...all].slice(0, most);
}

/** How much there is: targets that anything was probed on, and rows of first hits. */
async function askSize(asker: Asker, range: Range): Promise<{ watched: number; rows: number }> {
  const [row] = await asker.query<{ watched: number; n: number }>(
    `SELECT uniq(dst_ip) AS watched, count() AS n FROM fireplot.first_hits
     WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) AND toDate({to:DateTime64(3, 'UTC')}) AND role = 0`,
    { from: new Date(range.from), to: new Date(range.to) }
  );
  return { watched: row?.watched ?? 0, rows: row?.n ?? 0 };
}

/** What is needed to weigh findings: own networks and what is known. */
export interface Judge {
  readonly isOwn: (source: string) => boolean;
  readonly knownBy: ReturnType<typeof suppressor>;
  /** The newest data looked at, ms: what ended shortly before goes on. */
  readonly newest: number;
}

export async function askJudge(asker: Asker, range: Range): Promise<Judge> {
  const [own] = await asker.query<{ value: string }>(
    "SELECT value FROM fireplot.settings FINAL WHERE name = 'own_networks'"
  );
  const [data] = await asker.query<{ newest: number | string }>(
    `SELECT toUnixTimestamp64Milli(max(max_time)) AS newest FROM fireplot.batches
     WHERE rows > 0 AND min_time < {to:DateTime64(3, 'UTC')}`,
    { to: new Date(range.to) }
  );
  const matches = networkMatcher(own === undefined ? [] : (JSON.parse(own.value) as string[]));
  const newest = Math.min(Number(data?.newest ?? 0), range.to);
  return {
    isOwn: (source) => matches?.(plainAddress(source)) ?? false,
    knownBy: suppressor(await askSuppressions(asker, newest)),
    newest,
  };
}

/** Findings with tool, weight and id, in order of time. Those taken in by others come too, and say by whom. */
export async function weighAll(asker: Asker, range: Range, settled: Settled, judge: Judge): Promise<Scan[]> {
  const all = [...settled.standing, ...settled.taken.keys()];
  const sources = [...new Set(all.filter(({ kind }) => kind !== 'painted').flatMap((finding) => finding.sources))];
  const marks = await askMarks(asker, range, sources);
  const scans = all.map((finding): Scan => {
    const own = finding.sources.flatMap((source) => marks.get(source) ?? []);
    const tools = own.map(toolOf);
    const [tool] = tools;
    const agreed = tool !== undefined && tools.every((other) => other.tool === tool.tool) ? tool : undefined;
    const by = settled.taken.get(finding);
    return {
      ...finding,
      evidence:
        agreed !== undefined && agreed.tool !== ''
          ? { ...finding.evidence, tool_fields: agreed.fields }
          : finding.evidence,
      notEvaluable: [...new Set([...finding.notEvaluable, ...tools.flatMap(({ notEvaluable }) => notEvaluable)])],
      id: idOf(finding),
      day: finding.start,
      tool: agreed?.tool ?? '',
      toolSure: agreed?.sure ?? '',
      score: scoreOf(finding),
      severity: severityOf(finding, judge.isOwn),
      magnitude: magnitudeOf(finding.events),
      ongoing: finding.end >= judge.newest - SESSION_GAP_MS,
      supersededBy: by === undefined ? '' : idOf(by),
      known: judge.knownBy(finding),
      sensors: [...new Set(own.flatMap(({ sensors }) => sensors))].sort().slice(0, 100),
    };
  });
  return scans.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}
