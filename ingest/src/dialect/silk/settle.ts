import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { addressOf, hasPorts } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { flagsOfLetters } from '../fields/flags.js';
import { durationMs } from '../fields/seconds.js';
import { MAX_UINT16, MAX_UINT8, isDigit, codeAt } from '../scan.js';
import { isText, whole } from '../span.js';
import { Field, fields, type Layout } from './columns.js';
import { timeOf } from './time.js';

const TCP = 6;
const ICMP = 1;
const ICMPV6 = 58;

/** What the located columns of a flow say. */
export function settle(line: string, layout: Layout, event: Event): 'ok' | Reason {
  // The last column may lack its separator by choice, and a cut line has fewer columns.
  for (const field of layout.columns) if (field !== -1 && fields.isCut(field)) fields.close(field);
  if (fields.has(Field.Start)) {
    event.time = timeOf(line, fields.from(Field.Start), fields.to(Field.Start));
    if (event.time < 0) return 'time-range';
  }
  const verdict = readEnds(line, layout, event);
  if (verdict !== 'ok') return verdict;
  event.packets = Math.max(fields.number(line, Field.Packets, MAX_TOTAL), 0);
  event.bytes = Math.max(fields.number(line, Field.Bytes, MAX_TOTAL), 0);
  if (fields.has(Field.Duration)) {
    event.durationMs = durationMs(line, fields.from(Field.Duration), fields.to(Field.Duration));
  }
  event.sensor = fields.text(line, Field.Sensor);
  event.ifaceIn = ifaceOf(line, Field.IfaceIn);
  event.ifaceOut = ifaceOf(line, Field.IfaceOut);
  if (event.proto === TCP && !readFlags(line, layout, event)) return 'bad-field';
  readType(line, event);
  fields.keep(line, Field.InitialFlags, event, 'initial_flags');
  fields.keep(line, Field.SessionFlags, event, 'session_flags');
  fields.keep(line, Field.Attributes, event, 'flow_attributes');
  fields.keep(line, Field.Class, event, 'class');
  keepUnlessNone(line, Field.Application, event, 'app');
  keepUnlessNone(line, Field.NextHop, event, 'gateway');
  return 'ok';
}

function readEnds(line: string, layout: Layout, event: Event): 'ok' | Reason {
  // A choice of columns may leave one of the two out.
  const source = layout.columns.includes(Field.Source);
  const target = layout.columns.includes(Field.Target);
  if ((source && !fields.has(Field.Source)) || (target && !fields.has(Field.Target))) return 'no-address';
  if (source) event.srcIp = addressOf(line, fields.from(Field.Source), fields.to(Field.Source));
  if (target) event.dstIp = addressOf(line, fields.from(Field.Target), fields.to(Field.Target));
  if ((source && event.srcIp === '') || (target && event.dstIp === '')) return 'bad-address';
  if (!fields.has(Field.Proto)) return 'ok';
  event.proto = fields.number(line, Field.Proto, MAX_UINT8);
  if (event.proto < 0) return 'bad-field';
  if (event.proto === ICMP || event.proto === ICMPV6) return readIcmp(line, event);
  if (!hasPorts(event.proto)) return 'ok';
  if (fields.has(Field.SourcePort)) event.srcPort = fields.number(line, Field.SourcePort, MAX_UINT16);
  if (fields.has(Field.TargetPort)) event.dstPort = fields.number(line, Field.TargetPort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

/** Type and code have columns of their own, or share the target's port: 2048 is type 8, code 0. */
function readIcmp(line: string, event: Event): 'ok' | Reason {
  if (fields.has(Field.IcmpType) && fields.has(Field.IcmpCode)) {
    event.icmpType = fields.number(line, Field.IcmpType, MAX_UINT8);
    event.icmpCode = fields.number(line, Field.IcmpCode, MAX_UINT8);
    return event.icmpType < 0 || event.icmpCode < 0 ? 'bad-field' : 'ok';
  }
  if (!fields.has(Field.TargetPort)) return 'ok';
  const both = fields.number(line, Field.TargetPort, MAX_UINT16);
  if (both < 0) return 'bad-field';
  event.icmpType = both >> 8;
  event.icmpCode = both & 255;
  return 'ok';
}

/** Letters, or a number if rwcut was told so. An empty column of TCP is a flow without any flag. */
function readFlags(line: string, layout: Layout, event: Event): boolean {
  if (!layout.columns.includes(Field.Flags)) return true;
  const from = fields.from(Field.Flags);
  const to = fields.to(Field.Flags);
  event.tcpFlags = isDigit(codeAt(line, from)) ? whole(line, from, to, MAX_UINT8) : flagsOfLetters(line, from, to);
  return event.tcpFlags >= 0;
}

const ifaceOf = (line: string, field: Field): string => (fields.is(line, field, '0') ? '' : fields.text(line, field));

function keepUnlessNone(line: string, field: Field, event: Event, key: string): void {
  if (!fields.is(line, field, '0') && !fields.is(line, field, '0.0.0.0')) fields.keep(line, field, event, key);
}

/** `in`, `inweb`, `out`, `outicmp`, …; `innull` and `outnull` are flows that the router's filter dropped. */
function readType(line: string, event: Event): void {
  if (!fields.has(Field.Type)) return;
  const from = fields.from(Field.Type);
  const to = fields.to(Field.Type);
  if (line.startsWith('int', from)) event.direction = 'forward';
  else if (line.startsWith('in', from)) event.direction = 'in';
  else if (line.startsWith('out', from)) event.direction = 'out';
  if (isText(line, from, to, 'innull') || isText(line, from, to, 'outnull')) event.action = 'drop';
  fields.keep(line, Field.Type, event, 'type');
}
