import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { codeAt, lineEnd, name, skipSpaces, startsAt } from '../scan.js';
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
  if (codeAt(line, 0) === BRACE) return false;
  return hasInterfaces(line) || findTopics(line) >= 0 || line.includes(CEF);
}

/** `chain: in:… out:…`; `in:` may also start a message without a chain, but then the rest of the grammar must follow. */
function hasInterfaces(line: string): boolean {
  const chained = line.indexOf(': in:');
  if (chained >= 0 && line.indexOf(' out:', chained) > 0) return true;
  const at = line.indexOf('in:');
  const out = at < 0 ? -1 : line.indexOf(' out:', at);
  const proto = out < 0 ? -1 : line.indexOf(' proto ', out);
  return proto > 0 && line.indexOf('->', proto) > 0;
}

const head = newHead();

/** A line that is not ours is 'unclaimed', whatever is wrong with it: a reader may be told to ask us all the same. */
function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const verdict = read(line, context, event);
  return verdict === 'ok' || claims(line) ? verdict : 'unclaimed';
}

function read(line: string, context: Context, event: Event): 'ok' | Reason {
  if (codeAt(line, 0) === BRACE) return 'unclaimed';
  readHead(line, context, head);
  if (head.time < 0) return 'time-range';
  if (isForeign(line, head)) return 'not-traffic';
  event.time = head.time;
  if (head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  let end = lineEnd(line);
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
    if (!isFirewall(app, 0, app.length)) return 'not-traffic';
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
  if (!firewall && findInterfaces(line, i) < 0) return 'not-traffic';
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
