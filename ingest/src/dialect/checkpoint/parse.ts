import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { addressOf, hasPorts, protoOf, readNatSource, readNatTarget } from '../fields/ends.js';
import { epochMs } from '../fields/epoch.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { readPairs } from '../fields/pairs.js';
import { MAX_UINT16, MAX_UINT8, name } from '../scan.js';
import { textEnd } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { actionOf } from './action.js';
import { find, Form, found } from './find.js';
import { form, readElement } from './forms.js';
import { Field, fields, KEYS } from './keys.js';
import { lead, readOldText, readTable } from './old.js';

/**
 * Check Point gateways: Log Exporter's syslog and generic forms (R77 to R82), `fw log` through logger, and the table that
 * SmartView Tracker exports. Logs with addresses and a protocol are events; key exchanges, logins and updates are not.
 * https://support.checkpoint.com/results/sk/sk122323 (Log Exporter), sk144192 (fields)
 */
export const checkpoint: Dialect = { name: 'checkpoint', claims: find, parse };

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

const PIPE = 124;
const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  if (!find(line)) return 'unclaimed';
  const end = textEnd(line);
  readForm(line, end, context);
  if (!readLead(line, context, event)) return 'time-range';
  const verdict = readPacket(line, event);
  if (verdict !== 'ok') return verdict;
  event.action = actionOf(fields.text(line, Field.Action));
  readNames(line, event);
  readNatSource(line, fields, Field.NatSource, Field.NatSourcePort, event);
  readNatTarget(line, fields, Field.NatTarget, Field.NatTargetPort, event);
  event.bytes = Math.max(fields.number(line, Field.Bytes, MAX_TOTAL), 0);
  event.packets = Math.max(fields.number(line, Field.Packets, MAX_TOTAL), 0);
  return 'ok';
}

function readForm(line: string, end: number, context: Context): void {
  fields.clear();
  lead.time = 0;
  lead.outbound = false;
  const { at } = found;
  switch (found.form) {
    case Form.Element:
      // The element may have an id before its first pair.
      readElement(line, at + 1, end);
      break;
    case Form.Piped:
      readPairs(line, at, end, KEYS, fields, PIPE);
      form.complete = false;
      break;
    case Form.Text:
      readOldText(line, at, end, context);
      break;
    case Form.Table:
      readTable(line, at, end, context);
      break;
  }
}

/** Time and the gateway's name; false when the stamp is no time. The log's own time is exact, a relay's is when it came. */
function readLead(line: string, context: Context, event: Event): boolean {
  readHead(line, context, head);
  if (head.time < 0 || lead.time < 0) return false;
  event.time = lead.time > 0 ? lead.time : head.time;
  if (fields.has(Field.Time)) {
    const from = fields.from(Field.Time);
    const epoch = epochMs(line, from, fields.to(Field.Time));
    if (epoch >= 0) event.time = epoch;
    else if (readIso(line, from, context) > from) event.time = stamp.time;
    else return false;
  }
  event.sensor = fields.text(line, Field.Origin);
  if (event.sensor === '' && head.hostEnd > head.hostStart && head.hostEnd <= found.at) {
    event.sensor = name(line, head.hostStart, head.hostEnd);
  }
  return event.time >= 0;
}

function readPacket(line: string, event: Event): 'ok' | Reason {
  const { complete } = form;
  // The generic form is sorted by name and may end with the source.
  const lastSource = found.form === Form.Piped && fields.isCut(Field.Source);
  if ((fields.isCut(Field.Source) && !lastSource) || fields.isCut(Field.Target)) return 'truncated';
  if (fields.isCut(Field.Proto) || fields.isCut(Field.Service) || fields.isCut(Field.SourcePort)) return 'truncated';
  if (!fields.has(Field.Proto)) return complete || found.form === Form.Piped ? 'not-traffic' : 'truncated';
  // A source of 0.0.0.0 is left out.
  const hasSource = fields.has(Field.Source) || lastSource;
  if (!fields.has(Field.Target)) return complete ? 'no-address' : 'truncated';
  if (!hasSource && !complete) return 'truncated';
  if (hasSource) {
    event.srcIp = addressOf(line, fields.from(Field.Source), fields.to(Field.Source));
    if (event.srcIp === '') return lastSource ? 'truncated' : 'bad-address';
  }
  event.dstIp = addressOf(line, fields.from(Field.Target), fields.to(Field.Target));
  if (event.dstIp === '') return 'bad-address';
  event.proto = protoOf(line, fields.from(Field.Proto), fields.to(Field.Proto));
  if (event.proto < 0) return 'bad-field';
  if (!hasPorts(event.proto)) return readIcmp(line, event);
  if (!fields.has(Field.Service)) return complete ? 'bad-port' : 'truncated';
  event.dstPort = fields.number(line, Field.Service, MAX_UINT16);
  if (fields.has(Field.SourcePort)) event.srcPort = fields.number(line, Field.SourcePort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

function readIcmp(line: string, event: Event): 'ok' | 'bad-field' {
  if (event.proto !== 1 && event.proto !== 58) return 'ok';
  event.icmpType = fields.number(line, Field.IcmpType, MAX_UINT8);
  event.icmpCode = fields.number(line, Field.IcmpCode, MAX_UINT8);
  const wrong = (field: Field, value: number): boolean => fields.has(field) && value < 0;
  return wrong(Field.IcmpType, event.icmpType) || wrong(Field.IcmpCode, event.icmpCode) ? 'bad-field' : 'ok';
}

function readNames(line: string, event: Event): void {
  const out = lead.outbound || fields.is(line, Field.Direction, 'outbound');
  const iface = fields.text(line, Field.Interface);
  if (out) event.ifaceOut = iface;
  else event.ifaceIn = iface;
  if (out || iface !== '') event.direction = out ? 'out' : 'in';
  event.rule = fields.text(line, Field.RuleName) || fields.text(line, Field.Rule);
  event.signature =
    fields.text(line, Field.Protection) || fields.text(line, Field.Attack) || fields.text(line, Field.Malware);
  event.severity = Math.max(fields.number(line, Field.Severity, MAX_UINT8), 0);
  if (event.rule !== '' && fields.has(Field.RuleName)) fields.keep(line, Field.Rule, event, 'rule_number');
  fields.keep(line, Field.Product, event, 'product');
  fields.keep(line, Field.Layer, event, 'layer');
  fields.keep(line, Field.InZone, event, 'source_zone');
  fields.keep(line, Field.OutZone, event, 'target_zone');
  fields.keep(line, Field.App, event, 'app');
  fields.keep(line, Field.Reason, event, 'reason');
  setAttr(event, 'user', fields.text(line, Field.SourceUser) || fields.text(line, Field.User));
}
