import { ABSENT, type Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { scanIp, skipZone } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, isDigit, MAX_UINT16, MAX_UINT32, MAX_UINT8 } from '../scan.js';
import { name, OPEN, SPACE, startsAt, wordEnd } from '../scan.js';
import { attribute, readExtra, readMac, resetSeen, seen, skipBracket } from './extras.js';
import { key, keyAt } from './key.js';

const OUT = key('OUT=');
const MAC = key('MAC=');
const SRC = key('SRC=');
const DST = key('DST=');
const LEN = key('LEN=');
const TOS = key('TOS=');
const PREC = key('PREC=');
const TTL = key('TTL=');
const HOPLIMIT = key('HOPLIMIT=');
const ID = key('ID= ') >>> 8;
const PROTO = key('PROTO=');
const SPT = key('SPT=');
const DPT = key('DPT=');
const SEQ = key('SEQ=');
const WINDOW = key('WINDOW=');
const RES = key('RES=');
const URGP = key('URGP=');
const TYPE = key('TYPE=');
const CODE = key('CODE=');
const ARP = key('ARP ');

const SYN = key('SYN ');
const ACK = key('ACK ');
/** The other flag words, bits in header order. */
const FLAGS = new Map([
  [key('FIN '), 1],
  [key('RST '), 4],
  [key('PSH '), 8],
  [key('URG '), 32],
  [key('ECE '), 64],
  [key('CWR '), 128],
]);

const ICMP = 1;
const TCP = 6;
const UDP = 17;
const ICMPV6 = 58;
const UDPLITE = 136;

/** Where the last `number`, `address` or `protocol` stopped. */
let stop = 0;

/**
 * Reads `OUT=… SRC=… DST=… … PROTO=… SPT=…` from `at` to `end` into `event`. Of an address, a port, a length
 * or a protocol that stands twice the first counts, and what an ICMP error quotes in brackets is kept as text, so that
 * neither a second header nor the inner packet can replace the outer one. `bare` tells that the writer (Proxmox) ends TCP lines without `URGP=`.
 *
 * One loop with the hot keys in one switch: spread over functions, a line costs twice as much.
 */
export function readBody(line: string, at: number, end: number, bare: boolean, event: Event): 'ok' | Reason {
  resetSeen();
  let proto = -1;
  let flags = 0;
  let failed: Reason = 'bad-field';
  let i = at;
  fields: while (i < end) {
    const first = line.charCodeAt(i);
    if (first === SPACE) {
      i++;
      continue;
    }
    const word = keyAt(line, i, end);
    switch (word) {
      case OUT:
        if (event.srcIp !== '') {
          stop = wordEnd(line, i, end);
          break;
        }
        stop = wordEnd(line, i + 4, end);
        event.ifaceOut = name(line, i + 4, stop);
        break;
      case SRC:
        if (event.srcIp !== '') stop = wordEnd(line, i, end);
        else if ((event.srcIp = address(line, i + 4, end)) === '') {
          failed = stop === i + 4 ? 'no-address' : 'bad-address';
          break fields;
        }
        break;
      case DST:
        if (event.dstIp !== '') stop = wordEnd(line, i, end);
        else if ((event.dstIp = address(line, i + 4, end)) === '') {
          failed = stop === i + 4 ? 'no-address' : 'bad-address';
          break fields;
        }
        break;
      case LEN:
        // The second LEN is UDP's own.
        if (proto >= 0 || event.length >= 0) stop = wordEnd(line, i, end);
        else if ((event.length = number(line, i + 4, end, MAX_UINT32)) < 0) break fields;
        break;
      case TTL:
        if ((event.ttl = number(line, i + 4, end, MAX_UINT8)) < 0) break fields;
        break;
      case HOPLIMIT:
        if ((event.ttl = number(line, i + 9, end, MAX_UINT8)) < 0) break fields;
        break;
      case PROTO:
        if (proto >= 0) stop = wordEnd(line, i, end);
        else if ((proto = protocol(line, i + 6, end)) < 0) break fields;
        break;
      case SPT:
        if (seen.sourcePort) stop = wordEnd(line, i, end);
        else if ((event.srcPort = number(line, i + 4, end, MAX_UINT16)) < 0) {
          failed = 'bad-port';
          break fields;
        }
        seen.sourcePort = true;
        break;
      case DPT:
        if (seen.targetPort) stop = wordEnd(line, i, end);
        else if ((event.dstPort = number(line, i + 4, end, MAX_UINT16)) < 0) {
          failed = 'bad-port';
          break fields;
        }
        // Every writer puts something behind a port: digits at the very end may be the first of more.
        if (stop < end) seen.targetPort = true;
        break;
      case SEQ:
        if (proto !== TCP) stop = attribute(event, 'icmp_seq', line, i + 4, end);
        else if ((event.tcpSeq = number(line, i + 4, end, MAX_UINT32)) < 0) break fields;
        else if (stop === end) event.tcpSeq = ABSENT;
        break;
      case WINDOW:
        if ((event.tcpWindow = number(line, i + 7, end, MAX_UINT16)) < 0) break fields;
        if (stop === end) event.tcpWindow = ABSENT;
        else seen.flags = bare;
        break;
      case MAC:
        stop = readMac(line, i + 4, end, event);
        break;
      case TOS:
      case PREC:
      case RES:
        stop = wordEnd(line, i + 4, end);
        break;
      case SYN:
        flags |= 2;
        stop = i + 3;
        break;
      case ACK:
        flags |= 16;
        stop = i + 3;
        break;
      case URGP:
        seen.flags = true;
        stop = wordEnd(line, i, end);
        break;
      case TYPE:
        if ((event.icmpType = number(line, i + 5, end, MAX_UINT8)) < 0) break fields;
        if (stop === end) event.icmpType = ABSENT;
        break;
      case CODE:
        if ((event.icmpCode = number(line, i + 5, end, MAX_UINT8)) < 0) break fields;
        break;
      case ARP:
        if (proto < 0) return 'not-traffic';
        stop = i + 3;
        break;
      default:
        if (first === OPEN) {
          stop = skipBracket(line, i, end, event);
        } else if (word >>> 8 === ID) {
          if (proto >= 0) stop = attribute(event, 'icmp_id', line, i + 3, end);
          else if ((event.ipId = number(line, i + 3, end, MAX_UINT16)) < 0) break fields;
        } else {
          const flag = FLAGS.get(word);
          if (flag === undefined) stop = readExtra(line, i, end, word, proto, event);
          else {
            flags |= flag;
            stop = i + 3;
          }
        }
    }
    i = stop;
  }
  // A field that the end of the line cuts off is not wrong but lost; whether it matters is told by what was seen.
  if (i < end && wordEnd(line, i, end) < end) return failed;
  if (i < end) {
    seen.cut = true;
    if (event.srcPort < 0) event.srcPort = 0;
    if (event.dstPort < 0) event.dstPort = 0;
  }
  return settle(proto, flags, event);
}

/** Whether the line said what matters; if so, the event's protocol, direction and flags are settled. */
function settle(proto: number, flags: number, event: Event): 'ok' | Reason {
  if (proto < 0) return 'truncated';
  if (event.srcIp === '' || event.dstIp === '') return 'no-address';
  event.proto = proto;
  if (event.ifaceIn !== '') event.direction = event.ifaceOut === '' ? 'in' : 'forward';
  else if (event.ifaceOut !== '') event.direction = 'out';
  if (seen.headless) return 'ok';
  if (proto === TCP) {
    // No flag word means that none is set only where such words are known to be over.
    if (flags !== 0 ? !seen.cut || seen.flags : seen.flags && !seen.cut) event.tcpFlags = flags;
  }
  if (proto === TCP || proto === UDP || proto === UDPLITE) {
    return seen.sourcePort && seen.targetPort ? 'ok' : 'truncated';
  }
  return (proto === ICMP || proto === ICMPV6) && event.icmpType === ABSENT ? 'truncated' : 'ok';
}

/** The number at `at`, which must end at a space; -1 when it is none or over `max`. */
function number(line: string, at: number, end: number, max: number): number {
  let value = 0;
  let i = at;
  for (; i < end; i++) {
    const digit = line.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) {
      if (value <= max) value = value * 10 + digit;
    } else if (digit === SPACE - 48) {
      break;
    } else {
      return -1;
    }
  }
  stop = i;
  return i === at || value > max ? -1 : value;
}

/** The address at `at`, without a zone id, which must end at a space; '' when it is none. */
function address(line: string, at: number, end: number): string {
  const after = scanIp(line, at, end);
  stop = at;
  if (after < 0) {
    if (at < end && line.charCodeAt(at) !== SPACE) stop = wordEnd(line, at, end);
    return '';
  }
  stop = after;
  if (after < end && line.charCodeAt(after) !== SPACE) {
    stop = skipZone(line, after, end);
    if (stop < end && line.charCodeAt(stop) !== SPACE) return '';
  }
  return line.substring(at, after);
}

/** The protocol at `at`, by name or number; -1 when it is none. */
function protocol(line: string, at: number, end: number): number {
  if (startsAt(line, at, 'TCP ')) {
    stop = at + 3;
    return TCP;
  }
  if (isDigit(codeAt(line, at))) return number(line, at, end, MAX_UINT8);
  stop = wordEnd(line, at, end);
  return protoNumber(line.substring(at, stop));
}
