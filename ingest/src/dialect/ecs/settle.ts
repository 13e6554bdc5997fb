import { ABSENT, type Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { readNatSource, readNatTarget } from '../fields/ends.js';
import { epochMs } from '../fields/epoch.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { hasWord, jsonText, keepJson } from '../fields/json.js';
import { readLooseEnds } from '../fields/loose-ends.js';
import { MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { actionOf } from './action.js';
import { Field, fields } from './keys.js';

const TCP = 6;
const NANOSECONDS = 1_000_000;

/** What the located fields of a document say. */
export function settle(line: string, context: Context, event: Event): 'ok' | Reason {
  // What lasts is written when it is over: its start is when the probe came.
  if (fields.has(Field.Start)) event.time = timeOf(line, Field.Start, context);
  else if (fields.has(Field.Time)) event.time = timeOf(line, Field.Time, context);
  if (event.time < 0) return 'time-range';
  if (!isTraffic(line)) return 'not-traffic';
  const verdict = readLooseEnds(line, fields, ENDS, Field.ProtoNumber, event);
  if (verdict !== 'ok') return verdict;
  event.action = actionOf(line, context);
  event.packets = totalOf(line, Field.Packets, Field.SourcePackets, Field.TargetPackets);
  event.bytes = totalOf(line, Field.Bytes, Field.SourceBytes, Field.TargetBytes);
  const duration = fields.number(line, Field.Duration, Number.MAX_SAFE_INTEGER);
  if (duration > 0) event.durationMs = Math.min(Math.round(duration / NANOSECONDS), MAX_UINT32);
  event.severity = Math.max(fields.number(line, Field.Severity, MAX_UINT8), 0);
  readNatSource(line, fields, Field.SourceNat, Field.SourceNatPort, event);
  readNatTarget(line, fields, Field.TargetNat, Field.TargetNatPort, event);
  readNames(line, event);
  return readHeader(line, event);
}

/** Logins, processes and files name a source too; what they say is of the network only where it says so, or names a port. */
const isTraffic = (line: string): boolean =>
  !fields.has(Field.Category) ||
  fields.has(Field.TargetPort) ||
  hasWord(line, fields, Field.Category, 'network') ||
  hasWord(line, fields, Field.Category, 'network_traffic') ||
  hasWord(line, fields, Field.Category, 'intrusion_detection');

function timeOf(line: string, field: Field, context: Context): number {
  const from = fields.from(field);
  const to = fields.to(field);
  return readIso(line, from, context) === to ? stamp.time : epochMs(line, from, to);
}

const ENDS = {
  source: Field.Source,
  target: Field.Target,
  sourcePort: Field.SourcePort,
  targetPort: Field.TargetPort,
  proto: Field.Transport,
};

const totalOf = (line: string, all: Field, out: Field, back: Field): number =>
  Math.max(fields.number(line, all, MAX_TOTAL), 0) ||
  Math.max(fields.number(line, out, MAX_TOTAL), 0) + Math.max(fields.number(line, back, MAX_TOTAL), 0);

const SENSORS = [Field.ObserverHost, Field.ObserverName, Field.HostHostname, Field.HostName, Field.AgentName];

const ATTRS = [
  [Field.Code, 'message_id'],
  [Field.Dataset, 'dataset'],
  [Field.Reason, 'reason'],
  [Field.Application, 'app'],
  [Field.Community, 'community_id'],
  [Field.SourceMac, 'mac'],
  [Field.SourceUser, 'source_user'],
  [Field.TargetDomain, 'target_name'],
  [Field.ZoneIn, 'source_zone'],
  [Field.ZoneOut, 'target_zone'],
  [Field.RuleCategory, 'category'],
  [Field.Vlan, 'vlan'],
] as const;

function readNames(line: string, event: Event): void {
  const sensor = SENSORS.find((field) => fields.has(field));
  if (sensor !== undefined) event.sensor = jsonText(line, fields, sensor);
  event.ifaceIn = jsonText(line, fields, Field.IfaceIn);
  event.ifaceOut = jsonText(line, fields, Field.IfaceOut);
  const rule = jsonText(line, fields, Field.Rule);
  const id = jsonText(line, fields, Field.RuleId);
  // What an alert's rule is called is its signature.
  if (event.action === 'alert' || hasWord(line, fields, Field.Category, 'intrusion_detection')) {
    event.signature = rule;
    event.rule = id;
  } else {
    event.rule = rule || id;
    if (rule !== '') setAttr(event, 'rule_id', id);
  }
  event.qname = jsonText(line, fields, Field.Query);
  const way = fields.text(line, Field.Direction);
  if (way === 'inbound' || way === 'ingress') event.direction = 'in';
  else if (way === 'outbound' || way === 'egress') event.direction = 'out';
  for (const [field, key] of ATTRS) keepJson(line, fields, field, event, key);
  if (fields.has(Field.App) && line[fields.from(Field.App)] !== '[')
    keepJson(line, fields, Field.App, event, 'service');
}

/** In header order. */
const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** The packet's header, of agents that read iptables. */
function readHeader(line: string, event: Event): 'ok' | 'bad-field' {
  event.ttl = fields.number(line, Field.Ttl, MAX_UINT8);
  event.length = fields.number(line, Field.Length, MAX_UINT32);
  event.ipId = fields.number(line, Field.IpId, MAX_UINT16);
  if (event.proto === TCP) {
    event.tcpWindow = fields.number(line, Field.Window, MAX_UINT16);
    event.tcpSeq = fields.number(line, Field.Sequence, MAX_UINT32);
    const flags = FLAGS.reduce(
      (bits, word, bit) => bits | (hasWord(line, fields, Field.Flags, word) ? 1 << bit : 0),
      0
    );
    if (flags !== 0) event.tcpFlags = flags;
  }
  if (event.proto !== 1 && event.proto !== 58) return 'ok';
  event.icmpType = fields.number(line, Field.IcmpType, MAX_UINT8);
  event.icmpCode = fields.number(line, Field.IcmpCode, MAX_UINT8);
  return fields.has(Field.IcmpType) && event.icmpType === ABSENT ? 'bad-field' : 'ok';
}
