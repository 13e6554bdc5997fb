import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { readEnds } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { jsonText, keepJson, readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd, MAX_UINT32, MAX_UINT8, name } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { newHead, readHead } from '../syslog/head.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { Field, fields, NODE } from './keys.js';
import { readDrop, readFlow } from './flow.js';

/**
 * Suricata's EVE: alerts, dropped packets, flows and netflow records. What it says of DNS, HTTP and so on belongs to flows
 * that it tells of besides.
 */
export const suricata: Dialect = { name: 'suricata', claims, parse };

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

const ENDS = {
  source: Field.Source,
  target: Field.Target,
  sourcePort: Field.SourcePort,
  targetPort: Field.TargetPort,
  proto: Field.Proto,
};

/** Other programs quote such a line as text, or keep it in an object of their own: these keys must be the outer ones. */
function claims(line: string): boolean {
  if (!line.includes('"event_type"') || !line.includes('"timestamp"')) return false;
  const at = braceOf(line);
  return at >= 0 && locate(line, at) !== 0;
}

/** 1 when the object is whole, -1 when it was cut, 0 when it is not Suricata's. */
function locate(line: string, at: number): number {
  fields.clear();
  const end = readObject(line, at, lineEnd(line), NODE, fields);
  if (!fields.has(Field.Type) || !fields.has(Field.Time)) return 0;
  return end < 0 ? -1 : 1;
}

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = line.includes('"event_type"') ? braceOf(line) : -1;
  const found = at < 0 ? 0 : locate(line, at);
  if (found === 0) return 'unclaimed';
  if (found < 0) return 'truncated';
  const alert = fields.is(line, Field.Type, 'alert');
  const drop = fields.is(line, Field.Type, 'drop');
  const flow = fields.is(line, Field.Type, 'flow') || fields.is(line, Field.Type, 'netflow');
  if (!alert && !drop && !flow) return 'not-traffic';
  // A flow is logged when it is over or forgotten, minutes after the probe.
  event.time = timeOf(line, flow && fields.has(Field.Start) ? Field.Start : Field.Time, context);
  if (event.time < 0) return 'time-range';
  readSensor(line, at, context, event);
  const verdict = readEnds(line, fields, ENDS, event);
  if (verdict !== 'ok') return verdict;
  event.ifaceIn = jsonText(line, fields, Field.Iface);
  if (!readIcmp(line, event)) return 'bad-field';
  readAlert(line, event);
  keepJson(line, fields, Field.App, event, 'app');
  keepJson(line, fields, Field.FlowId, event, 'flow_id');
  keepJson(line, fields, Field.Community, event, 'community_id');
  keepJson(line, fields, Field.Mac, event, 'mac');
  if (drop) return readDrop(line, event);
  if (alert) {
    readVolume(line, event);
    return 'ok';
  }
  readVolume(line, event);
  const end = fields.has(Field.End) ? timeOf(line, Field.End, context) : BAD_TIME;
  if (end >= event.time) event.durationMs = Math.min(end - event.time, MAX_UINT32);
  return readFlow(line, event);
}

function timeOf(line: string, field: Field, context: Context): number {
  return readIso(line, fields.from(field), context) === fields.to(field) ? stamp.time : BAD_TIME;
}

function readSensor(line: string, brace: number, context: Context, event: Event): void {
  event.sensor = jsonText(line, fields, Field.Host);
  if (event.sensor !== '' || brace === 0) return;
  readHead(line, context, head);
  if (head.hostEnd > head.hostStart && head.hostEnd < brace) event.sensor = name(line, head.hostStart, head.hostEnd);
}

function readIcmp(line: string, event: Event): boolean {
  if (event.proto !== 1 && event.proto !== 58) return true;
  if (fields.has(Field.IcmpType) && (event.icmpType = fields.number(line, Field.IcmpType, MAX_UINT8)) < 0) return false;
  return !fields.has(Field.IcmpCode) || (event.icmpCode = fields.number(line, Field.IcmpCode, MAX_UINT8)) >= 0;
}

/** A drop may carry the alert that caused it. */
function readAlert(line: string, event: Event): void {
  event.signature = jsonText(line, fields, Field.Signature);
  event.rule = fields.text(line, Field.SignatureId);
  event.severity = Math.max(fields.number(line, Field.Severity, MAX_UINT8), 0);
  event.qname = jsonText(line, fields, Field.Query);
  keepJson(line, fields, Field.Category, event, 'category');
  if (fields.is(line, Field.Type, 'drop')) event.action = 'drop';
  else if (fields.is(line, Field.Type, 'alert')) {
    const verdict = actionOfWord(fields.text(line, Field.Verdict));
    const blocked = fields.is(line, Field.AlertAction, 'blocked');
    event.action = verdict === 'reject' ? 'reject' : blocked || verdict === 'drop' ? 'drop' : 'alert';
  }
}

function readVolume(line: string, event: Event): void {
  event.bytes =
    fields.sum(line, Field.BytesOut, Field.BytesIn) || Math.max(fields.number(line, Field.Bytes, MAX_TOTAL), 0);
  event.packets =
    fields.sum(line, Field.PacketsOut, Field.PacketsIn) || Math.max(fields.number(line, Field.Packets, MAX_TOTAL), 0);
}
