import { ABSENT, type Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { scanIp, skipZone } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, cursor, EQUALS, isDigit, MAX_UINT16, MAX_UINT8, OPEN, SPACE, wordEnd } from '../scan.js';
import { readExtra, skipBracket } from './extras.js';
import * as field from './fields.js';
import { readHeader } from './header.js';
import { after, fail, FAILED, failure, number, resetSeen, seen } from './seen.js';

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMPV6 = 58;
const UDPLITE = 136;

/**
 * Reads `SRC=… DST=… … PROTO=… SPT=…` from `at` to `end` into `event`, each key once: the first one wins, and what
 * an ICMP error quotes in brackets is kept as text, so that neither a second header nor the inner packet can
 * replace the outer one. `bare` tells that the writer (Proxmox) ends TCP lines without `URGP=`.
 */
export function readBody(line: string, at: number, end: number, bare: boolean, event: Event): 'ok' | Reason {
  resetSeen(bare);
  let i = at;
  while (i < end) {
    const c = line.charCodeAt(i);
    if (c === SPACE) {
      i++;
      continue;
    }
    i = c === OPEN ? skipBracket(line, i, end, event) : readField(line, i, end, event);
    if (i === FAILED) {
      // A field that the end of the line cuts off is not wrong but lost; `conclude` tells whether it matters.
      if (failure.end < end) return failure.reason;
      seen.cut = true;
      break;
    }
  }
  return conclude(event);
}

/** Index after the field at `at`. Here are the fields without which a line is no event; the others follow. */
function readField(line: string, at: number, end: number, event: Event): number {
  const key = field.keyAt(line, at, end);
  switch (key) {
    case field.SRC: {
      if (event.srcIp !== '') return wordEnd(line, at, end);
      const stop = scanIp(line, at + 4, end);
      if (stop < 0) return failAddress(line, at + 4, end);
      event.srcIp = line.substring(at + 4, stop);
      return endAddress(line, stop, end);
    }
    case field.DST: {
      if (event.dstIp !== '') return wordEnd(line, at, end);
      const stop = scanIp(line, at + 4, end);
      if (stop < 0) return failAddress(line, at + 4, end);
      event.dstIp = line.substring(at + 4, stop);
      return endAddress(line, stop, end);
    }
    case field.SPT:
      if (seen.sourcePort) return wordEnd(line, at, end);
      seen.sourcePort = true;
      event.srcPort = number(line, at + 4, end, MAX_UINT16, 'bad-port');
      return after(event.srcPort);
    case field.DPT:
      if (seen.targetPort) return wordEnd(line, at, end);
      event.dstPort = number(line, at + 4, end, MAX_UINT16, 'bad-port');
      // Every writer puts something behind a port: digits at the very end may be the first of more.
      seen.targetPort = event.dstPort >= 0 && cursor.at < end;
      return after(event.dstPort);
    case field.PROTO:
      if (codeAt(line, at + 5) !== EQUALS) return wordEnd(line, at, end);
      return seen.proto < 0 ? readProto(line, at + 6, end) : wordEnd(line, at, end);
    default: {
      const stop = readHeader(line, at, end, key, event);
      return stop === at ? readExtra(line, at, end, key, event) : stop;
    }
  }
}

const failAddress = (line: string, at: number, end: number): number =>
  fail(at < end && line.charCodeAt(at) === SPACE ? 'no-address' : 'bad-address', line, at, end);

/** Index after an address that ends at `at`: a zone id may follow it, then a space or the end. */
function endAddress(line: string, at: number, end: number): number {
  if (at === end || line.charCodeAt(at) === SPACE) return at;
  const stop = skipZone(line, at, end);
  return stop === end || line.charCodeAt(stop) === SPACE ? stop : fail('bad-address', line, stop, end);
}

function readProto(line: string, at: number, end: number): number {
  if (at < end && isDigit(line.charCodeAt(at))) {
    seen.proto = number(line, at, end, MAX_UINT8, 'bad-field');
    return after(seen.proto);
  }
  const stop = wordEnd(line, at, end);
  if (line.startsWith('TCP ', at)) seen.proto = TCP;
  else if (line.startsWith('UDP ', at)) seen.proto = UDP;
  else seen.proto = protoNumber(line.substring(at, stop));
  return seen.proto < 0 ? fail('bad-field', line, at, end) : stop;
}

/** Whether the line said what matters; if so, the event's proto, ports and flags are settled. */
function conclude(event: Event): 'ok' | Reason {
  const { proto } = seen;
  if (event.srcIp === '' || event.dstIp === '') return proto < 0 ? 'truncated' : 'no-address';
  if (proto < 0) return 'truncated';
  event.proto = proto;
  event.direction = direction(event.ifaceIn, event.ifaceOut);
  if (proto === TCP || proto === UDP || proto === UDPLITE) {
    if (!seen.headless && !(seen.sourcePort && seen.targetPort)) return 'truncated';
    if (proto === TCP && !seen.headless) event.tcpFlags = flags();
  } else if ((proto === ICMP || proto === ICMPV6) && !seen.headless && !seen.type) {
    return 'truncated';
  }
  return 'ok';
}

function direction(ifaceIn: string, ifaceOut: string): Event['direction'] {
  if (ifaceIn === '') return ifaceOut === '' ? 'unknown' : 'out';
  return ifaceOut === '' ? 'in' : 'forward';
}

/** No flag word means none set only where the words are known to be over: before `URGP=`, or at a bare writer's end. */
function flags(): number {
  if (seen.urgp || (seen.bare && seen.window && !seen.cut)) return seen.flags;
  return seen.anyFlag && !seen.cut ? seen.flags : ABSENT;
}
