import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { name, skipSpaces, startsAt } from '../scan.js';
import { newHead, readHead } from '../syslog/head.js';
import { isForeign } from '../syslog/tag.js';
import { findInterfaces, readFirewall } from './message.js';
import { findTopics, isFirewall, topicsEnd } from './topics.js';

/**
 * Firewall lines of MikroTik RouterOS as its remote log, its own log or a relay writes them: BSD, ISO, RFC 5424 or
 * no head, with or without topics. Its other topics are claimed too, and refused as 'not-traffic'.
 */
export const mikrotik: Dialect = { name: 'mikrotik', claims, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

const BRACE = 123;
const CEF = 'CEF:0|MikroTik|';

function claims(line: string): boolean {
  if (line.charCodeAt(0) === BRACE) return false;
  return hasInterfaces(line) || findTopics(line) >= 0 || line.includes(CEF);
}

/** `chain: in:… out:…`; `in:` may also start a message without a chain, but then the rest of the grammar must follow. */
function hasInterfaces(line: string): boolean {
  const out = line.indexOf(' out:');
  if (out < 0) return false;
  const chained = line.indexOf(': in:');
  if (chained < 0 || chained > out) {
    const at = startsAt(line, 0, 'in:') ? 0 : line.indexOf(' in:');
    if (at < 0 || at > out || line.indexOf('->', line.indexOf(' proto ', out)) < out) return false;
  }
  return !line.includes(' SRC=');
}

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  readHead(line, context, head);
  if (head.time < 0) return claims(line) ? 'time-range' : 'unclaimed';
  if (isForeign(line, head)) return claims(line) ? 'not-traffic' : 'unclaimed';
  event.time = head.time;
  if (head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  let end = line.length;
  while (end > 0 && isLineEnd(line.charCodeAt(end - 1))) end--;
  let i = head.at;
  if (openRepeat(line, i, end)) {
    event.count = repeat.count;
    i = repeat.at;
    end = repeat.end;
  }
  // A relay may have taken the topics, or the chain of a line without topics, for the program's name.
  let app = line.substring(head.appStart, head.appEnd);
  let firewall = false;
  if (app.includes(',')) {
    if (!isFirewall(app, 0, app.length)) return claims(line) ? 'not-traffic' : 'unclaimed';
    firewall = true;
    app = '';
  }
  if (startsAt(line, i, CEF)) {
    const message = cefMessage(line, i);
    if (message < 0) return 'not-traffic';
    i = message;
  }
  const topics = topicsEnd(line, i);
  if (topics > i) {
    if (!isFirewall(line, i, topics)) return 'not-traffic';
    firewall = true;
    i = skipSpaces(line, topics);
  }
  if (!firewall && (findInterfaces(line, i) < 0 || !claims(line))) return claims(line) ? 'not-traffic' : 'unclaimed';
  return readFirewall(line, i, end, app, context, event);
}

/** Where the message of a firewall line in CEF starts: `CEF:0|MikroTik|model|version|id|topics|severity|… msg=`; else -1. */
function cefMessage(line: string, at: number): number {
  let i = at + CEF.length - 1;
  for (let field = 0; field < 3; field++) i = i < 0 ? i : line.indexOf('|', i + 1);
  if (i < 0) return -1;
  const topics = line.indexOf('|', i + 1);
  const message = line.indexOf(' msg=', i);
  return topics > 0 && message > 0 && isFirewall(line, i + 1, topics) ? message + 5 : -1;
}

/** CR and NUL: what senders and files leave behind a line. */
const isLineEnd = (c: number): boolean => c === 13 || c === 10 || c === 0;
