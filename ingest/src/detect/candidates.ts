import type { Asker } from './ask.js';
import type { Range } from './finding.js';

/** One row of `detect_candidates`. */
interface Row {
  readonly src_ip: string;
  readonly tall: number;
  readonly targets: number;
  readonly hits: number;
  readonly some_targets: readonly string[];
  readonly met_targets: readonly string[];
}

/** A source, a bound of its ports on one target, and its hits. */
export interface Candidate {
  readonly source: string;
  readonly ports: number;
  readonly hits: number;
}

export interface Meeting {
  readonly target: string;
  readonly sources: readonly string[];
}

/** Sources that need a closer look, and how many hits each has. */
export interface Candidates {
  /** Those with ports enough on one target for a scan of it. */
  readonly tall: readonly Candidate[];
  /** Those with ports enough on many targets: their scan is an area, not one target. */
  readonly areas: readonly string[];
  /** Who may go in step on a target: two or more with eight ports of it (ten may lie on both sides of midnight). */
  readonly meetings: readonly Meeting[];
  /** Targets that three or more may share: five ports or more each. */
  readonly crowded: readonly string[];
}

/** On so many targets it is an area. */
const AREA = 16;
/** Addresses that one statement holds at most. */
const MOST = 4_000;

/** A source needs three ports on a target on a day to have five in a session over midnight. */
export async function askCandidates(asker: Asker, range: Range, sources: readonly string[]): Promise<Candidates> {
  const rows = await asker.view<Row>('detect_candidates', {
    from: new Date(range.from),
    to: new Date(range.to),
    sources,
  });
  rows.sort((a, b) => b.tall - a.tall || b.hits - a.hits);
  const areas = rows.filter(({ targets }) => targets >= AREA);
  return {
    tall: rows
      .filter(({ targets }) => targets < AREA)
      .slice(0, MOST)
      .map(({ src_ip, tall, hits }) => ({ source: src_ip, ports: tall, hits })),
    areas: areas.slice(0, MOST / 4).map(({ src_ip }) => src_ip),
    meetings: meetingsOf(rows.slice(0, MOST), ({ met_targets }) => met_targets, 2),
    crowded: meetingsOf(
      rows.slice(0, MOST).filter(({ targets }) => targets < AREA),
      ({ some_targets }) => some_targets,
      3
    ).map(({ target }) => target),
  };
}

/** Of scans over areas a few targets are enough to tell; the view gives all members the same ones. */
const AREA_TARGETS = 4;

function meetingsOf(rows: readonly Row[], targetsOf: (row: Row) => readonly string[], least: number): Meeting[] {
  const byTarget = new Map<string, string[]>();
  for (const row of rows) {
    for (const target of targetsOf(row).slice(0, row.targets >= AREA ? AREA_TARGETS : undefined)) {
      const sources = byTarget.get(target);
      if (sources === undefined) byTarget.set(target, [row.src_ip]);
      else sources.push(row.src_ip);
    }
  }
  return [...byTarget]
    .filter(([, sources]) => sources.length >= least)
    .map(([target, sources]) => ({ target, sources }));
}
