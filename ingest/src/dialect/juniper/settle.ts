import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';

/** Ports belong to TCP, UDP and their kin; for ICMP Junos prints ids there. */
export function setPorts(event: Event, source: number, target: number): void {
  const { proto } = event;
  if (proto !== 6 && proto !== 17 && proto !== 33 && proto !== 132 && proto !== 136) return;
  event.srcPort = source;
  event.dstPort = target;
}

/** Keeps the translated ends that differ from the packet's own; `0.0.0.0` is none. Call before `setPorts`. */
export function keepNat(event: Event, srcIp: string, srcPort: number, dstIp: string, dstPort: number): void {
  event.natSrcIp = srcIp;
  event.natSrcPort = srcPort;
  event.natDstIp = dstIp;
  event.natDstPort = dstPort;
}

/** Drops translated ends that are none or the packet's own, once its ports are set. */
export function settleNat(event: Event): void {
  const ported = event.srcPort !== 0 || event.dstPort !== 0;
  if (!ported) event.natSrcPort = event.natDstPort = 0;
  if (isNone(event.natSrcIp) || (event.natSrcIp === event.srcIp && event.natSrcPort === event.srcPort)) {
    event.natSrcIp = '';
    event.natSrcPort = 0;
  }
  if (isNone(event.natDstIp) || (event.natDstIp === event.dstIp && event.natDstPort === event.dstPort)) {
    event.natDstIp = '';
    event.natDstPort = 0;
  }
}

const isNone = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::';

/** Junos' words for nothing. */
export const isUnset = (value: string): boolean =>
  value === '' || value === 'N/A' || value === 'None' || value === 'UNKNOWN' || value === 'unset';

export function keepZones(event: Event, source: string, target: string): void {
  if (!isUnset(source)) setAttr(event, 'source_zone', source);
  if (!isUnset(target)) setAttr(event, 'target_zone', target);
}

/** `alice(staff)` and the interface behind it. */
export function splitNames(event: Event, user: string, iface: string): void {
  const open = user.indexOf('(');
  if (!isUnset(user.substring(0, open))) setAttr(event, 'user', user.substring(0, open));
  if (!isUnset(iface)) event.ifaceIn = iface;
}
