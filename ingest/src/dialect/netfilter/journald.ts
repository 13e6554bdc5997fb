import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { codeAt, name } from '../scan.js';
import { inRange } from '../syslog/clock.js';
import { isCarrier } from '../syslog/tag.js';

/** Whether the line is one entry of `journalctl -o json`. */
export const isJournal = (line: string): boolean =>
  codeAt(line, 0) === 123 && line.includes('"MESSAGE"') && line.includes('"__REALTIME_TIMESTAMP"');

/** Time and host of a journal entry into `event`; its message goes to `read`. */
export function readJournal(line: string, event: Event, read: (message: string) => 'ok' | Reason): 'ok' | Reason {
  const entry = parseEntry(line);
  if (entry === undefined) return 'truncated';
  const identifier = text(entry['SYSLOG_IDENTIFIER']);
  if (text(entry['_TRANSPORT']) !== 'kernel' && !isCarrier(identifier)) return 'not-traffic';
  const micros = text(entry['_SOURCE_REALTIME_TIMESTAMP']) || text(entry['__REALTIME_TIMESTAMP']);
  event.time = inRange(Math.floor(Number(micros || 'none') / 1000));
  if (event.time < 0) return 'time-range';
  const host = text(entry['_HOSTNAME']);
  event.sensor = name(host, 0, host.length);
  return read(message(entry['MESSAGE']));
}

/** The journal's fields, undefined when the line is no JSON object, mostly because it was cut. */
function parseEntry(line: string): Record<string, unknown> | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null ? { ...entry } : undefined;
  } catch {
    return undefined;
  }
}

/** A field's text, a character a byte: an escape over 0xff (`\u2013`) becomes its UTF-8 bytes. */
const text = (value: unknown): string =>
  typeof value === 'string' ? value.replace(WIDE, (wide) => Buffer.from(wide).toString('latin1')) : '';

const WIDE = /[\u0100-\uffff]+/g;

/** journalctl writes a message that is no clean UTF-8 as an array of its bytes; a line has a character a byte. */
function message(value: unknown): string {
  return Array.isArray(value) ? Buffer.from(value.map(Number)).toString('latin1') : text(value);
}
