import type { Asker } from '../../detect/ask.js';
import type { Range } from '../../detect/finding.js';
import type { Found } from './collect.js';
import type { Why } from './list.js';
import { kindOf, SPOOFED } from './what.js';

/** Sources that one question brings at most, unless a single finding has more (10,000 are kept of one). */
const AT_ONCE = 100_000;
/** The first day whose week before has a date. */
const EARLIEST = 8 * 86_400_000;

/** Findings that stand and touch a range, and how many sources of theirs are not kept. */
export interface Asked {
  readonly findings: readonly Found[];
  readonly unknown: number;
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly kept: number;
  readonly source_count: number;
  readonly min_port: number;
  readonly max_port: number;
  readonly score: number;
  readonly severity: string;
  readonly known: string;
  readonly start_ms: number | string;
  readonly end_ms: number | string;
}

/** Rows of a range; `day` narrows, and a finding spans seven days at most. */
const IN_RANGE = `day BETWEEN toDate({from:DateTime64(3, 'UTC')}) - 7 AND toDate({to:DateTime64(3, 'UTC')}) + 1
  AND start < {to:DateTime64(3, 'UTC')} AND \`end\` >= {from:DateTime64(3, 'UTC')}`;

/** @param wanted kinds, as in what.ts */
export async function askFindings(asker: Asker, range: Range, wanted: readonly Why[]): Promise<Asked> {
  const params = paramsOf(range);
  const scans = await asker.query<Row>(
    `SELECT id, kind, length(sources) AS kept, source_count, min_port, max_port, ${COMMON}
     FROM fireplot.scans FINAL WHERE ${IN_RANGE} AND superseded_by = '' ORDER BY id`,
    params
  );
  const spikes = await asker.query<Row>(
    `SELECT id, 'spike' AS kind, length(source_list) AS kept, sources AS source_count, port AS min_port, port AS max_port, ${COMMON}
     FROM fireplot.spikes FINAL WHERE ${IN_RANGE} ORDER BY id`,
    params
  );
  const rows = [...scans, ...spikes].filter(({ kind }) => wanted.includes(whyOf(kind)));
  const sources = new Map([
    ...(await askSources(asker, 'scans', 'sources', rows, params)),
    ...(await askSources(asker, 'spikes', 'source_list', rows, params)),
  ]);
  return {
    findings: rows.map((row) => foundOf(row, sources.get(row.id) ?? [])),
    unknown: rows.reduce((sum, { kept, source_count }) => sum + Math.max(0, source_count - kept), 0),
  };
}

const COMMON =
  'score, severity, known, toUnixTimestamp64Milli(start) AS start_ms, toUnixTimestamp64Milli(`end`) AS end_ms';

async function askSources(
  asker: Asker,
  table: 'scans' | 'spikes',
  column: string,
  rows: readonly Row[],
  params: Readonly<Record<string, Date>>
): Promise<[string, readonly string[]][]> {
  const found: [string, readonly string[]][] = [];
  const here = rows.filter(({ kind }) => (kind === 'spike') === (table === 'spikes'));
  for (const part of parts(here)) {
    const answer = await asker.query<{ id: string; list: readonly string[] }>(
      `SELECT id, ${column} AS list FROM fireplot.${table} FINAL WHERE ${IN_RANGE} AND id IN {ids:Array(String)}`,
      { ...params, ids: part.map(({ id }) => id) }
    );
    found.push(...answer.map(({ id, list }): [string, readonly string[]] => [id, list]));
  }
  return found;
}

/** Rows in parts that are bounded in sources, and in the length of a question. */
function parts(rows: readonly Row[]): Row[][] {
  const all: Row[][] = [];
  let sum = 0;
  for (const row of rows) {
    const last = all.at(-1);
    if (last === undefined || last.length >= 200 || sum + row.kept > AT_ONCE) {
      all.push([row]);
      sum = row.kept;
    } else {
      last.push(row);
      sum += row.kept;
    }
  }
  return all;
}

const whyOf = (kind: string): Why => (kind === 'spike' ? kind : kindOf(kind));

function foundOf(row: Row, sources: readonly string[]): Found {
  return {
    ...{ why: whyOf(row.kind), sources, minPort: row.min_port, maxPort: row.max_port },
    ...{ score: row.score, informs: row.severity === 'info', known: row.known },
    ...{ start: Number(row.start_ms), end: Number(row.end_ms) },
  };
}

/**
 * Senders that somebody else wrote into packets, from the range on: whoever was a decoy before it ends or after it is
 * no scanner in it either. Superseded and suppressed findings count.
 */
export async function askSpoofed(asker: Asker, range: Range): Promise<string[]> {
  const rows = await asker.query<{ source: string }>(
    `SELECT DISTINCT arrayJoin(sources) AS source FROM fireplot.scans FINAL
     WHERE day >= toDate({from:DateTime64(3, 'UTC')}) - 7 AND \`end\` >= {from:DateTime64(3, 'UTC')} AND kind IN {kinds:Array(String)}`,
    { from: paramsOf(range).from, kinds: [...SPOOFED] }
  );
  return rows.map(({ source }) => source);
}

/** Who was looked for in a range: where nobody says which public networks are ours, these are. */
export async function askTargets(asker: Asker, range: Range): Promise<string[]> {
  const rows = await asker.query<{ target: string }>(
    `SELECT DISTINCT arrayJoin(targets) AS target FROM fireplot.scans FINAL WHERE ${IN_RANGE}`,
    paramsOf(range)
  );
  return rows.map(({ target }) => target);
}

/** What feeds in force call good, and the user's own allow list: CIDR. */
export async function askAllowed(asker: Asker, now: number): Promise<string[]> {
  const rows = await asker.query<{ network: string }>(
    `SELECT network FROM fireplot.intel_allowed FINAL WHERE NOT removed
     UNION DISTINCT
     SELECT network FROM fireplot.indicators
     WHERE allow AND kind != 'domain' AND (expires IS NULL OR expires > {now:DateTime64(3, 'UTC')})
       AND (feed, version) IN (SELECT name, version FROM fireplot.feeds FINAL WHERE NOT removed)`,
    { now: new Date(now) }
  );
  return rows.map(({ network }) => network);
}

const paramsOf = ({ from, to }: Range): { from: Date; to: Date } => ({
  from: new Date(Math.max(from, EARLIEST)),
  to: new Date(to),
});
