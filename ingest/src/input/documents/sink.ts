import { emitLine, type LineSink } from '../lines.js';
import { kindOf } from './detect.js';
import { Unpacker } from './unpacker.js';

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const QUOTE = 34;
/** First letters of the keys that open documents: `records`, `events`, `logEvents`, `messageType`. */
const FIRST = Buffer.from('rRelm');
const TUPLES = Buffer.from('"flowTuples"');

/** Asked of every line, so that the others cost a look at three bytes, or one search. */
function mayHoldMany(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start];
  if (first === OPEN_BRACKET) return true;
  if (first !== OPEN_BRACE) return false;
  const known = bytes[start + 1] === QUOTE && FIRST.includes(bytes[start + 2]!);
  return known || bytes.subarray(start, end).includes(TUPLES);
}

/** A sink before `sink` that makes many lines of one that is JSON and holds many events. @param limit bytes of a line */
export function documentSink(sink: LineSink, limit: number): LineSink {
  return {
    line: (bytes, start, end) => {
      if (!mayHoldMany(bytes, start, end)) return sink.line(bytes, start, end);
      const line = bytes.subarray(start, end);
      const kind = kindOf(line, true);
      if (kind !== 'document' && kind !== 'values') return sink.line(bytes, start, end);
      const unpacker = new Unpacker(kind, (text) => {
        const made = Buffer.from(text, 'latin1');
        emitLine(sink, limit, made, 0, made.length);
      });
      unpacker.push(line);
      unpacker.end();
    },
    tooLong: (bytes, start, end) => sink.tooLong(bytes, start, end),
  };
}
