import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import pretty from 'pino-pretty';
import type { Writable } from 'node:stream';
import { printable } from '../io.js';

export type { Logger };

/** The service's log on stderr: JSON lines, or for a person to read. Messages hold no control characters. */
export function openLog(stderr: Writable, level: string, format: 'json' | 'pretty'): Logger {
  const stream: DestinationStream = { write: (text) => void stderr.write(text) };
  const destination =
    format === 'json'
      ? stream
      : pretty({ destination: stderr, colorize: false, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map((each) => (typeof each === 'string' ? oneLine(each) : each)) as typeof args);
        },
      },
    },
    destination
  );
}

/** A line end in a message would begin what looks like an entry of its own. */
const oneLine = (text: string): string => printable(text).replaceAll('\n', '\\u000a');
