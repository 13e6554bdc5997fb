import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { MAX_UINT16 } from '../scan.js';
import { addressOf, hasPorts, protoOf, type Ends } from './ends.js';
import type { Fields } from './fields.js';

/**
 * Addresses, protocol and ports of a document whose schema makes none of them a must, into `event`: one address is enough,
 * and without a protocol the ports are kept. @param number holds the protocol where `ends.proto` did not come
 */
export function readLooseEnds<Field extends number>(
  line: string,
  fields: Fields<Field>,
  ends: Ends<Field>,
  number: Field,
  event: Event
): 'ok' | Reason {
  const source = fields.has(ends.source);
  const target = fields.has(ends.target);
  if (!source && !target) return 'no-address';
  if (source) event.srcIp = addressOf(line, fields.from(ends.source), fields.to(ends.source));
  if (target) event.dstIp = addressOf(line, fields.from(ends.target), fields.to(ends.target));
  if ((source && event.srcIp === '') || (target && event.dstIp === '')) return 'bad-address';
  const proto = fields.has(ends.proto) ? ends.proto : number;
  if (fields.has(proto)) {
    event.proto = protoOf(line, fields.from(proto), fields.to(proto));
    if (event.proto < 0) return 'bad-field';
    if (!hasPorts(event.proto)) return 'ok';
  }
  if (fields.has(ends.sourcePort)) event.srcPort = fields.number(line, ends.sourcePort, MAX_UINT16);
  if (fields.has(ends.targetPort)) event.dstPort = fields.number(line, ends.targetPort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}
