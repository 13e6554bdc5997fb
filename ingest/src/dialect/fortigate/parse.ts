import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { readEnds, readIcmpService, readNatSource, readNatTarget } from '../fields/ends.js';
import { readPairs } from '../fields/pairs.js';
import { lineEnd, MAX_UINT32, name } from '../scan.js';

import { newHead, readHead } from '../syslog/head.js';
import { actionFor, severityOf } from './action.js';
import { findPairs, separator } from './find.js';
import { Field, fields, KEYS } from './keys.js';
import { timeOf } from './time.js';

/**
 * FortiGate's own form, `date=… time=… devname="…" type="traffic" …`, quoted or not, FortiOS 3 to 7, straight or through
 * FortiAnalyzer. Traffic and security (utm) lines are events; the device's own talk (type=event) is not.
 * https://docs.fortinet.com/document/fortigate/7.6.0/fortios-log-message-reference
 */
export const fortigate: Dialect = { name: 'fortigate', claims: (line) => findPairs(line) >= 0, parse };

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

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = findPairs(line);
  if (at < 0) return 'unclaimed';
  fields.clear();
  readPairs(line, at, lineEnd(line), KEYS, fields, separator);
  if (!fields.has(Field.Type) || !fields.has(Field.Subtype)) return 'truncated';
  if (fields.is(line, Field.Type, 'event')) return 'not-traffic';
  if (!readLead(line, context, event)) return 'time-range';
  const traffic = fields.is(line, Field.Type, 'traffic');
  // Security lines without a packet: a policy's or an engine's own.
  if (!traffic && !fields.has(Field.Source) && !fields.has(Field.Target)) return 'not-traffic';
  const verdict = readEnds(line, fields, ENDS, event);
  if (verdict !== 'ok') return verdict;
  readIcmpService(line, fields.from(Field.Service), fields.to(Field.Service), event);
  const subtype = fields.text(line, Field.Subtype);
  readRule(line, subtype, event);
  readInterfaces(line, traffic ? subtype : '', event);
  readVolume(line, event);
  readNatSource(line, fields, Field.NatSource, Field.NatSourcePort, event);
  readNatTarget(line, fields, Field.NatTarget, Field.NatTargetPort, event);
  return readCount(line, event);
}

/** Time and the device's name; false when the stamp is no time. */
function readLead(line: string, context: Context, event: Event): boolean {
  const time = timeOf(line, context);
  if (time < 0) return false;
  event.time = time;
  event.sensor = fields.text(line, Field.Name);
  if (time > 0 && event.sensor !== '') return true;
  readHead(line, context, head);
  if (time === 0) {
    if (head.time < 0) return false;
    event.time = head.time;
  }
  if (event.sensor === '' && head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  return true;
}

function readRule(line: string, subtype: string, event: Event): void {
  const action = fields.has(Field.Action) ? Field.Action : Field.Status;
  event.action = actionFor(fields.text(line, action), subtype);
  event.rule = fields.text(line, Field.PolicyName) || fields.text(line, Field.Policy);
  event.severity = severityOf(fields.text(line, Field.Level));
  event.signature = fields.text(line, Field.Attack) || fields.text(line, Field.Virus);
  event.qname = fields.text(line, Field.Query);
  fields.keep(line, action, event, 'result');
  fields.keep(line, Field.Subtype, event, 'subtype');
  fields.keep(line, Field.Id, event, 'message_id');
  fields.keep(line, Field.UtmAction, event, 'utm_action');
  fields.keep(line, Field.Service, event, 'service');
  fields.keep(line, Field.App, event, 'app');
  fields.keep(line, Field.User, event, 'user');
  fields.keep(line, Field.Session, event, 'session');
  fields.keep(line, Field.Domain, event, 'vdom');
  fields.keep(line, Field.Mac, event, 'mac');
  if (event.rule !== '' && fields.has(Field.PolicyName)) fields.keep(line, Field.Policy, event, 'policy');
}

/** Interfaces and direction. Local traffic has the virtual domain, or nothing known, where the device itself is. */
function readInterfaces(line: string, subtype: string, event: Event): void {
  event.ifaceIn = fields.text(line, Field.IfaceIn);
  event.ifaceOut = fields.text(line, Field.IfaceOut);
  if (subtype === 'sniffer') return;
  if (subtype === 'local') {
    const self = fields.text(line, Field.Domain);
    const isSelf = (iface: string): boolean => iface === self || iface === 'root' || iface.startsWith('unknown');
    if (event.ifaceOut !== '') event.direction = isSelf(event.ifaceIn) ? 'out' : 'in';
    if (isSelf(event.ifaceIn)) event.ifaceIn = '';
    if (isSelf(event.ifaceOut)) event.ifaceOut = '';
  } else if (event.ifaceIn !== '' && event.ifaceOut !== '') event.direction = 'forward';
}

function readVolume(line: string, event: Event): void {
  event.bytes = fields.sum(line, Field.BytesOut, Field.BytesIn);
  event.packets = fields.sum(line, Field.PacketsOut, Field.PacketsIn);
  const seconds = fields.number(line, Field.Duration, MAX_SECONDS);
  if (seconds > 0) event.durationMs = seconds * 1000;
}

const MAX_SECONDS = Math.floor(MAX_UINT32 / 1000);

/** Floods are told once for many packets. */
function readCount(line: string, event: Event): 'ok' | 'bad-field' {
  if (!fields.has(Field.Count)) return 'ok';
  const count = fields.number(line, Field.Count, MAX_UINT32);
  if (count < 0) return 'bad-field';
  event.count = Math.max(count, 1);
  return 'ok';
}
