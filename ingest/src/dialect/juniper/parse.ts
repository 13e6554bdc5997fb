import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { codeAt, name, OPEN, startsAt } from '../scan.js';
import { textEnd } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { readAttack, readScreen } from './attack.js';
import { findFilter, readFilter } from './filter.js';
import { find, found } from './find.js';
import { readSession } from './session.js';
import { settleNat } from './settle.js';
import { actionWord, readStructured, reasonWord } from './structured.js';

/**
 * Juniper SRX: the security logs of its real-time threads (`RT_FLOW`, `RT_IDS`, `RT_IDP`, `RT_SECINTEL`, `RT_AAMW`),
 * structured (`set security log format sd-syslog`) or as plain text.
 * https://www.juniper.net/documentation/us/en/software/junos/network-mgmt/topics/ref/statement/format-edit-security.html
 */
export const juniper: Dialect = { name: 'juniper', claims, parse };

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

function claims(line: string): boolean {
  return find(line) || findFilter(line) >= 0;
}

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const filter = find(line) ? -1 : findFilter(line);
  if (filter < 0 && !find(line)) return 'unclaimed';
  readHead(line, context, head);
  if (head.time < 0) return 'time-range';
  event.time = head.time;
  const lead = filter < 0 ? found.tag : filter;
  if (head.hostEnd > head.hostStart && head.hostEnd <= lead) event.sensor = name(line, head.hostStart, head.hostEnd);
  let at = filter < 0 ? found.text : filter;
  let end = textEnd(line);
  if (openRepeat(line, at, end)) {
    event.count = repeat.count;
    at = repeat.at;
    end = repeat.end;
  }
  const verdict = filter < 0 ? readEvent(line, at, end, event) : readFilter(line, at, end, event);
  if (verdict !== 'ok') return verdict;
  settleNat(event);
  if (event.srcIp === '' && event.dstIp === '') return 'no-address';
  event.direction = event.ifaceIn !== '' && event.ifaceOut !== '' ? 'forward' : event.ifaceIn !== '' ? 'in' : 'unknown';
  return 'ok';
}

const is = (line: string, word: string): boolean => startsAt(line, found.event, word);

function readEvent(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const structured = codeAt(line, at) === OPEN;
  if (is(line, 'RT_FLOW_SESSION_') || is(line, 'APPTRACK_SESSION_')) {
    return structured ? readFlow(line, at, end, event) : readText(line, at, end, event);
  }
  if (is(line, 'RT_SCREEN_')) {
    const proto = screenProto(line);
    if (!structured) return readScreen(line, at, end, proto, event);
    const verdict = readStructured(line, at, end, proto, event);
    event.action = actionWord(line) === 'drop' ? 'drop' : 'alert';
    return verdict;
  }
  if (
    is(line, 'IDP_ATTACK_LOG_EVENT') ||
    is(line, 'IDP_APPDDOS_APP_') ||
    is(line, 'SECINTEL_ACTION_LOG') ||
    is(line, 'AAMW_ACTION_LOG')
  ) {
    if (!structured) return is(line, 'IDP_ATTACK_') ? readAttack(line, at, end, event) : 'not-traffic';
    const verdict = readStructured(line, at, end, -1, event);
    const action = actionWord(line);
    event.action =
      action.startsWith('drop') || action === 'block' ? 'drop' : action.startsWith('close') ? 'reject' : 'alert';
    return verdict;
  }
  return found.eventEnd >= end ? 'truncated' : 'not-traffic';
}

function readFlow(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const verdict = readStructured(line, at, end, -1, event);
  const kind = kindOf(line);
  if (kind === 'deny') event.action = reasonWord(line).includes('reject') ? 'reject' : 'drop';
  else event.action = 'allow';
  if (kind !== 'deny') setAttr(event, 'event', kind);
  return verdict;
}

function readText(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  if (is(line, 'APPTRACK_')) return 'not-traffic';
  const verdict = readSession(line, at, end, event);
  if (verdict === 'ok' && kindOf(line) !== 'deny') setAttr(event, 'event', kindOf(line));
  return verdict;
}

/** What the event's name tells of the session. */
function kindOf(line: string): 'deny' | 'open' | 'close' | 'update' {
  const from = found.event + (is(line, 'RT_') ? 16 : 17);
  if (startsAt(line, from, 'DENY')) return 'deny';
  if (startsAt(line, from, 'CREATE')) return 'open';
  return startsAt(line, from, 'CLOSE') ? 'close' : 'update';
}

/** The protocol that a screen's name tells, 0 when it does not. */
function screenProto(line: string): number {
  const from = found.event + 10;
  if (startsAt(line, from, 'TCP')) return 6;
  if (startsAt(line, from, 'UDP')) return 17;
  return startsAt(line, from, 'ICMP') ? 1 : 0;
}
