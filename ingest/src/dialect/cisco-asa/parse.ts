import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { setAttr } from '../attrs.js';
import { openRepeat, repeat } from '../repeat.js';
import { name } from '../scan.js';
import { textEnd } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { failure } from './endpoint.js';
import { isFirepower, readFirepower } from './firepower.js';
import { clearSaid, run } from './match.js';
import { messagesOf } from './messages.js';
import { readAttack, readDropRate } from './rate.js';
import { settle } from './settle.js';
import { findTag, isProgram, tag } from './tag.js';
import { zoneBefore } from './zone.js';

/**
 * Cisco ASA, and with the same tags FTD, PIX and FWSM: `%ASA-6-302013: …` behind whatever head the device and its relays
 * write. Only messages about packets and connections are events; translations, logins and failover are not.
 */
export const ciscoAsa: Dialect = { name: 'cisco-asa', claims: findTag, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'no-address',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  if (!findTag(line)) return 'unclaimed';
  if (!readLead(line, context, event)) return 'time-range';
  const { id } = tag;
  event.severity = tag.severity;
  let at = tag.text;
  let end = textEnd(line);
  if (openRepeat(line, at, end)) {
    event.count = repeat.count;
    at = repeat.at;
    end = repeat.end;
  }
  if (isFirepower(id)) return readFirepower(line, at, end, id, context, event);
  if (id === 733_100 || id === 733_101) {
    const verdict = id === 733_100 ? readDropRate(line, at, end, event) : readAttack(line, at, end, event);
    setAttr(event, 'message_id', String(id));
    return verdict;
  }
  return readMessage(line, at, end, id, event);
}

/** Reads stamp, zone and the device's name before the tag; false when the stamp is no time. */
function readLead(line: string, context: Context, event: Event): boolean {
  const zone = zoneBefore(line, context);
  readHead(line, zone?.context ?? context, head);
  if (head.time < 0) return false;
  event.time = head.time;
  const { wordStart, wordEnd } = tag;
  // What ends in a colon may be the stamp's last part, the zone, or a program.
  const word =
    wordEnd > wordStart && wordStart >= head.at && !isProgram(line, wordStart, wordEnd) && wordStart !== zone?.start;
  if (head.hostEnd > head.hostStart && head.hostEnd <= tag.start && head.hostStart !== zone?.start) {
    event.sensor = name(line, head.hostStart, head.hostEnd);
  } else if (word) {
    event.sensor = name(line, wordStart, wordEnd);
  } else if (zone !== undefined) {
    // `… EDT asa1 : %ASA-…`: the head took the zone for the host.
    let end = wordEnd > 0 ? wordEnd : tag.start;
    while (end > zone.end && line.charCodeAt(end - 1) === 32) end--;
    if (end > zone.end) event.sensor = name(line, zone.end + 1, end);
  }
  return true;
}

function readMessage(line: string, at: number, end: number, id: number, event: Event): 'ok' | Reason {
  const messages = messagesOf(id);
  if (messages.length === 0) return 'not-traffic';
  let verdict: Reason = 'bad-field';
  for (const message of messages) {
    clearSaid();
    const match = run(message.ops, line, at, end, event);
    if (match === 'match') {
      setAttr(event, 'message_id', String(id));
      return settle(message, id, event);
    }
    if (match === 'failed') return failure.at >= end ? 'truncated' : failure.reason;
    if (match === 'ended') verdict = 'truncated';
  }
  return verdict;
}
