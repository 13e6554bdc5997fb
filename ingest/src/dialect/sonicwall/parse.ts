import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { hasPorts, protoOf } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { readPairs } from '../fields/pairs.js';
import { protoNumber } from '../ip/proto.js';
import { MAX_UINT32, MAX_UINT8, name, SPACE } from '../scan.js';
import { textEnd, whole } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { readIso } from '../syslog/iso.js';
import { mayLead } from '../syslog/lead.js';
import { stamp } from '../syslog/parts.js';
import { ATTACK, isConnection, readAction } from './action.js';
import { end as endpoint, readEnd } from './endpoint.js';
import { Field, fields, KEYS } from './keys.js';

/**
 * SonicWall's SonicOS, 5 to 7: `id=firewall sn=… time="…" fw=… pri=… c=… m=… msg="…" src=IP:port:if dst=… proto=tcp/https`.
 * Its CEF form (ArcSight) is the CEF dialect's.
 * https://www.sonicwall.com/support/technical-documentation (SonicOS Log Events Reference Guide)
 */
export const sonicwall: Dialect = { name: 'sonicwall', claims: (line) => find(line) >= 0, parse };

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

const ID = 'id=';
/** Every line of SonicOS has its serial number and the firewall's address; others of `id=firewall` have not both. */
const MARKS = [' sn=', ' fw='];
const MARK_LIMIT = 256;

/** Index of `id=`, or -1 when the line is not SonicOS'. */
function find(line: string): number {
  for (let at = line.indexOf(ID); at >= 0; at = line.indexOf(ID, at + 1)) {
    const before = at === 0 ? SPACE : line.charCodeAt(at - 1);
    if (before > SPACE && before !== 62) continue;
    if (!mayLead(line, at)) return -1;
    const near = MARKS.every((mark) => {
      const found = line.indexOf(mark, at);
      return found > 0 && found < at + MARK_LIMIT;
    });
    return near ? at : -1;
  }
  return -1;
}

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = find(line);
  if (at < 0) return 'unclaimed';
  fields.clear();
  readPairs(line, at, textEnd(line), KEYS, fields);
  if (!readLead(line, context, at, event)) return 'time-range';
  if (!fields.has(Field.Id)) return 'truncated';
  if (isOwnTalk(line)) return 'not-traffic';
  const verdict = readPacket(line, event);
  if (verdict !== 'ok') return verdict;
  readAction(line, context, event);
  readNames(line, event);
  readVolume(line, event);
  return 'ok';
}

const utc = (...clock: Parameters<Context['toUtc']>): number => Date.UTC(...clock);

/** Time and the device's name; false when the stamp is no time. The device's own stamp has a year, a relay's has not. */
function readLead(line: string, context: Context, at: number, event: Event): boolean {
  readHead(line, context, head);
  if (head.time < 0) return false;
  event.time = head.time;
  if (head.hostEnd > head.hostStart && head.hostEnd <= at) event.sensor = name(line, head.hostStart, head.hostEnd);
  else event.sensor = fields.text(line, Field.Firewall);
  if (!fields.has(Field.Time)) return true;
  const from = fields.from(Field.Time);
  const inUtc = line.startsWith('UTC"', fields.to(Field.Time) - 3);
  if (readIso(line, from, inUtc ? { ...context, toUtc: utc } : context) === from) return true;
  event.time = stamp.time;
  return stamp.time >= 0;
}

/** Categories (a bit each) whose lines tell of the device or its users: maintenance, errors, logins. */
const OWN = new Set(['1', '2', '16']);

/** Whether the line is the device's own talk; network time and the like name addresses, but no protocol. */
function isOwnTalk(line: string): boolean {
  return OWN.has(fields.text(line, Field.Category)) || fields.text(line, Field.Message).includes(' login ');
}

function readPacket(line: string, event: Event): 'ok' | Reason {
  const source = fields.has(Field.Source) || fields.isCut(Field.Source) ? Field.Source : Field.SourceV6;
  const target = fields.has(Field.Target) || fields.isCut(Field.Target) ? Field.Target : Field.TargetV6;
  if (fields.isCut(source) || fields.isCut(target)) return 'truncated';
  const named = came(Field.Proto);
  const dropped = named ? 0 : droppedProto(line);
  if (!named && dropped === 0) return missing(line);
  if (!fields.has(source) || !fields.has(target)) return 'no-address';
  let verdict = readEnd(line, fields.from(source), fields.to(source));
  if (verdict !== 'ok') return verdict;
  event.srcIp = endpoint.ip;
  event.ifaceIn = endpoint.iface;
  const srcPort = endpoint.port;
  verdict = readEnd(line, fields.from(target), fields.to(target));
  if (verdict !== 'ok') return verdict;
  event.dstIp = endpoint.ip;
  event.ifaceOut = endpoint.iface;
  event.direction = event.ifaceIn === '' ? 'unknown' : event.ifaceOut === '' ? 'in' : 'forward';
  event.proto = named ? protoOf(line, fields.from(Field.Proto), fields.to(Field.Proto)) : dropped;
  if (event.proto < 0) return fields.isCut(Field.Proto) ? 'truncated' : 'bad-field';
  if (!hasPorts(event.proto)) return readIcmp(line, event);
  if (endpoint.port < 0) return 'truncated';
  event.srcPort = Math.max(srcPort, 0);
  event.dstPort = endpoint.port;
  return 'ok';
}

/** Older releases name the protocol of a dropped packet only in their words: `ICMP packet dropped`. 0 when they do not. */
function droppedProto(line: string): number {
  const message = fields.text(line, Field.Message);
  if (!message.includes(' dropped')) return 0;
  const space = message.indexOf(' ');
  return Math.max(protoNumber(message.slice(0, space)), 0);
}

/** Why a line has no protocol: connections always have one, attacks may name nobody, and the rest is no packet. */
function missing(line: string): Reason {
  if (isConnection(line)) return 'truncated';
  return fields.is(line, Field.Category, ATTACK) && !fields.has(Field.Source) ? 'no-address' : 'not-traffic';
}

function readIcmp(line: string, event: Event): 'ok' | 'bad-field' {
  if (event.proto !== 1 && event.proto !== 58) return 'ok';
  const type = came(Field.IcmpType) ? Field.IcmpType : Field.Type;
  const code = came(Field.IcmpCode) ? Field.IcmpCode : Field.Code;
  event.icmpType = numberOf(line, type, MAX_UINT8);
  event.icmpCode = numberOf(line, code, MAX_UINT8);
  const wrong = (field: Field, value: number): boolean => came(field) && value < 0;
  return wrong(type, event.icmpType) || wrong(code, event.icmpCode) ? 'bad-field' : 'ok';
}

/** Whether the field came, whole or as what the line ends with. */
const came = (field: Field): boolean => fields.has(field) || fields.isCut(field);

/** A number that may end the line; -1 when it did not come, is none, or is over `max`. */
const numberOf = (line: string, field: Field, max: number): number =>
  came(field) ? whole(line, fields.from(field), fields.to(field), max) : -1;

function readNames(line: string, event: Event): void {
  event.rule = fields.text(line, Field.Rule);
  event.severity = Math.max(fields.number(line, Field.Priority, 7), 0);
  fields.keep(line, Field.Id, event, 'message_id');
  fields.keep(line, Field.SourceZone, event, 'source_zone');
  fields.keep(line, Field.TargetZone, event, 'target_zone');
  fields.keep(line, Field.Mac, event, 'mac');
  fields.keep(line, Field.User, event, 'user');
  fields.keep(line, Field.Note, event, 'note');
  fields.keep(line, Field.Host, event, 'host');
  fields.keep(line, Field.App, event, 'app');
  fields.keep(line, Field.Tunnel, event, 'vpn');
  if (event.signature === '') setAttr(event, 'msg', fields.text(line, Field.Message));
  readNat(line, event);
}

/** `natSrc=203.0.113.1:5000`, `natSrcV6=[2001:db8::1]:5000`; what is no address there is left out. */
function readNat(line: string, event: Event): void {
  const source = fields.has(Field.NatSource) ? Field.NatSource : Field.NatSourceV6;
  if (fields.has(source) && readEnd(line, fields.from(source), fields.to(source)) === 'ok') {
    const port = hasPorts(event.proto) ? Math.max(endpoint.port, 0) : 0;
    if (endpoint.ip !== event.srcIp || (port !== 0 && port !== event.srcPort)) {
      event.natSrcIp = endpoint.ip;
      event.natSrcPort = port;
    }
  }
  const target = fields.has(Field.NatTarget) ? Field.NatTarget : Field.NatTargetV6;
  if (!fields.has(target) || readEnd(line, fields.from(target), fields.to(target)) !== 'ok') return;
  const port = hasPorts(event.proto) ? Math.max(endpoint.port, 0) : 0;
  if (endpoint.ip === event.dstIp && (port === 0 || port === event.dstPort)) return;
  event.natDstIp = endpoint.ip;
  event.natDstPort = port;
}

function readVolume(line: string, event: Event): void {
  event.bytes = total(line, Field.BytesOut) + total(line, Field.BytesIn);
  event.packets = total(line, Field.PacketsOut) + total(line, Field.PacketsIn);
  event.durationMs = Math.min(total(line, Field.Duration), MAX_UINT32);
}

const total = (line: string, field: Field): number => Math.max(numberOf(line, field, MAX_TOTAL), 0);
