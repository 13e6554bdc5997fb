import type { Event } from '../../event/event.js';
import type { Context, Reason } from '../dialect.js';
import { addressOf, hasPorts, protoOf, readNatSource, readNatTarget } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { flagsOfLetters } from '../fields/flags.js';
import { durationMs, secondsMs } from '../fields/seconds.js';
import { codeAt, COLON, cursor, decimal, MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { BAD_TIME, inRange } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { clock, readClock, stamp } from '../syslog/parts.js';
import { readAction } from './action.js';
import { Field, fields, type Columns } from './columns.js';

const TCP = 6;
const DOT = 46;

/** What the located columns of a flow say. @param whole whether the line has all its columns */
export function settle(line: string, columns: Columns, whole: boolean, context: Context, event: Event): 'ok' | Reason {
  const last = columns.at(-1);
  if (whole && last !== undefined && last !== -1) fields.close(last);
  if (fields.has(Field.Start)) {
    event.time = timeOf(line, context);
    if (event.time < 0) return 'time-range';
  }
  const verdict = readEnds(line, columns, event);
  if (verdict !== 'ok') return verdict;
  event.packets = total(line, Field.PacketsIn) + total(line, Field.PacketsOut);
  event.bytes = total(line, Field.BytesIn) + total(line, Field.BytesOut);
  if (fields.has(Field.Duration)) event.durationMs = durationOf(line);
  // Aggregated: so many flows are one line.
  event.count = Math.max(fields.number(line, Field.Flows, MAX_UINT32), 1);
  if (!isNone(line, Field.Router)) event.sensor = fields.text(line, Field.Router);
  event.ifaceIn = ifaceOf(line, Field.IfaceInName, Field.PfIface, Field.IfaceIn);
  event.ifaceOut = ifaceOf(line, Field.IfaceOutName, Field.IfaceOut);
  if (event.proto === TCP && fields.has(Field.Flags)) {
    event.tcpFlags = readFlags(line);
    if (event.tcpFlags < 0) return 'bad-field';
  }
  readAction(line, event);
  readNatSource(line, fields, Field.NatSource, Field.NatSourcePort, event);
  readNatTarget(line, fields, Field.NatTarget, Field.NatTargetPort, event);
  if (!isNone(line, Field.Mac)) fields.keep(line, Field.Mac, event, 'mac');
  if (!isNone(line, Field.Vlan)) fields.keep(line, Field.Vlan, event, 'vlan');
  if (!isNone(line, Field.User)) fields.keep(line, Field.User, event, 'user');
  if (!isNone(line, Field.Label)) fields.keep(line, Field.Label, event, 'label');
  if (!isNone(line, Field.Server)) fields.keep(line, Field.Server, event, 'server_name');
  return 'ok';
}

/** Whether an address stands where the columns have one. */
export const hasAddress = (line: string): boolean =>
  [Field.Source, Field.Target].some(
    (field) => fields.from(field) >= 0 && addressOf(line, fields.from(field), fields.to(field)) !== ''
  );

/** Wall-clock time of the machine that printed, or seconds since the epoch. */
function timeOf(line: string, context: Context): number {
  const from = fields.from(Field.Start);
  const to = fields.to(Field.Start);
  // Cut out, since a comma and digits behind it would be read as a fraction.
  if (readIso(line.substring(from, to), 0, context) === to - from) return stamp.time;
  const ms = secondsMs(line, from, to);
  return ms < 0 ? BAD_TIME : inRange(ms);
}

/** `3.000`, or `00:00:03.000`, without days: longer flows do not occur. */
function durationOf(line: string): number {
  const from = fields.from(Field.Duration);
  const to = fields.to(Field.Duration);
  if (codeAt(line, from + 2) !== COLON) return durationMs(line, from, to);
  if (readClock(line, from) !== to) return 0;
  return ((clock.hour * 60 + clock.minute) * 60 + clock.second) * 1000 + clock.ms;
}

function readEnds(line: string, columns: Columns, event: Event): 'ok' | Reason {
  const source = columns.includes(Field.Source);
  const target = columns.includes(Field.Target);
  if (fields.isCut(Field.Source) || fields.isCut(Field.Target)) return 'truncated';
  if ((source && !fields.has(Field.Source)) || (target && !fields.has(Field.Target))) return 'no-address';
  if (source) event.srcIp = addressOf(line, fields.from(Field.Source), fields.to(Field.Source));
  if (target) event.dstIp = addressOf(line, fields.from(Field.Target), fields.to(Field.Target));
  if ((source && event.srcIp === '') || (target && event.dstIp === '')) return 'bad-address';
  if (!fields.has(Field.Proto)) return 'ok';
  event.proto = protoOf(line, fields.from(Field.Proto), fields.to(Field.Proto));
  if (event.proto < 0) return 'bad-field';
  if (event.proto === 1 || event.proto === 58) return readIcmp(line, event);
  if (!hasPorts(event.proto)) return 'ok';
  if (fields.has(Field.SourcePort)) event.srcPort = fields.number(line, Field.SourcePort, MAX_UINT16);
  if (fields.has(Field.TargetPort)) event.dstPort = fields.number(line, Field.TargetPort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

/** Type and code have columns of their own, or stand as the target's port: `8.0`, or 2048. */
function readIcmp(line: string, event: Event): 'ok' | Reason {
  if (fields.has(Field.IcmpType) && fields.has(Field.IcmpCode)) {
    event.icmpType = fields.number(line, Field.IcmpType, MAX_UINT8);
    event.icmpCode = fields.number(line, Field.IcmpCode, MAX_UINT8);
    return event.icmpType < 0 || event.icmpCode < 0 ? 'bad-field' : 'ok';
  }
  if (!fields.has(Field.TargetPort)) return 'ok';
  const to = fields.to(Field.TargetPort);
  const first = decimal(line, fields.from(Field.TargetPort), to, MAX_UINT16);
  if (first < 0) return 'bad-field';
  if (cursor.at === to) {
    event.icmpType = first >> 8;
    event.icmpCode = first & 255;
    return 'ok';
  }
  if (codeAt(line, cursor.at) !== DOT || first > MAX_UINT8) return 'bad-field';
  event.icmpType = first;
  event.icmpCode = decimal(line, cursor.at + 1, to, MAX_UINT8);
  return event.icmpCode < 0 || cursor.at !== to ? 'bad-field' : 'ok';
}

/** `...AP.SF`; a flow with flags that have no letter prints them as `0x1ff`. */
function readFlags(line: string): number {
  const from = fields.from(Field.Flags);
  const to = fields.to(Field.Flags);
  if (!line.startsWith('0x', from)) return flagsOfLetters(line, from, to);
  const value = to - from > 5 ? Number.NaN : Number.parseInt(line.substring(from + 2, to), 16);
  return value >= 0 ? value & MAX_UINT8 : -1;
}

const total = (line: string, field: Field): number => Math.max(fields.number(line, field, MAX_TOTAL), 0);

function ifaceOf(line: string, ...choice: readonly Field[]): string {
  const field = choice.find((each) => fields.has(each) && !isNone(line, each));
  return field === undefined ? '' : fields.text(line, field);
}

const NONE = ['0', '0.0.0.0', '::', '00:00:00:00:00:00', '<none>', 'none', '<empty>', '-'];

/** Whether the column holds what stands for nothing, or did not come. */
const isNone = (line: string, field: Field): boolean => NONE.some((word) => fields.is(line, field, word));
