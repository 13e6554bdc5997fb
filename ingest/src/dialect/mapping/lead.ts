import type { Event } from '../../event/event.js';
import type { Context } from '../dialect.js';
import { codeAt, COLON, name, skipSpaces, wordEnd } from '../scan.js';
import { newHead, readHead } from '../syslog/head.js';

const head = newHead();
const NO_CONTEXT: Context = { received: 0, year: undefined, toUtc: Date.UTC, actionOf: () => 'unknown' };

/** The host of the line whose lead was read last. */
export const lead = { host: '' };

/** Index behind a syslog head and the tag of one program, `vpn[811]:`. */
export function skipLead(line: string): number {
  readHead(line, NO_CONTEXT, head);
  const end = wordEnd(line, head.at, Math.min(line.length, head.at + 64));
  return end > head.at + 1 && codeAt(line, end - 1) === COLON && codeAt(line, end) !== 0
    ? skipSpaces(line, end)
    : head.at;
}

/** The time and host of the head into the event, for lines whose values have none; false when the stamp is no time. */
export function readLead(line: string, context: Context, event: Event): boolean {
  readHead(line, context, head);
  lead.host = name(line, head.hostStart, head.hostEnd);
  event.time = head.time;
  return head.time >= 0;
}
