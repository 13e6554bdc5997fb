import type { Reason } from '../dialect.js';
import { cursor, decimal, SPACE, wordEnd } from '../scan.js';

/** What one line's body has said so far; one object, reset for each line. */
export const seen = {
  proto: -1,
  /** A later fragment, or a packet too short for its own header: no ports to expect. */
  headless: false,
  sourcePort: false,
  targetPort: false,
  type: false,
  flags: 0,
  anyFlag: false,
  urgp: false,
  window: false,
  /** The writer (Proxmox) ends TCP lines with the flags and without `URGP=`. */
  bare: false,
  /** The line ends inside a word that was not understood. */
  cut: false,
};

export function resetSeen(bare: boolean): void {
  seen.proto = -1;
  seen.headless = false;
  seen.sourcePort = false;
  seen.targetPort = false;
  seen.type = false;
  seen.flags = 0;
  seen.anyFlag = false;
  seen.urgp = false;
  seen.window = false;
  seen.bare = bare;
  seen.cut = false;
}

/** What `FAILED` means: the reason, and where the word that failed ends. */
export const failure: { reason: Reason; end: number } = { reason: 'bad-field', end: 0 };

/** Returned in place of an index. */
export const FAILED = -1;

export function fail(reason: Reason, line: string, at: number, end: number): number {
  failure.reason = reason;
  failure.end = wordEnd(line, at, end);
  return FAILED;
}

/** The number at `at`, which must end at a space; -1 with `failure` set when it is none or over `max`. */
export function number(line: string, at: number, end: number, max: number, reason: Reason): number {
  const value = decimal(line, at, end, max);
  if (value >= 0 && (cursor.at === end || line.charCodeAt(cursor.at) === SPACE)) return value;
  return fail(reason, line, at, end);
}

/** Index after the number read last, or `FAILED` when it was none. */
export const after = (value: number): number => (value < 0 ? FAILED : cursor.at);
