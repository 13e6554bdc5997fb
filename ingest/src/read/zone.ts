import { tzOffset } from '@date-fns/tz';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const REMEMBERED = 4_096;

/** Offsets (ms east of UTC) a wall-clock minute may have; the two differ where it came twice or never. */
interface Offsets {
  readonly first: number;
  readonly second: number;
}

/**
 * Wall-clock times of one IANA zone as UTC. A time that never was (the clock was put forward over it) is read with
 * the offset before the gap. Of a time that came twice the first is taken, unless that lies more than the slack
 * before `reference` and the second does not: logs run forward. Remembers offsets by the hour, so a line costs a
 * look-up.
 */
export class Zone {
  readonly name: string;
  /** The time of the line before, or when the line arrived: ms since the epoch; 0 when unknown. */
  reference = 0;
  readonly #slackMs: number;
  readonly #hours = new Map<number, Offsets>();
  readonly #minutes = new Map<number, Offsets>();
  #lastHour = Number.NaN;
  #lastOffset = 0;

  /**
   * @param slackMs how far a line may lie before the reference and still be in order
   * @throws Error with one sentence when the zone is unknown
   */
  constructor(name: string, slackMs = 5 * MINUTE) {
    if (!isZone(name)) {
      throw new Error(`"${name}" is no time zone: give an IANA name, for example Europe/Oslo or UTC.`);
    }
    this.name = name;
    this.#slackMs = slackMs;
  }

  /** Arguments as those of Date.UTC: month 0-11. A bound function, to be handed to a dialect's context. */
  readonly toUtc = (
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    ms: number
  ): number => {
    const wall = Date.UTC(year, month, day, hour, minute, second, ms);
    const wallHour = Math.floor(wall / HOUR);
    if (wallHour === this.#lastHour) return wall - this.#lastOffset;
    const offsets = this.#hour(wallHour);
    if (offsets.first === offsets.second) {
      this.#lastHour = wallHour;
      this.#lastOffset = offsets.first;
      return wall - offsets.first;
    }
    return this.#near(wall);
  };

  /** Equal offsets a day to either side mean that no clock was changed near this hour. */
  #hour(wallHour: number): Offsets {
    return remembered(this.#hours, wallHour, () => {
      const start = wallHour * HOUR;
      return { first: this.#offsetAt(start - DAY), second: this.#offsetAt(start + DAY) };
    });
  }

  /** Within a day of a change: clocks are changed at whole minutes. */
  #near(wall: number): number {
    const { first, second } = remembered(this.#minutes, Math.floor(wall / MINUTE), (minute) => {
      const start = minute * MINUTE;
      const before = this.#offsetAt(start - DAY);
      const after = this.#offsetAt(start + DAY);
      const beforeHolds = this.#offsetAt(start - before) === before;
      const afterHolds = this.#offsetAt(start - after) === after;
      if (beforeHolds && afterHolds) return { first: before, second: after };
      return afterHolds ? { first: after, second: after } : { first: before, second: before };
    });
    const earlier = wall - first;
    const later = wall - second;
    const turned = this.reference > 0 && earlier < this.reference - this.#slackMs;
    // A reference hours away says nothing about which of the two it was.
    return turned && later >= this.reference - this.#slackMs && later - this.reference < 3 * HOUR ? later : earlier;
  }

  #offsetAt(utc: number): number {
    return tzOffset(this.name, new Date(utc)) * MINUTE;
  }
}

function remembered(memory: Map<number, Offsets>, key: number, find: (key: number) => Offsets): Offsets {
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= REMEMBERED) memory.clear();
  const found = find(key);
  memory.set(key, found);
  return found;
}

/** The zone of this machine. */
export function systemZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function isZone(name: string): boolean {
  try {
    return name !== '' && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
