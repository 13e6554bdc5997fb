import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { readEnds, readIcmpService, readNatSource, readNatTarget } from '../fields/ends.js';
import { lineEnd, MAX_UINT32, name } from '../scan.js';
import { newHead, readHead } from '../syslog/head.js';
import { part, Part, partFrom, partTo, readExtension } from './extension.js';
import { findCef } from './find.js';
import { Field, fields, KEYS } from './keys.js';
import { isDuplicate, isLast, readLabelled, readSignature, readIcmpHex } from './vendor.js';
import { timeOf } from './time.js';

/**
 * Common Event Format of any vendor's traffic and intrusion lines: those with two addresses and a protocol.
 * https://www.microfocus.com/documentation/arcsight/arcsight-smartconnectors-8.4/pdfdoc/cef-implementation-standard/cef-implementation-standard.pdf
 */
export const cef: Dialect = { name: 'cef', claims: (line) => findCef(line) >= 0, parse };

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

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  if (findCef(line) < 0) return 'unclaimed';
  fields.clear();
  readExtension(line, partFrom(Part.Extension), lineEnd(line), KEYS, fields);
  const vendor = part(line, Part.Vendor);
  const product = part(line, Part.Product);
  closeLast(line, isLast(vendor, product));
  if (isDuplicate(line, vendor)) return 'not-traffic';
  if (!fields.has(Field.Proto) && !fields.isCut(Field.Proto)) return 'not-traffic';
  if (!readLead(line, context, event)) return 'time-range';
  const verdict = readEnds(line, fields, endsOf(), event);
  if (verdict !== 'ok') return verdict;
  readAction(line, context, event);
  event.severity = severityOf(line);
  readInterfaces(line, event);
  readNatSource(line, fields, Field.NatSource, Field.NatSourcePort, event);
  readNatTarget(line, fields, Field.NatTarget, Field.NatTargetPort, event);
  event.bytes = fields.sum(line, Field.BytesIn, Field.BytesOut);
  readLabelled(line, vendor, event);
  readSignature(line, event);
  readIcmpService(line, fields.from(Field.App), fields.to(Field.App), event);
  readIcmpHex(line, event);
  setAttr(event, 'vendor', vendor);
  setAttr(event, 'product', product);
  keepAttr(event, 'class', line, partFrom(Part.Class), partTo(Part.Class));
  keepAttr(event, 'name', line, partFrom(Part.Name), partTo(Part.Name));
  fields.keep(line, Field.App, event, 'app');
  fields.keep(line, Field.User, event, 'user');
  fields.keep(line, Field.Mac, event, 'mac');
  return 'ok';
}

/** Any key may be the last: what cannot have lost anything is whole there, too. */
function closeLast(line: string, all: boolean): void {
  for (const field of [Field.Source, Field.Target, Field.SourcePort, Field.TargetPort]) if (all) fields.close(field);
  if (all || isWord(line, Field.Proto, WHOLE_PROTOS)) fields.close(Field.Proto);
  if (fields.isCut(Field.Action) && actionOfWord(text(line, Field.Action)) !== 'unknown') fields.close(Field.Action);
}

/** No other protocol's name starts so, but for UDP-Lite, which no firewall prints. */
const WHOLE_PROTOS = new Set(['tcp', 'udp', 'TCP', 'UDP']);

const text = (line: string, field: Field): string => name(line, fields.from(field), fields.to(field));
const isWord = (line: string, field: Field, words: ReadonlySet<string>): boolean =>
  fields.isCut(field) && words.has(text(line, field));

/** Addresses of version 6 stand in fields of their own, as version 2 of the format has it. */
const endsOf = (): Parameters<typeof readEnds<Field>>[2] => ({
  source: fields.has(Field.Source) || !fields.has(Field.Source6) ? Field.Source : Field.Source6,
  target: fields.has(Field.Target) || !fields.has(Field.Target6) ? Field.Target : Field.Target6,
  sourcePort: Field.SourcePort,
  targetPort: Field.TargetPort,
  proto: Field.Proto,
});

/** Time and device; false when the stamp is no time. */
function readLead(line: string, context: Context, event: Event): boolean {
  readHead(line, context, head);
  const time = timeOf(line, context);
  event.time = time === 0 ? head.time : time;
  if (event.time < 0) return false;
  event.sensor = fields.text(line, Field.Host);
  if (event.sensor === '' && head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  if (event.sensor === '') event.sensor = fields.text(line, Field.Device) || fields.text(line, Field.Serial);
  return true;
}

/** `act`, else what the event's name says (`TCP connection dropped`). */
function readAction(line: string, context: Context, event: Event): void {
  const word = fields.text(line, Field.Action) || fields.text(line, Field.FirewallAction);
  event.action = actionOfWord(word);
  if (event.action === 'unknown') event.action = context.actionOf(word || part(line, Part.Name));
  if (event.action === 'unknown') event.action = context.actionOf(part(line, Part.Name));
  setAttr(event, 'result', word);
}

const SEVERITIES = new Map([
  ['low', 3],
  ['medium', 6],
  ['high', 8],
  ['very-high', 10],
]);

/** 0 to 10; the words are the upper ends of the standard's ranges. */
function severityOf(line: string): number {
  const word = part(line, Part.Severity);
  const value = Number(word);
  if (word !== '' && Number.isInteger(value) && value >= 0 && value <= 10) return value;
  return SEVERITIES.get(word.toLowerCase()) ?? 0;
}

function readInterfaces(line: string, event: Event): void {
  event.ifaceIn = fields.text(line, Field.IfaceIn);
  event.ifaceOut = fields.text(line, Field.IfaceOut);
  if (event.ifaceIn !== '' && event.ifaceOut !== '') event.direction = 'forward';
  else if (event.ifaceIn === '' && event.ifaceOut === '') {
    if (fields.is(line, Field.Direction, '0')) event.direction = 'in';
    else if (fields.is(line, Field.Direction, '1')) event.direction = 'out';
  }
  const count = fields.number(line, Field.Count, MAX_UINT32);
  // SonicWall numbers its messages by it.
  if (count > 1 && part(line, Part.Vendor) !== 'SonicWall') event.count = count;
}
