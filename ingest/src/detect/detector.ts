import { fillOrigins } from '../enrich/fill.js';
import type { OriginOf } from '../enrich/origin.js';
import type { Store } from '../store/store.js';
import { Asker, BESIDE_INSERTS, QUICKLY } from './ask.js';
import type { Effort } from './ask.js';
import { askJudge, findAll, weighAll } from './detect.js';
import type { Judge, Scope } from './detect.js';
import { askNews, byDay, merged } from './dirty.js';
import type { News } from './dirty.js';
import type { Range, Scan } from './finding.js';
import { LONGEST_PAUSE_MS, SESSION_GAP_MS } from './finding.js';
import { closeScans, keepScans } from './save.js';
import { keepSpikes } from './spike/keep.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far before what is new a session may have begun: 15 ports at the longest gaps, and a day of windows. */
const LOOK_BACK_MS = DAY_MS;
/** How far back a minute's look goes; what began before is prolonged, and measured anew by the next hourly look. */
const QUICK_LOOK_BACK_MS = 3 * HOUR_MS;
/** No finding is longer. */
const MOST_DAYS_MS = 7 * DAY_MS;
/** News of a longer range than this is a backfill: looked at by the day, and at everything. */
const LIVE_MS = 6 * HOUR_MS;
const WIDE_EVERY_MS = 10 * 60_000;
const HOURLY_MS = HOUR_MS;
/** Sources that a look further back takes. */
const MOST_SOURCES = 2_000;
/** A minute's look is for the sources that touched most that is new; the others wait for the wide look. */
const QUICK_SOURCES = 150;
/** With more new rows than these the inputs need the cores themselves: 5,000 lines/s when turns come every minute. */
const QUIET_ROWS = 300_000;

export interface DetectorOptions {
  /** One thread beside inserts, unless a person waits. */
  readonly effort?: Effort;
  readonly clock?: () => number;
  /** Aborted, the next question rejects. */
  readonly signal?: AbortSignal;
  /** Looks up where sources come from: those that are new are kept in `fireplot.origins`, and spikes are told by it. */
  readonly originOf?: OriginOf;
}

/** No source has this address: what is stored can still end. */
const NOBODY = ['::'];

/** What a turn did. */
export interface Turn {
  readonly range: Range;
  readonly batches: number;
  readonly written: number;
  readonly ms: number;
  /** Nothing is left to do. */
  readonly done: boolean;
}

/**
 * Keeps `scans` and `spikes` up to what is stored, a turn at a time: the ledger says which ranges are new, so that
 * backfills and late lines are looked at like live ones. A turn after little news costs little: only sources that
 * the news touched, and that touched enough, are looked at, while what reads every target waits ten minutes, and
 * pictures an hour. Where it was is in `fireplot.detections`, written when nothing is left.
 */
export class Detector {
  readonly #store: Store;
  readonly #asker: Asker;
  /** For what comes every minute. */
  readonly #quick: Asker;
  readonly #clock: () => number;
  readonly #originOf: OriginOf | undefined;
  #seen: number | undefined;
  #late = 0;
  #version = 0;
  #backlog: Range[] = [];
  /** Live ranges since the wide look, and since the look for pictures. */
  #forWide: Range[] = [];
  #forHourly: Range[] = [];
  #wideAt = 0;
  #hourlyAt = 0;

  constructor(store: Store, { effort = BESIDE_INSERTS, clock = Date.now, signal, originOf }: DetectorOptions = {}) {
    this.#store = store;
    this.#asker = new Asker(store, effort, signal);
    this.#quick = new Asker(store, QUICKLY, signal);
    this.#clock = clock;
    this.#originOf = originOf;
  }

  /**
   * One turn: live news if there is any, else one day of the backlog.
   * @returns undefined when there was nothing to do
   * @throws StoreError; the next turn tries the same again
   */
  async turn(): Promise<Turn | undefined> {
    const undo = this.#undo();
    try {
      return await this.#work();
    } catch (error) {
      undo();
      throw error;
    }
  }

  /** Gives back what is to be looked at as it stands now. */
  #undo(): () => void {
    const [seen, late, backlog] = [this.#seen, this.#late, [...this.#backlog]];
    const [forWide, forHourly, wideAt, hourlyAt] = [this.#forWide, this.#forHourly, this.#wideAt, this.#hourlyAt];
    return () => {
      [this.#seen, this.#late, this.#backlog] = [seen, late, backlog];
      [this.#forWide, this.#forHourly, this.#wideAt, this.#hourlyAt] = [forWide, forHourly, wideAt, hourlyAt];
    };
  }

  async #work(): Promise<Turn | undefined> {
    const started = this.#clock();
    const news = await this.#news();
    const live = news === undefined ? [] : this.#sort(news);
    const [range, scope] = await this.#next(live);
    if (range === undefined || scope === undefined) return undefined;
    const version = this.#nextVersion();
    const originOf = this.#originOf;
    if (originOf !== undefined) await fillOrigins(this.#store, this.#asker, originOf, range, version);
    const written = await this.look(range, scope, version, (news?.rows ?? 0) <= QUIET_ROWS);
    const ms = this.#clock() - started;
    const done = this.#backlog.length === 0;
    const batches = news?.batches ?? 0;
    if (done) await this.#remember(range, batches, written, ms);
    return { range, batches, written, ms, done };
  }

  /** Turns until nothing is left. */
  async workOff(onTurn: (turn: Turn) => void = () => {}): Promise<void> {
    for (let turn = await this.turn(); turn !== undefined; turn = await this.turn()) onTurn(turn);
  }

  /**
   * Looks at a range and keeps what is found.
   * @param quiet little comes in meanwhile
   * @returns rows written
   */
  async look(range: Range, scope: Scope, version: number, quiet = false): Promise<number> {
    const whole = await this.#widened(range, scope.wide || scope.hourly ? LOOK_BACK_MS : QUICK_LOOK_BACK_MS);
    const asker = scope.wide || scope.hourly || !quiet ? this.#asker : this.#quick;
    const judge = await askJudge(asker, whole);
    const scans = await this.#find(asker, whole, scope, judge);
    let written = await keepScans(this.#store, this.#asker, whole, scans, version);
    if (scope.hourly) written += await this.#lookFurtherBack(whole, scans, judge);
    if (judge.newest > 0) await closeScans(this.#store, judge.newest, version);
    return written + (scope.wide ? await keepSpikes(this.#store, this.#asker, range, version, this.#originOf) : 0);
  }

  async #find(asker: Asker, range: Range, scope: Scope, judge: Judge): Promise<Scan[]> {
    return weighAll(asker, range, await findAll(asker, range, scope), judge);
  }

  /** What was under way where the view begins is looked at from its own beginning, for its sources alone. */
  async #lookFurtherBack(seen: Range, scans: readonly Scan[], judge: Judge): Promise<number> {
    const cut = scans.filter(({ start }) => start < seen.from + LONGEST_PAUSE_MS);
    const sources = [...new Set(cut.flatMap((scan) => scan.sources))].slice(0, MOST_SOURCES);
    if (sources.length === 0) return 0;
    const whole = { from: seen.to - MOST_DAYS_MS, to: seen.to };
    const found = await this.#find(this.#asker, whole, { sources, wide: false, hourly: false }, judge);
    const long = found.filter(({ start }) => start < seen.from + LONGEST_PAUSE_MS);
    return keepScans(this.#store, this.#asker, whole, long, this.#nextVersion());
  }

  /** Later rows take the place of earlier ones, even when the clock stands or goes back. */
  #nextVersion(): number {
    this.#version = Math.max(this.#clock(), this.#version + 1);
    return this.#version;
  }

  async #news(): Promise<News | undefined> {
    if (this.#seen === undefined) {
      const [row] = await this.#asker.query<{ seen: number | string }>(
        'SELECT toUnixTimestamp64Milli(max(seen)) AS seen FROM fireplot.detections'
      );
      this.#seen = Math.max(0, Number(row?.seen ?? 0));
    }
    const news = await askNews(this.#asker, this.#seen);
    if (news.ranges.length === 0 || (news.seen === this.#seen && news.late === this.#late)) return undefined;
    this.#seen = news.seen;
    this.#late = news.late;
    return news;
  }

  /** Backfills go to the backlog; what is left is live. */
  #sort({ ranges }: News): Range[] {
    const live = ranges.filter(({ from, to }) => to - from <= LIVE_MS && to > this.#clock() - DAY_MS);
    const rest = ranges.filter((range) => !live.includes(range));
    if (rest.length > 0) this.#backlog = merged([...this.#backlog, ...rest]).flatMap(byDay);
    return live;
  }

  async #next(live: readonly Range[]): Promise<[Range | undefined, Scope | undefined]> {
    const now = this.#clock();
    if (live.length === 0) {
      const range = this.#backlog.shift();
      return [range, range === undefined ? undefined : { sources: [], wide: true, hourly: true }];
    }
    this.#forWide = merged([...this.#forWide, ...live], HOUR_MS);
    this.#forHourly = merged([...this.#forHourly, ...live], HOUR_MS);
    const wide = now - this.#wideAt >= WIDE_EVERY_MS;
    const hourly = now - this.#hourlyAt >= HOURLY_MS;
    const range = spanOf([...live, ...(wide ? this.#forWide : []), ...(hourly ? this.#forHourly : [])]);
    if (wide) [this.#wideAt, this.#forWide] = [now, []];
    if (hourly) [this.#hourlyAt, this.#forHourly] = [now, []];
    // The wide look is at all of them.
    if (wide || hourly) return [range, { sources: [], wide, hourly }];
    const sources = await this.#touched(range);
    return [range, { sources: sources.length > 0 ? sources : NOBODY, wide, hourly }];
  }

  /** Sources that the news touched and that, looking back, touched enough to be in any finding: the busiest. */
  async #touched(range: Range): Promise<string[]> {
    const rows = await this.#asker.query<{ src_ip: string }>(
      `SELECT src_ip
       FROM fireplot.first_hits
       WHERE day BETWEEN toDate({since:DateTime64(3, 'UTC')}) AND toDate({to:DateTime64(3, 'UTC')}) AND role = 0
         AND t.1 >= {since:DateTime64(3, 'UTC')} AND t.1 < {to:DateTime64(3, 'UTC')}
         AND src_ip IN (SELECT src_ip FROM fireplot.events
           WHERE time >= {from:DateTime64(3, 'UTC')} AND time < {to:DateTime64(3, 'UTC')})
       GROUP BY src_ip
       HAVING uniqUpTo(5)(dst_port) >= 5 OR uniqUpTo(5)(dst_ip) >= 5
       ORDER BY countIf(t.1 >= {from:DateTime64(3, 'UTC')}) DESC
       LIMIT {most:UInt32}`,
      {
        most: QUICK_SOURCES,
        since: new Date(range.from - QUICK_LOOK_BACK_MS),
        from: new Date(range.from),
        to: new Date(range.to),
      }
    );
    return rows.map(({ src_ip }) => src_ip);
  }

  /** The range with what lies before it, and up to the end of what is stored and goes on behind it. */
  async #widened(range: Range, back: number): Promise<Range> {
    const [row] = await this.#asker.query<{ to: number | string; n: number }>(
      `SELECT toUnixTimestamp64Milli(max(\`end\`)) AS to, count() AS n
       FROM fireplot.scans FINAL
       WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) - 7 AND toDate({to:DateTime64(3, 'UTC')}) + 1
         AND superseded_by = '' AND start < {to:DateTime64(3, 'UTC')} AND \`end\` >= {from:DateTime64(3, 'UTC')}`,
      { from: new Date(range.from - SESSION_GAP_MS), to: new Date(range.to + SESSION_GAP_MS) }
    );
    const stored = row !== undefined && row.n > 0 ? Number(row.to) + 1 : 0;
    const to = Math.min(Math.max(range.to + SESSION_GAP_MS, stored), range.to + LOOK_BACK_MS);
    return { from: range.from - back, to };
  }

  async #remember(range: Range, batches: number, found: number, ms: number): Promise<void> {
    await this.#store.command(
      `INSERT INTO fireplot.detections (seen, from, to, batches, found, ms)
       SELECT {seen:DateTime64(3, 'UTC')}, {from:DateTime64(3, 'UTC')}, {to:DateTime64(3, 'UTC')}, {batches:UInt64}, {found:UInt32}, {ms:UInt32}`,
      {
        seen: new Date(this.#seen ?? 0),
        from: new Date(range.from),
        to: new Date(range.to),
        batches,
        found,
        ms: Math.max(0, ms),
      }
    );
  }
}

function spanOf(ranges: readonly Range[]): Range {
  return { from: Math.min(...ranges.map(({ from }) => from)), to: Math.max(...ranges.map(({ to }) => to)) };
}
