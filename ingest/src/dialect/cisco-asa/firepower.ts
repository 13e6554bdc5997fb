import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { isDigit, MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { whole } from '../span.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { ends, Field, has, hasWhole, locate, named, starts, word } from './firepower-fields.js';
import { ICMP_TYPES } from './icmp-words.js';

/** Messages in `Key: value, Key: value` form: connections (430002, 430003), intrusions (430001), files (430004, 430005). */
export const isFirepower = (id: number): boolean => id === 0 || (id >= FIRST && id <= FIRST + 4);

const FIRST = 430_001;
const INTRUSION = 430_001;
const CONNECTION_END = 430_003;
const FILE = 430_004;

/** Reads one of them, after its tag. */
export function readFirepower(
  line: string,
  at: number,
  end: number,
  id: number,
  context: Context,
  event: Event
): 'ok' | Reason {
  locate(line, at, end);
  // Many relays take the stamp off; this one is in UTC.
  if (event.time === 0 && has(Field.FirstPacket)) {
    if (readIso(line, starts[Field.FirstPacket]!, context) > starts[Field.FirstPacket]!) event.time = stamp.time;
    if (event.time < 0) return 'time-range';
  }
  const verdict = readPacket(line, end, event);
  if (verdict !== 'ok') return verdict;
  if (id !== 0) setAttr(event, 'message_id', String(id));
  event.ifaceIn = named(line, Field.IfaceIn);
  event.ifaceOut = named(line, Field.IfaceOut);
  event.rule = named(line, Field.Rule);
  event.direction = event.ifaceIn !== '' && event.ifaceOut !== '' ? 'forward' : 'unknown';
  if (id === INTRUSION) readIntrusion(line, event);
  else if (id >= FILE) readFile(line, event);
  else readConnection(line, id, event);
  return readFlow(line, event);
}

function readPacket(line: string, end: number, event: Event): 'ok' | Reason {
  if (!has(Field.Source) || !has(Field.Target)) {
    return has(Field.Proto) || has(Field.SourcePort) ? 'no-address' : 'not-traffic';
  }
  if (!isAddress(line, Field.Source) || !isAddress(line, Field.Target)) {
    return ends[Field.Source] === end || ends[Field.Target] === end ? 'truncated' : 'bad-address';
  }
  event.srcIp = line.substring(starts[Field.Source]!, ends[Field.Source]!);
  event.dstIp = line.substring(starts[Field.Target]!, ends[Field.Target]!);
  if (ends[Field.SourcePort] === end || ends[Field.TargetPort] === end) return 'truncated';
  if (has(Field.SourcePort)) event.srcPort = number(line, Field.SourcePort, MAX_UINT16);
  if (has(Field.TargetPort)) event.dstPort = number(line, Field.TargetPort, MAX_UINT16);
  if (event.srcPort < 0 || event.dstPort < 0) return 'bad-port';
  if (!has(Field.Proto)) return 'truncated';
  event.proto = protoOf(line);
  if (event.proto < 0) return ends[Field.Proto] === end ? 'truncated' : 'bad-field';
  // Firepower prints ICMP's type and code where ports stand too.
  if (event.proto === 1 || event.proto === 58) {
    event.srcPort = event.dstPort = 0;
    readIcmp(line, event);
  } else if ((event.proto === 6 || event.proto === 17) && !has(Field.TargetPort)) return 'truncated';
  return 'ok';
}

const isAddress = (line: string, field: Field): boolean => scanIp(line, starts[field]!, ends[field]!) === ends[field];

const number = (line: string, field: Field, max: number): number => whole(line, starts[field]!, ends[field]!, max);

function protoOf(line: string): number {
  const at = starts[Field.Proto]!;
  if (isDigit(line.charCodeAt(at))) return number(line, Field.Proto, MAX_UINT8);
  return protoNumber(line.substring(at, Math.min(ends[Field.Proto]!, at + 25)));
}

/** `ICMPType: Echo Request, ICMPCode: No Code`: words, or numbers. */
function readIcmp(line: string, event: Event): void {
  if (!has(Field.IcmpType)) return;
  const word = line.substring(starts[Field.IcmpType]!, Math.min(ends[Field.IcmpType]!, starts[Field.IcmpType]! + 40));
  const type = isDigit(word.charCodeAt(0))
    ? number(line, Field.IcmpType, MAX_UINT8)
    : ICMP_TYPES.get(`${event.proto} ${word}`);
  if (type === undefined || type < 0) {
    setAttr(event, 'icmp', word);
    return;
  }
  event.icmpType = type;
  const code = has(Field.IcmpCode) ? number(line, Field.IcmpCode, MAX_UINT8) : -1;
  if (code >= 0) event.icmpCode = code;
  else if (has(Field.IcmpCode) && line.startsWith('No Code', starts[Field.IcmpCode])) event.icmpCode = 0;
}

/** `Block`, `Block with reset`, `Interactive Block`, `Allow`, `Trust`, `Fastpath`; a rule that only monitors decides nothing. */
function readConnection(line: string, id: number, event: Event): void {
  const action = word(line, Field.Action);
  if (action.includes('Block')) event.action = action.includes('reset') ? 'reject' : 'drop';
  else if (action === 'Allow' || action === 'Trust' || action === 'Fastpath') event.action = 'allow';
  else setAttr(event, 'rule_action', action);
  if (id !== 0) setAttr(event, 'event', id === CONNECTION_END ? 'close' : 'open');
}

function readIntrusion(line: string, event: Event): void {
  const result = word(line, Field.Result);
  event.action =
    result === 'Block' || result === 'Blocked' || result === 'Dropped' || result === 'Drop' ? 'drop' : 'alert';
  event.signature = named(line, Field.Message);
  setAttr(event, 'priority', named(line, Field.Priority));
}

function readFile(line: string, event: Event): void {
  event.action = word(line, Field.FileAction).includes('Block') ? 'drop' : 'alert';
  event.signature = named(line, Field.Threat) || named(line, Field.File);
  if (hasWhole(Field.File)) keepAttr(event, 'file', line, starts[Field.File]!, ends[Field.File]!);
}

function readFlow(line: string, event: Event): 'ok' | Reason {
  event.packets = sum(line, Field.PacketsOut, Field.PacketsIn);
  event.bytes = sum(line, Field.BytesOut, Field.BytesIn);
  if (hasWhole(Field.Duration)) {
    const seconds = number(line, Field.Duration, Math.floor(MAX_UINT32 / 1000));
    if (seconds >= 0) event.durationMs = seconds * 1000;
  }
  if (hasWhole(Field.NatSource) && isAddress(line, Field.NatSource)) {
    const ip = line.substring(starts[Field.NatSource]!, ends[Field.NatSource]!);
    const port = hasWhole(Field.NatSourcePort) ? Math.max(number(line, Field.NatSourcePort, MAX_UINT16), 0) : 0;
    if (ip !== event.srcIp || port !== event.srcPort) {
      event.natSrcIp = ip;
      event.natSrcPort = port;
    }
  }
  if (hasWhole(Field.NatTarget) && isAddress(line, Field.NatTarget)) {
    const ip = line.substring(starts[Field.NatTarget]!, ends[Field.NatTarget]!);
    const port = hasWhole(Field.NatTargetPort) ? Math.max(number(line, Field.NatTargetPort, MAX_UINT16), 0) : 0;
    if (ip !== event.dstIp || port !== event.dstPort) {
      event.natDstIp = ip;
      event.natDstPort = port;
    }
  }
  return 'ok';
}

function sum(line: string, one: Field, other: Field): number {
  if (!hasWhole(one) || !hasWhole(other)) return 0;
  return Math.max(number(line, one, MAX_TOTAL), 0) + Math.max(number(line, other, MAX_TOTAL), 0);
}

/** Two of these stay exact. */
const MAX_TOTAL = Number.MAX_SAFE_INTEGER / 16;
