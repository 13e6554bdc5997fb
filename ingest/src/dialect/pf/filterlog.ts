import { ABSENT, type Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { isDigit, codeAt, MAX_UINT16, MAX_UINT32, MAX_UINT8, name } from '../scan.js';
import { isText, whole } from '../span.js';
import { count, from, isWhole, split, to } from './columns.js';
import { readAction } from './action.js';
import { flagsOf } from './flags.js';
import { readIcmp } from './icmp.js';

/** Columns that every line has. */
const RULE = 0;
const SUBRULE = 1;
const ANCHOR = 2;
const TRACKER = 3;
const INTERFACE = 4;
const REASON = 5;
const ACTION = 6;
const DIRECTION = 7;
const VERSION = 8;

/** Where the columns of the two versions lie; IPv6 has the protocol's name before its number. */
const V4 = { ttl: 11, id: 12, offset: 13, proto: 15, length: 17, source: 18 };
const V6 = { ttl: 11, id: -1, offset: -1, proto: 13, length: 14, source: 15 };

const ICMP = 1;
const TCP = 6;
const UDP = 17;

/** Reads `rule,subrule,anchor,tracker,interface,reason,action,direction,version,…` in `line[at, end)`. */
export function readFilterlog(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  if (!isDigit(codeAt(line, at))) return 'not-traffic';
  split(line, at, end);
  if (count <= VERSION + 1) return 'truncated';
  readRule(line, event);
  const v6 = isText(line, from(VERSION), to(VERSION), '6');
  if (!v6 && !isText(line, from(VERSION), to(VERSION), '4')) return 'bad-field';
  const columns = v6 ? V6 : V4;
  const { source } = columns;
  if (!isWhole(source + 1)) return 'truncated';
  const header = readHeader(line, columns, event);
  if (header !== 'ok') return header;
  const target = source + 1;
  if (from(source) === to(source) || from(target) === to(target)) return 'no-address';
  if (scanIp(line, from(source), to(source)) !== to(source)) return 'bad-address';
  if (scanIp(line, from(target), to(target)) !== to(target)) return 'bad-address';
  event.srcIp = line.substring(from(source), to(source));
  event.dstIp = line.substring(from(target), to(target));
  const fragment = columns.offset >= 0 && whole(line, from(columns.offset), to(columns.offset), MAX_UINT16) !== 0;
  if (fragment) keepAttr(event, 'frag', line, from(columns.offset), to(columns.offset));
  // Only the first fragment has what follows the IP header.
  return fragment ? 'ok' : readPayload(line, source + 2, event);
}

/** Names the rule by its tracker, which outlives a reload of the rules; its number is only its place among them. */
function readRule(line: string, event: Event): void {
  const tracked = to(TRACKER) - from(TRACKER) > 1;
  event.rule = tracked ? name(line, from(TRACKER), to(TRACKER)) : name(line, from(RULE), to(RULE));
  if (to(ANCHOR) > from(ANCHOR)) keepAttr(event, 'anchor', line, from(ANCHOR), to(ANCHOR));
  if (to(SUBRULE) > from(SUBRULE)) keepAttr(event, 'subrule', line, from(SUBRULE), to(SUBRULE));
  if (!isText(line, from(REASON), to(REASON), 'match')) keepAttr(event, 'reason', line, from(REASON), to(REASON));
  readAction(line, from(ACTION), to(ACTION), event);
  const out = isText(line, from(DIRECTION), to(DIRECTION), 'out');
  event.direction = out ? 'out' : 'in';
  if (out) event.ifaceOut = name(line, from(INTERFACE), to(INTERFACE));
  else event.ifaceIn = name(line, from(INTERFACE), to(INTERFACE));
}

function readHeader(line: string, columns: typeof V4, event: Event): 'ok' | 'bad-field' {
  event.ttl = whole(line, from(columns.ttl), to(columns.ttl), MAX_UINT8);
  event.proto = whole(line, from(columns.proto), to(columns.proto), MAX_UINT8);
  event.length = whole(line, from(columns.length), to(columns.length), MAX_UINT32);
  if (columns.id >= 0) {
    event.ipId = whole(line, from(columns.id), to(columns.id), MAX_UINT16);
    if (event.ipId < 0) return 'bad-field';
  }
  return event.ttl < 0 || event.proto < 0 || event.length < 0 ? 'bad-field' : 'ok';
}

/** Reads what follows the addresses, from column `first`. */
function readPayload(line: string, first: number, event: Event): 'ok' | Reason {
  const { proto } = event;
  if (proto === ICMP) return readIcmp(line, from(first), to(count - 1), event);
  const ports = proto === TCP || proto === UDP;
  // Others have `datalength=8` there, or what their protocol needs; ports where the writer knows of them.
  if (!ports && !(isDigit(codeAt(line, from(first))) && isPorted(proto) && isWhole(first + 1))) return 'ok';
  if (!isWhole(first + 1)) return 'truncated';
  event.srcPort = whole(line, from(first), to(first), MAX_UINT16);
  event.dstPort = whole(line, from(first + 1), to(first + 1), MAX_UINT16);
  if (event.srcPort < 0 || event.dstPort < 0) return 'bad-port';
  return proto === TCP ? readTcp(line, first + 3, event) : 'ok';
}

/** DCCP, SCTP, UDP-Lite. */
const isPorted = (proto: number): boolean => proto === 33 || proto === 132 || proto === 136;

/** Reads `flags,seq,ack,window,urgent,options`; a line that ends before them is an event all the same. */
function readTcp(line: string, flags: number, event: Event): 'ok' | 'bad-field' {
  if (!isWhole(flags)) return 'ok';
  event.tcpFlags = flagsOf(line, from(flags), to(flags));
  if (event.tcpFlags < 0) return 'bad-field';
  if (!isWhole(flags + 1)) return 'ok';
  event.tcpSeq = sequence(line, from(flags + 1), to(flags + 1));
  if (event.tcpSeq < 0 && to(flags + 1) > from(flags + 1)) return 'bad-field';
  if (isWhole(flags + 2)) keepAttr(event, 'ack', line, from(flags + 2), to(flags + 2));
  if (isWhole(flags + 3) && to(flags + 3) > from(flags + 3)) {
    event.tcpWindow = whole(line, from(flags + 3), to(flags + 3), MAX_UINT16);
    if (event.tcpWindow < 0) return 'bad-field';
  }
  if (flags + 5 < count) keepAttr(event, 'opt', line, from(flags + 5), to(flags + 5));
  return 'ok';
}

/** `3617062173`, or the range `29633380:29633800` of a packet with data; an empty column is none. */
function sequence(line: string, start: number, end: number): number {
  const colon = line.indexOf(':', start);
  const stop = colon > 0 && colon < end ? colon : end;
  return start === end ? ABSENT : whole(line, start, stop, MAX_UINT32);
}
