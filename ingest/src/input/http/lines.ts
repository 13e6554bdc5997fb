import { Framer } from '../framer.js';
import { emitLine } from '../lines.js';
import type { LineSink } from '../lines.js';
import { JsonElements, lineOf } from './json.js';

export type BodyKind = 'lines' | 'json';

const SLICE = 128 * 1024;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The lines of a body, handed over some at a time so that a long body does not keep the thread. */
export interface BodyLines {
  /** @returns whether there are more */
  next(): boolean;
}

/**
 * @param sink gets the lines; empty ones are left out
 * @throws Refusal when a JSON body is none; nothing has been handed over then
 */
export function bodyLines(kind: BodyKind, bytes: Buffer, limit: number, sink: LineSink): BodyLines {
  const body = bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : bytes;
  const filled: LineSink = {
    line: (line, start, end) => {
      if (end > start) sink.line(line, start, end);
    },
    tooLong: (line, start, end) => sink.tooLong(line, start, end),
  };
  return kind === 'json' ? jsonLines(body, limit, filled) : textLines(body, limit, filled);
}

function textLines(body: Buffer, limit: number, sink: LineSink): BodyLines {
  const framer = new Framer(limit, sink, { octetCounting: false });
  let at = 0;
  return {
    next: () => {
      framer.push(body.subarray(at, at + SLICE));
      at += SLICE;
      if (at < body.length) return true;
      framer.end();
      return false;
    },
  };
}

function jsonLines(body: Buffer, limit: number, sink: LineSink): BodyLines {
  const checked = new JsonElements(body);
  while (checked.next()) lineOf(body, checked.start, checked.end);
  const elements = new JsonElements(body);
  return {
    next: () => {
      for (let bytes = 0; bytes < SLICE; ) {
        if (!elements.next()) return false;
        const line = lineOf(body, elements.start, elements.end);
        emitLine(sink, limit, line, 0, line[line.length - 1] === 10 ? line.length - 1 : line.length);
        bytes += line.length + 1;
      }
      return true;
    },
  };
}
