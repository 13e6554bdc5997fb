import { codeAt, cursor, decimal, MAX_UINT32 } from '../scan.js';
import { readFraction, clock } from '../syslog/parts.js';

const MAX_SECONDS = 9_999_999_999;

/** Milliseconds of `8.201` seconds that fill `line[from, to)`; -1 when something else does. */
export function secondsMs(line: string, from: number, to: number): number {
  const seconds = decimal(line, from, to, MAX_SECONDS);
  if (seconds < 0) return -1;
  if (cursor.at === to) return seconds * 1000;
  const at = cursor.at;
  return codeAt(line, at) === 46 && readFraction(line, at) === to ? seconds * 1000 + clock.ms : -1;
}

/** A duration in the same words, 0 when it is none. */
export const durationMs = (line: string, from: number, to: number): number =>
  Math.min(Math.max(secondsMs(line, from, to), 0), MAX_UINT32);
