import type { Event } from '../event/event.js';

/**
 * What a dialect may know besides the line. It is pure: no clock, no I/O; the reader passes this in, one
 * object for a whole input, `received` updated line by line.
 */
export interface Context {
  /** When the line arrived (a file: its modification time), ms since the epoch. Year-less stamps lie near it. */
  received: number;
  /** Fixed year for year-less stamps; undefined picks the one nearest before `received` + one day. */
  year: number | undefined;
  /** Turns a wall-clock time of the sender's zone into UTC ms; arguments as Date.UTC's (month 0-11). */
  toUtc: (year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number) => number;
  /** Word in a log prefix → action, for devices whose lines have no action field. */
  actionOf: (prefix: string) => Event['action'];
}

/** Every reason a line may be refused for. Closed: counters, the `refused` table and tests rely on it. */
export const REASONS = [
  'unclaimed', // no dialect knows the line
  'too-long', // over the limit; the head of it is kept
  'truncated', // a dialect's line that lost its end or its start, and with it what matters
  'no-address', // claimed, but without a source or target address
  'bad-address', // an address that is none (1092.168.10.12)
  'bad-port', // over 65535 or not a number
  'bad-field', // another field that exceeds its type
  'time-range', // a stamp outside 1970-2105, or one that is no time
  'not-traffic', // the device's own talk (DHCP, login), not a packet
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * One way of writing firewall lines. `claims` is cheap and exclusive: of all dialects at most one claims a
 * line. `parse` fills `event` (reset beforehand) and never throws; anything but 'ok' means that the event's
 * content is void. Neither keeps a reference to the event. `line` has one character a byte (latin1), so that text
 * cut from it is stored as the bytes that were received: UTF-8 is not decoded here.
 */
export interface Dialect {
  readonly name: string;
  readonly claims: (line: string) => boolean;
  readonly parse: (line: string, context: Context, event: Event) => 'ok' | Reason;
  /**
   * Only of dialects whose lines mean what a line before them said (Zeek's `#fields`): a reader of one sender's or one
   * file's lines, asked instead of the two above, which know the line alone.
   */
  readonly open?: () => Reader;
}

/** As a dialect, with a memory. 'header' is a line that was only remembered: neither an event nor refused. */
export interface Reader {
  readonly claims: (line: string) => boolean;
  readonly parse: (line: string, context: Context, event: Event) => 'ok' | 'header' | Reason;
  /** An empty line came, which is nothing else to anybody: where it ends what several lines tell (OSSEC's alerts). */
  readonly blank?: () => void;
}
