import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { scanIp, skipZone } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, cursor, decimal, isDigit, MAX_UINT16, MAX_UINT8, SLASH } from '../scan.js';
import { isText } from '../span.js';
import type { Fields } from './fields.js';

/** Which fields hold a packet's two ends and its protocol. */
export interface Ends<Field extends number> {
  readonly source: Field;
  readonly target: Field;
  readonly sourcePort: Field;
  readonly targetPort: Field;
  readonly proto: Field;
}

/** TCP, UDP, DCCP, SCTP, UDP-Lite. */
export const hasPorts = (proto: number): boolean =>
  proto === 6 || proto === 17 || proto === 33 || proto === 132 || proto === 136;

/** Addresses, protocol and ports of a line whose fields are located, into `event`. */
export function readEnds<Field extends number>(
  line: string,
  fields: Fields<Field>,
  ends: Ends<Field>,
  event: Event
): 'ok' | Reason {
  const { source, target, sourcePort, targetPort, proto } = ends;
  if (fields.isCut(source) || fields.isCut(target) || fields.isCut(proto)) return 'truncated';
  if (fields.isCut(sourcePort) || fields.isCut(targetPort)) return 'truncated';
  if (!fields.has(source) || !fields.has(target)) return 'no-address';
  event.srcIp = addressOf(line, fields.from(source), fields.to(source));
  event.dstIp = addressOf(line, fields.from(target), fields.to(target));
  if (event.srcIp === '' || event.dstIp === '') return 'bad-address';
  if (!fields.has(proto)) return 'truncated';
  event.proto = protoOf(line, fields.from(proto), fields.to(proto));
  if (event.proto < 0) return 'bad-field';
  if (!hasPorts(event.proto)) return 'ok';
  if (!fields.has(sourcePort) && !fields.has(targetPort)) return 'truncated';
  if (fields.has(sourcePort)) event.srcPort = fields.number(line, sourcePort, MAX_UINT16);
  if (fields.has(targetPort)) event.dstPort = fields.number(line, targetPort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

/** The address that fills `line[from, to)`, without its zone; '' when something else does. */
export function addressOf(line: string, from: number, to: number): string {
  const end = scanIp(line, from, to);
  return end > 0 && skipZone(line, end, to) === to ? line.substring(from, end) : '';
}

/** `6`, `tcp` or `tcp/https`; -1 when it is no protocol. */
export function protoOf(line: string, from: number, to: number): number {
  if (isDigit(codeAt(line, from))) {
    const value = decimal(line, from, to, MAX_UINT8);
    return cursor.at === to || codeAt(line, cursor.at) === SLASH ? value : -1;
  }
  const slash = line.indexOf('/', from);
  return protoNumber(line.substring(from, Math.min(slash < 0 ? to : slash, to, from + 25)));
}

/** `0.0.0.0` and `::` stand where there is no translation. */
const isNone = (line: string, from: number, to: number): boolean =>
  isText(line, from, to, '0.0.0.0') || isText(line, from, to, '::');

/** Sets the translated source, if there is one and it differs. A translation that is none is left out. */
export function readNatSource<Field extends number>(
  line: string,
  fields: Fields<Field>,
  ip: Field,
  port: Field,
  event: Event
): void {
  if (!fields.has(ip) || isNone(line, fields.from(ip), fields.to(ip))) return;
  const address = addressOf(line, fields.from(ip), fields.to(ip));
  const number = portOf(line, fields, port, event);
  if (address === '' || (address === event.srcIp && (number === 0 || number === event.srcPort))) return;
  event.natSrcIp = address;
  event.natSrcPort = number;
}

/** Sets the translated target, if there is one and it differs. */
export function readNatTarget<Field extends number>(
  line: string,
  fields: Fields<Field>,
  ip: Field,
  port: Field,
  event: Event
): void {
  if (!fields.has(ip) || isNone(line, fields.from(ip), fields.to(ip))) return;
  const address = addressOf(line, fields.from(ip), fields.to(ip));
  const number = portOf(line, fields, port, event);
  if (address === '' || (address === event.dstIp && (number === 0 || number === event.dstPort))) return;
  event.natDstIp = address;
  event.natDstPort = number;
}

const portOf = <Field extends number>(line: string, fields: Fields<Field>, port: Field, event: Event): number =>
  hasPorts(event.proto) ? Math.max(fields.number(line, port, MAX_UINT16), 0) : 0;

/** ICMP type and code of `icmp/3/1`, `icmp6/131/0` or `PING`, as Fortinet names such services. */
export function readIcmpService(line: string, from: number, to: number, event: Event): void {
  if (event.proto !== 1 && event.proto !== 58) return;
  const v6 = event.proto === 58;
  if (isText(line, from, to, v6 ? 'PING6' : 'PING')) {
    event.icmpType = v6 ? 128 : 8;
    event.icmpCode = 0;
    return;
  }
  const head = v6 ? 'icmp6/' : 'icmp/';
  if (!line.startsWith(head, from)) return;
  const type = decimal(line, from + head.length, to, MAX_UINT8);
  if (type < 0 || codeAt(line, cursor.at) !== SLASH) return;
  const code = decimal(line, cursor.at + 1, to, MAX_UINT8);
  if (code < 0 || cursor.at !== to) return;
  event.icmpType = type;
  event.icmpCode = code;
}
