import type { RefusedGroup, RefusedLine } from '../sink/batch.js';

/** First lines of a group that are kept for a look; the count goes on. */
const KEPT_LINES = 20;
/** Groups of one batch; a flood of made-up senders beyond that is counted under no sensor's name. */
const MAX_GROUPS = 200;

interface Group {
  readonly sensor: string;
  readonly dialect: string;
  readonly reason: string;
  count: number;
  readonly lines: RefusedLine[];
}

/** The refused lines of one batch: exact counts, a bounded number of lines. */
export class Refused {
  readonly #groups = new Map<string, Group>();
  count = 0;

  /** @param line bytes of the line as received, cut to the line limit */
  add(sensor: string, dialect: string, reason: string, received: number, line: () => string): void {
    this.count++;
    const group = this.#group(sensor, dialect, reason);
    group.count++;
    if (group.lines.length < KEPT_LINES) group.lines.push({ received, text: line() });
  }

  /** Hands the groups over and starts anew. */
  take(): RefusedGroup[] {
    const groups = [...this.#groups.values()];
    this.#groups.clear();
    this.count = 0;
    return groups;
  }

  #group(sensor: string, dialect: string, reason: string): Group {
    const known = this.#groups.get(`${reason}\0${dialect}\0${sensor}`);
    if (known !== undefined) return known;
    const name = this.#groups.size < MAX_GROUPS ? sensor : '';
    const key = `${reason}\0${dialect}\0${name}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { sensor: name, dialect, reason, count: 0, lines: [] };
      this.#groups.set(key, group);
    }
    return group;
  }
}

/** Adds groups of the same batch to those before them, within the same bounds. */
export function mergeRefused(into: RefusedGroup[], groups: readonly RefusedGroup[]): void {
  for (const group of groups) {
    const same = (sensor: string): number =>
      into.findIndex(
        (each) => each.sensor === sensor && each.dialect === group.dialect && each.reason === group.reason
      );
    let at = same(group.sensor);
    if (at < 0 && into.length >= MAX_GROUPS) at = same('');
    const known = into[at];
    if (known === undefined) {
      into.push(into.length < MAX_GROUPS ? group : { ...group, sensor: '' });
      continue;
    }
    const lines = [...known.lines, ...group.lines.slice(0, Math.max(0, KEPT_LINES - known.lines.length))];
    into[at] = { ...known, count: known.count + group.count, lines };
  }
}

/** Adds up counts by reason. */
export function countReasons(
  groups: readonly RefusedGroup[],
  into: Map<string, number> = new Map()
): Map<string, number> {
  for (const { reason, count } of groups) into.set(reason, (into.get(reason) ?? 0) + count);
  return into;
}
