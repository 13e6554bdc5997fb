import { emitLine, LF } from '../lines.js';
import type { LineSink } from '../lines.js';

/** How far a file has been cut into lines. */
export interface Cut {
  /** Index behind what has been handed on. */
  next: number;
  /** Inside a line over the limit, whose head has been handed on and whose rest is passed over. */
  skipping: boolean;
}

/**
 * Hands on the lines of `bytes` from `cut.next` to `end`, and moves `cut`. A half line at the end stays where it is, so
 * that it is read again with its rest.
 * @param bound `open`: more of the file follows in the next bytes. `end`: this is its end, for now. `last`: for good, so
 *   that a half line is a line.
 */
export function cutLines(
  bytes: Buffer,
  end: number,
  limit: number,
  cut: Cut,
  bound: 'open' | 'end' | 'last',
  sink: LineSink
): void {
  if (cut.skipping) {
    const found = bytes.indexOf(LF, cut.next);
    const inside = found < 0 || found >= end;
    cut.next = inside ? end : found + 1;
    cut.skipping = inside && bound !== 'last';
    if (inside) return;
  }
  for (;;) {
    const start = skipHole(bytes, cut.next, end);
    const found = start < end ? bytes.indexOf(LF, start) : -1;
    if (found >= 0 && found < end) {
      emitLine(sink, limit, bytes, start, found);
      cut.next = found + 1;
      continue;
    }
    // At the end, zeros may be room that the writer has yet to fill.
    if (start < end || bound !== 'end') cut.next = start;
    break;
  }
  if (bound === 'last') {
    if (cut.next < end) emitLine(sink, limit, bytes, cut.next, end);
    cut.next = end;
  } else if (end - cut.next > limit + 1) {
    sink.tooLong(bytes, cut.next, cut.next + limit);
    cut.next = end;
    cut.skipping = true;
  }
}

/** A writer that does not append leaves a hole of zeros when its file is truncated under it. */
function skipHole(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0) at++;
  return at;
}
