import { emitLine, LF } from './lines.js';
import type { LineSink } from './lines.js';

/** A datagram is a line, or several; senders written in C end it with NUL. Empty lines are left out. */
export function splitDatagram(bytes: Buffer, limit: number, sink: LineSink): void {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  let start = 0;
  while (start < end) {
    const found = bytes.indexOf(LF, start);
    const next = found < 0 || found > end ? end : found;
    if (next > start) emitLine(sink, limit, bytes, start, next);
    start = next + 1;
  }
}
