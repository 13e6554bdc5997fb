import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { epochMs } from '../fields/epoch.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { jsonText, keepJson } from '../fields/json.js';
import { readLooseEnds } from '../fields/loose-ends.js';
import { MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { readAction } from './action.js';
import { Field, fields } from './keys.js';

const NETWORK_ACTIVITY = 4001;
const TCP = 6;
const INBOUND = 1;
const OUTBOUND = 2;

const ENDS = {
  source: Field.Source,
  target: Field.Target,
  sourcePort: Field.SourcePort,
  targetPort: Field.TargetPort,
  proto: Field.ProtoNumber,
};

/** Of classes, the thousands: findings are 2, the network is 4. */
const FINDINGS = 2;
const NETWORK = 4;

/** What the located fields of an event say. */
export function settle(line: string, context: Context, event: Event): 'ok' | Reason {
  const uid = fields.number(line, Field.Class, MAX_UINT32);
  const category = Math.floor(uid / 1000);
  if (category !== FINDINGS && category !== NETWORK) return 'not-traffic';
  event.time = timeOf(line, fields.has(Field.Start) ? Field.Start : Field.Time, context);
  if (event.time < 0) return 'time-range';
  event.action = readAction(line);
  if (category === FINDINGS && event.action !== 'drop' && event.action !== 'reject') event.action = 'alert';
  // What is said of DNS, HTTP and so on belongs to connections that are told of besides, unless something was stopped.
  if (category === NETWORK && uid !== NETWORK_ACTIVITY && (event.action === 'unknown' || event.action === 'allow')) {
    return 'not-traffic';
  }
  const verdict = readLooseEnds(line, fields, ENDS, Field.Proto, event);
  if (verdict !== 'ok') return verdict;
  const flags = fields.number(line, Field.Flags, MAX_UINT8);
  if (event.proto === TCP && flags >= 0) event.tcpFlags = flags;
  const way = fields.number(line, Field.DirectionId, MAX_UINT8);
  if (way === INBOUND) event.direction = 'in';
  else if (way === OUTBOUND) event.direction = 'out';
  event.count = Math.max(fields.number(line, Field.Count, MAX_UINT32), 1);
  event.durationMs = Math.max(fields.number(line, Field.Duration, MAX_UINT32), 0);
  event.severity = Math.max(fields.number(line, Field.Severity, MAX_UINT8), 0);
  event.packets = totalOf(line, Field.Packets, Field.PacketsOut, Field.PacketsIn);
  event.bytes = totalOf(line, Field.Bytes, Field.BytesOut, Field.BytesIn);
  readNames(line, uid, event);
  return 'ok';
}

/** Milliseconds since the epoch, or a stamp of those who write it so. */
function timeOf(line: string, field: Field, context: Context): number {
  if (!fields.has(field)) return BAD_TIME;
  const from = fields.from(field);
  const to = fields.to(field);
  return readIso(line, from, context) === to ? stamp.time : epochMs(line, from, to);
}

const totalOf = (line: string, all: Field, out: Field, back: Field): number =>
  Math.max(fields.number(line, all, MAX_TOTAL), 0) ||
  Math.max(fields.number(line, out, MAX_TOTAL), 0) + Math.max(fields.number(line, back, MAX_TOTAL), 0);

const ATTRS = [
  [Field.Vendor, 'vendor'],
  [Field.Product, 'product'],
  [Field.Policy, 'policy'],
  [Field.App, 'app'],
  [Field.Community, 'community_id'],
  [Field.SourceMac, 'mac'],
  [Field.SourceZone, 'source_zone'],
  [Field.TargetZone, 'target_zone'],
  [Field.TargetName, 'target_name'],
] as const;

const ACTIVITIES: Readonly<Record<number, string>> = { 1: 'open', 2: 'close' };

function readNames(line: string, uid: number, event: Event): void {
  const text = (field: Field): string => jsonText(line, fields, field);
  event.sensor = text(Field.Device) || text(Field.LogHost) || text(Field.DeviceIp);
  event.sensor ||= text(Field.SourceInstance) || text(Field.TargetInstance);
  event.ifaceIn = text(Field.SourceIface);
  event.ifaceOut = text(Field.TargetIface);
  event.rule = text(Field.Rule) || text(Field.RuleId);
  if (text(Field.Rule) !== '') setAttr(event, 'rule_id', text(Field.RuleId));
  event.signature = text(Field.Title);
  event.qname = text(Field.Query);
  const activity = fields.number(line, Field.ActivityId, MAX_UINT8);
  if (uid === NETWORK_ACTIVITY) setAttr(event, 'event', ACTIVITIES[activity] ?? '');
  for (const [field, key] of ATTRS) keepJson(line, fields, field, event, key);
}
