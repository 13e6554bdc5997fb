import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { Keys } from '../keys.js';
import { CLOSE, codeAt, EQUALS, MAX_UINT16, MAX_UINT32, MAX_UINT8, name, SPACE } from '../scan.js';
import { whole } from '../span.js';
import { isUnset, keepNat, keepZones, setPorts } from './settle.js';

enum Field {
  Source,
  SourcePort,
  Target,
  TargetPort,
  NatSource,
  NatSourcePort,
  NatTarget,
  NatTargetPort,
  Proto,
  ProtoName,
  IcmpType,
  Policy,
  SourceZone,
  TargetZone,
  Incoming,
  IfaceIn,
  IfaceOut,
  Interface,
  Session,
  PacketsOut,
  PacketsIn,
  BytesOut,
  BytesIn,
  Elapsed,
  Reason,
  Action,
  Attack,
  Threat,
  Feed,
  Malware,
  Service,
  User,
}

const KEYS = new Keys<Field>({
  'source-address': Field.Source,
  'source-port': Field.SourcePort,
  'destination-address': Field.Target,
  'destination-port': Field.TargetPort,
  'nat-source-address': Field.NatSource,
  'nat-source-port': Field.NatSourcePort,
  'nat-destination-address': Field.NatTarget,
  'nat-destination-port': Field.NatTargetPort,
  'protocol-id': Field.Proto,
  'protocol-name': Field.ProtoName,
  'icmp-type': Field.IcmpType,
  'policy-name': Field.Policy,
  'source-zone-name': Field.SourceZone,
  'destination-zone-name': Field.TargetZone,
  'packet-incoming-interface': Field.Incoming,
  'source-interface-name': Field.IfaceIn,
  'destination-interface-name': Field.IfaceOut,
  'interface-name': Field.Interface,
  'session-id-32': Field.Session,
  'session-id': Field.Session,
  'packets-from-client': Field.PacketsOut,
  'packets-from-server': Field.PacketsIn,
  'bytes-from-client': Field.BytesOut,
  'bytes-from-server': Field.BytesIn,
  'elapsed-time': Field.Elapsed,
  reason: Field.Reason,
  action: Field.Action,
  'attack-name': Field.Attack,
  'threat-severity': Field.Threat,
  'feed-name': Field.Feed,
  'ddos-application-name': Field.Feed,
  'malware-info': Field.Malware,
  'service-name': Field.Service,
  username: Field.User,
});
const FIELD_COUNT = Field.User + 1;

/** Where each field's value lies; a start of 0 is a field that has not come. */
const starts = new Int32Array(FIELD_COUNT);
const ends = new Int32Array(FIELD_COUNT);
/** Whether the element ended with its bracket. */
let complete = false;

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Reads `[junos@2636.1.1.1.2.129 key="value" …]` at `at`, with or without the id; each key counts once, the first time.
 */
export function readStructured(line: string, at: number, end: number, proto: number, event: Event): 'ok' | Reason {
  locate(line, at, end);
  if (!has(Field.Source) && !has(Field.Target)) return complete ? 'not-traffic' : 'truncated';
  for (const field of [Field.Source, Field.Target]) {
    if (has(field) && scanIp(line, starts[field]!, ends[field]!) !== ends[field]) return 'bad-address';
  }
  event.srcIp = text(line, Field.Source);
  event.dstIp = text(line, Field.Target);
  event.proto = protoOf(line, proto);
  if (event.proto < 0) return has(Field.Proto) || has(Field.ProtoName) || complete ? 'bad-field' : 'truncated';
  const ported = event.proto === 6 || event.proto === 17;
  if (ported && !complete && !has(Field.TargetPort)) return 'truncated';
  const srcPort = port(line, Field.SourcePort);
  const dstPort = port(line, Field.TargetPort);
  if (srcPort < 0 || dstPort < 0) return 'bad-port';
  keepNat(
    event,
    address(line, Field.NatSource),
    Math.max(port(line, Field.NatSourcePort), 0),
    address(line, Field.NatTarget),
    Math.max(port(line, Field.NatTargetPort), 0)
  );
  setPorts(event, srcPort, dstPort);
  if (event.proto === 1 || event.proto === 58) event.icmpType = number(line, Field.IcmpType, MAX_UINT8);
  readNames(line, event);
  readTotals(line, event);
  return 'ok';
}

function locate(line: string, at: number, end: number): void {
  starts.fill(0);
  complete = false;
  let i = line.startsWith('[junos@', at) ? line.indexOf(' ', at) : at + 1;
  while (i >= 0 && i < end) {
    while (codeAt(line, i) === SPACE && i < end) i++;
    const key = i;
    while (i < end && !isKeyEnd(line.charCodeAt(i))) i++;
    if (i >= end) return;
    if (line.charCodeAt(i) !== EQUALS) {
      if (line.charCodeAt(i) === CLOSE) {
        complete = true;
        return;
      }
      i++;
      continue;
    }
    const field = KEYS.find(line, key, i);
    i = readValue(line, i + 1, end, field);
  }
}

const isKeyEnd = (c: number): boolean => c === EQUALS || c === SPACE || c === CLOSE;

/** Reads a value in quotes, inside which `\"` is a quote of its own; returns the index after it. */
function readValue(line: string, at: number, end: number, field: Field | -1): number {
  if (codeAt(line, at) !== QUOTE) {
    let i = at;
    while (i < end && line.charCodeAt(i) !== SPACE && line.charCodeAt(i) !== CLOSE) i++;
    return i;
  }
  let i = at + 1;
  while (i < end && line.charCodeAt(i) !== QUOTE) i += line.charCodeAt(i) === BACKSLASH ? 2 : 1;
  if (i >= end) return end;
  if (field !== -1 && starts[field] === 0 && i > at + 1) {
    starts[field] = at + 1;
    ends[field] = i;
  }
  return i + 1;
}

const has = (field: Field): boolean => starts[field]! > 0;
const text = (line: string, field: Field): string => (has(field) ? name(line, starts[field]!, ends[field]!) : '');

function number(line: string, field: Field, max: number): number {
  return has(field) ? whole(line, starts[field]!, ends[field]!, max) : -1;
}

/** A port, 0 when there is none, -1 when it is no port. */
const port = (line: string, field: Field): number => (has(field) ? number(line, field, MAX_UINT16) : 0);

function address(line: string, field: Field): string {
  const value = text(line, field);
  return has(field) && scanIp(value, 0, value.length) === value.length ? value : '';
}

function protoOf(line: string, proto: number): number {
  if (has(Field.Proto)) return number(line, Field.Proto, MAX_UINT8);
  return has(Field.ProtoName) ? protoNumber(text(line, Field.ProtoName)) : proto;
}

function readNames(line: string, event: Event): void {
  event.rule = text(line, Field.Policy);
  keepZones(event, text(line, Field.SourceZone), text(line, Field.TargetZone));
  const ifaceIn = text(line, Field.Incoming) || text(line, Field.IfaceIn) || text(line, Field.Interface);
  if (!isUnset(ifaceIn)) event.ifaceIn = ifaceIn;
  const ifaceOut = text(line, Field.IfaceOut);
  if (!isUnset(ifaceOut)) event.ifaceOut = ifaceOut;
  keep(line, Field.Session, 'session', event);
  keep(line, Field.Reason, 'reason', event);
  keep(line, Field.Threat, 'threat', event);
  keep(line, Field.User, 'user', event);
  if (text(line, Field.Service) !== 'icmp') keep(line, Field.Service, 'service', event);
  const signature = text(line, Field.Attack) || text(line, Field.Malware) || text(line, Field.Feed);
  if (!isUnset(signature)) event.signature = signature.endsWith('!') ? signature.slice(0, -1) : signature;
}

function keep(line: string, field: Field, key: string, event: Event): void {
  const value = text(line, field).trim();
  if (!isUnset(value)) setAttr(event, key, value);
}

function readTotals(line: string, event: Event): void {
  event.packets = total(line, Field.PacketsOut) + total(line, Field.PacketsIn);
  event.bytes = total(line, Field.BytesOut) + total(line, Field.BytesIn);
  event.durationMs = Math.max(number(line, Field.Elapsed, Math.floor(MAX_UINT32 / 1000)), 0) * 1000;
}

const total = (line: string, field: Field): number =>
  has(Field.PacketsIn) && has(Field.BytesIn) ? Math.max(number(line, field, Number.MAX_SAFE_INTEGER / 16), 0) : 0;

/** What the device did, by the element's `action`, in lower case; '' when it does not say. */
export const actionWord = (line: string): string => text(line, Field.Action).toLowerCase();

/** Why a session was denied, in lower case. */
export const reasonWord = (line: string): string => text(line, Field.Reason).toLowerCase();
