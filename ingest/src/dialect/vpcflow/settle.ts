import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { setAttr } from '../attrs.js';
import { addressOf, hasPorts } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { jsonText } from '../fields/json.js';
import { codeAt, cursor, decimal, MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { inRange } from '../syslog/clock.js';
import { Field, fields } from './columns.js';

const TCP = 6;
const MAX_SECONDS = 99_999_999_999;

const ATTRS = [
  [Field.Account, 'account'],
  [Field.Vpc, 'vpc'],
  [Field.Subnet, 'subnet'],
  [Field.Instance, 'instance'],
  [Field.Region, 'region'],
  [Field.SourceService, 'source_service'],
  [Field.TargetService, 'target_service'],
  [Field.EcsService, 'service'],
  [Field.Reject, 'reason'],
] as const;

/** What the located values of a record say. @param json whether they are written with JSON's escapes */
export function settle(line: string, json: boolean, event: Event): 'ok' | Reason {
  if (fields.is(line, Field.Status, 'NODATA') || fields.is(line, Field.Status, 'SKIPDATA')) return 'not-traffic';
  const start = number(line, Field.Start, MAX_SECONDS);
  const end = number(line, Field.End, MAX_SECONDS);
  if (has(line, Field.Start)) {
    event.time = inRange(start < 0 ? -1 : start * 1000);
    if (event.time < 0) return 'time-range';
    if (end > start) event.durationMs = Math.min((end - start) * 1000, MAX_UINT32);
  }
  const verdict = readEnds(line, event);
  if (verdict !== 'ok') return verdict;
  event.packets = Math.max(number(line, Field.Packets, MAX_TOTAL), 0);
  event.bytes = Math.max(number(line, Field.Bytes, MAX_TOTAL), 0);
  if (fields.is(line, Field.Action, 'ACCEPT')) event.action = 'allow';
  else if (fields.is(line, Field.Action, 'REJECT')) event.action = 'drop';
  if (fields.is(line, Field.Direction, 'ingress')) event.direction = 'in';
  else if (fields.is(line, Field.Direction, 'egress')) event.direction = 'out';
  // 0 is said of flows with none but ACK, too.
  const flags = number(line, Field.Flags, MAX_UINT8);
  if (event.proto === TCP && flags > 0) event.tcpFlags = flags;
  const text = (field: Field): string =>
    !has(line, field) ? '' : json ? jsonText(line, fields, field) : fields.text(line, field);
  event.sensor = text(Field.Iface) || text(Field.Instance);
  if (!fields.is(line, Field.PacketSource, event.srcIp)) setAttr(event, 'packet_source', text(Field.PacketSource));
  if (!fields.is(line, Field.PacketTarget, event.dstIp)) setAttr(event, 'packet_target', text(Field.PacketTarget));
  for (const [field, key] of ATTRS) setAttr(event, key, text(field));
  return 'ok';
}

/** The addresses of the interface, or, where a record leaves them out, of the packet. A chosen format may lack protocol and ports. */
function readEnds(line: string, event: Event): 'ok' | Reason {
  const source = has(line, Field.Source) ? Field.Source : Field.PacketSource;
  const target = has(line, Field.Target) ? Field.Target : Field.PacketTarget;
  if (!has(line, source) || !has(line, target)) return 'no-address';
  event.srcIp = addressOf(line, fields.from(source), fields.to(source));
  event.dstIp = addressOf(line, fields.from(target), fields.to(target));
  if (event.srcIp === '' || event.dstIp === '') return 'bad-address';
  if (!has(line, Field.Proto)) return 'ok';
  event.proto = number(line, Field.Proto, MAX_UINT8);
  if (event.proto < 0) return 'bad-field';
  if (!hasPorts(event.proto)) return 'ok';
  if (has(line, Field.SourcePort)) event.srcPort = number(line, Field.SourcePort, MAX_UINT16);
  if (has(line, Field.TargetPort)) event.dstPort = number(line, Field.TargetPort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

/** Whether the value came; JSON has the dash for nothing, too. */
const has = (line: string, field: Field): boolean => fields.has(field) && !fields.is(line, field, '-');

/** The value as an unsigned number, -1 when it is none: some streams write whole numbers as `25238.0`. */
function number(line: string, field: Field, max: number): number {
  if (!fields.has(field)) return -1;
  const to = fields.to(field);
  const value = decimal(line, fields.from(field), to, max);
  if (cursor.at === to) return value;
  return codeAt(line, cursor.at) === 46 && codeAt(line, cursor.at + 1) === 48 && cursor.at + 2 === to ? value : -1;
}
