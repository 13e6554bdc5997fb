import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { addressOf, hasPorts, protoOf } from '../fields/ends.js';
import { MAX_UINT16, MAX_UINT8, name } from '../scan.js';
import { whole } from '../span.js';

const TCP = 6;
const PING = new Set([1, 58]);

/** Where OSSEC found no address, it writes nothing, `(none)` or a dash. */
export const isNone = (text: string): boolean => text === '' || text === '(none)' || text === '-' || text === 'any';

/** A packet's ends as texts of an alert. */
export interface Ends {
  readonly source: string;
  readonly sourcePort: string;
  readonly target: string;
  readonly targetPort: string;
  readonly proto: string;
}

/** Addresses, ports and protocol, as far as an alert has them; one without any address tells of no packet. */
export function readEnds(ends: Ends, event: Event): 'ok' | Reason {
  const source = plain(ends.source);
  const target = plain(ends.target);
  if (isNone(source)) return isNone(target) ? 'not-traffic' : 'no-address';
  event.srcIp = addressOf(source, 0, source.length);
  if (event.srcIp === '') return 'bad-address';
  if (!isNone(target)) {
    event.dstIp = addressOf(target, 0, target.length);
    if (event.dstIp === '') return 'bad-address';
  }
  const sourcePort = portOf(ends.sourcePort);
  const targetPort = portOf(ends.targetPort);
  if (sourcePort < 0 || targetPort < 0) return 'bad-port';
  if (!isNone(ends.proto)) {
    event.proto = protoOf(ends.proto, 0, ends.proto.length);
    if (event.proto < 0) return 'bad-field';
  } else if (targetPort > 0) {
    // Lines that name a port and no protocol are those of services that people log in to.
    event.proto = TCP;
  }
  if (hasPorts(event.proto)) {
    event.srcPort = sourcePort;
    event.dstPort = targetPort;
  } else if (!PING.has(event.proto) && sourcePort > 0) setAttr(event, 'src_port', String(sourcePort));
  return 'ok';
}

/** Windows and sshd write `::ffff:192.0.2.1` of who came by IPv4. */
const plain = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;

const portOf = (text: string): number => (isNone(text) ? 0 : whole(text, 0, text.length, MAX_UINT16));

/** What a rule of OSSEC's says: an alert, unless the line that it matched says that the packet was kept out. */
export function readRule(rule: string, level: string, text: string, action: string, event: Event): void {
  const became = actionOfWord(action);
  event.action = became === 'drop' || became === 'reject' ? became : 'alert';
  event.rule = name(rule, 0, rule.length);
  event.signature = text;
  const severity = whole(level, 0, level.length, MAX_UINT8);
  event.severity = severity < 0 ? 0 : severity;
  setAttr(event, 'result', action);
}

/** `gate` of `(gate) 192.0.2.1->/var/log/secure` and `gate->/var/log/secure`; '' where only a file is named. */
export function hostOf(location: string): string {
  const arrow = location.indexOf('->');
  if (arrow < 0) return '';
  const close = location.indexOf(')');
  if (location[0] === '(' && close > 0 && close < arrow) return name(location, 1, close);
  return name(location, 0, arrow);
}

/** The file of a location, behind its host. */
export function fileOf(location: string): string {
  const arrow = location.indexOf('->');
  return name(location, arrow < 0 ? 0 : arrow + 2, location.length);
}
