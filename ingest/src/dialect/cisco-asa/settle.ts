import { ABSENT, type Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import type { Endpoint } from './endpoint.js';
import { said } from './match.js';
import type { Message } from './messages.js';

const ICMP = 1;
const ICMPV6 = 58;
const ACL_WITH_USER = 106_103;
const ACL = 106_100;
const ICMP_CLOSED = 302_021;
const FIRST_TO_SELF = 710_001;
const LAST_TO_SELF = 710_006;

/**
 * Puts what a message said into the event. Who began an outbound connection is its second end: ASA names the end on the
 * less trusted interface first, whichever began. A name in place of an address leaves the address empty and is kept as
 * an attribute; a line with neither address is refused.
 */
export function settle(message: Message, id: number, event: Event): 'ok' | Reason {
  const { A, B } = said;
  const secondFirst = isSecondFirst(id);
  const source = secondFirst ? B : A;
  const target = secondFirst ? A : B;
  if (source.ip === '' && target.ip === '') return 'no-address';
  event.proto = said.proto >= 0 ? said.proto : Math.max(message.proto, 0);
  if (event.proto === ICMP && (source.ip.includes(':') || target.ip.includes(':'))) event.proto = ICMPV6;
  if (message.action !== 'unknown') event.action = message.action;
  if (message.flags >= 0) event.tcpFlags = message.flags;
  event.srcIp = source.ip;
  event.dstIp = target.ip;
  if (hasPorts(event.proto)) setPorts(source, target, event);
  else if (id >= ACL && id <= ACL_WITH_USER) setIcmp(source, target, event);
  if (event.proto !== ICMP && event.proto !== ICMPV6) event.icmpType = event.icmpCode = ABSENT;
  setNames(source, target, event);
  // Packets to the device itself: the interface stands with its address, but is where they came in.
  if (id >= FIRST_TO_SELF && id <= LAST_TO_SELF) setInterfaces(target.iface, '', event);
  else setInterfaces(source.iface, target.iface, event);
  // Which end began a closed connection is not said; through the device it is the same either way.
  if (message.event === 'close' && event.direction !== 'forward') event.direction = 'unknown';
  if (event.direction === 'unknown' && said.direction !== '') event.direction = secondFirst ? 'out' : 'in';
  setAttr(event, 'event', message.event);
  return 'ok';
}

/**
 * Whether the second end began. A closed ICMP connection has no direction word, but its request's id stands with the
 * end that sent it, and 0 with the other.
 */
function isSecondFirst(id: number): boolean {
  if (said.direction !== '') return (said.direction.charCodeAt(0) | 32) === 111;
  return id === ICMP_CLOSED && said.A.port === 0 && said.B.port > 0;
}

const hasPorts = (proto: number): boolean =>
  proto === 6 || proto === 17 || proto === 33 || proto === 132 || proto === 136;

function setPorts(source: Endpoint, target: Endpoint, event: Event): void {
  event.srcPort = source.port;
  event.dstPort = target.port;
  if (source.natIp !== '' && (source.natIp !== source.ip || source.natPort !== source.port)) {
    event.natSrcIp = source.natIp;
    event.natSrcPort = source.natPort;
  }
  if (target.natIp !== '' && (target.natIp !== target.ip || target.natPort !== target.port)) {
    event.natDstIp = target.natIp;
    event.natDstPort = target.natPort;
  }
}

/** Access lists print ICMP's type and code where ports stand. */
function setIcmp(source: Endpoint, target: Endpoint, event: Event): void {
  if (event.proto !== ICMP && event.proto !== ICMPV6) return;
  if (source.port > 255 || target.port > 255) return;
  event.icmpType = source.port;
  event.icmpCode = target.port;
}

function setNames(source: Endpoint, target: Endpoint, event: Event): void {
  if (!hasPorts(event.proto)) {
    if (source.natIp !== '' && source.natIp !== source.ip) event.natSrcIp = source.natIp;
    if (target.natIp !== '' && target.natIp !== target.ip) event.natDstIp = target.natIp;
  }
  setAttr(event, 'source_name', source.name);
  setAttr(event, 'target_name', target.name);
  setAttr(event, 'source_user', source.user);
  setAttr(event, 'target_user', target.user);
}

/** The device itself is an interface of its own: `identity`, or `NP Identity Ifc` of older releases. */
const isSelf = (iface: string): boolean => iface === 'identity' || iface === 'NP Identity Ifc';

function setInterfaces(ifaceIn: string, ifaceOut: string, event: Event): void {
  event.ifaceIn = isSelf(ifaceIn) ? '' : ifaceIn;
  event.ifaceOut = isSelf(ifaceOut) ? '' : ifaceOut;
  if (event.ifaceIn !== '') event.direction = event.ifaceOut === '' ? 'in' : 'forward';
  else if (event.ifaceOut !== '') event.direction = isSelf(ifaceIn) ? 'out' : 'in';
}
