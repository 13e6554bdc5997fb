import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import {
  codeAt,
  COLON,
  cursor,
  decimal,
  MAX_UINT16,
  MAX_UINT32,
  MAX_UINT8,
  skipSpaces,
  SPACE,
  wordEnd,
} from '../scan.js';
import { whole } from '../span.js';
import { flagsOf } from './flags.js';
import { readIcmpText } from './tcpdump-icmp.js';
import { readTcpText } from './tcpdump-tcp.js';

const DOT = 46;
const PAREN = 40;
const TCP = 6;
const UDP = 17;

/**
 * Reads a packet as tcpdump prints it (OpenBSD's and tcpdump.org's) from `at`: `192.0.2.1.40000 > 198.51.100.2.22: S …`.
 * tcpdump must run with `-n`: names in place of numbers are refused.
 */
export function readPacket(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  let i = at;
  if (line.startsWith('IP ', i)) i += 3;
  else if (line.startsWith('IP6 ', i)) i += 4;
  if (codeAt(line, i) === PAREN) i = readHeader(line, i, end, event);
  if (i < 0) return 'truncated';
  const arrow = line.indexOf(' > ', i);
  if (arrow < 0 || arrow >= end) return line.startsWith('arp ', i) ? 'not-traffic' : 'truncated';
  const source = readEndpoint(line, i, arrow);
  if (source !== 'ok') return source;
  event.srcIp = endpoint.ip;
  event.srcPort = endpoint.port;
  const ported = endpoint.ported;
  const start = arrow + 3;
  const word = wordEnd(line, start, end);
  // What follows the target is always parted by a colon: without it the port may be cut.
  if (word === end || line.charCodeAt(word - 1) !== COLON) return word === end ? 'truncated' : 'bad-address';
  const target = readEndpoint(line, start, word - 1);
  if (target !== 'ok') return target;
  event.dstIp = endpoint.ip;
  event.dstPort = endpoint.port;
  return readPayload(line, skipSpaces(line, word), end, ported && endpoint.ported, event);
}

/** The address read last, and its port if it has one. */
const endpoint = { ip: '', port: 0, ported: false };

/** `192.0.2.1`, `192.0.2.1.80`, `2001:db8::1`, `2001:db8::1.80` in `line[from, to)`. */
function readEndpoint(line: string, from: number, to: number): 'ok' | Reason {
  let dot = -1;
  let dots = 0;
  let v6 = false;
  for (let i = from; i < to; i++) {
    const c = line.charCodeAt(i);
    if (c === DOT) {
      dots++;
      dot = i;
    } else if (c === COLON) v6 = true;
  }
  // `::ffff:192.0.2.1` has three dots of its own, as an IPv4 address has.
  endpoint.ported = v6 ? dots === 1 || dots === 4 : dots === 4;
  const stop = endpoint.ported ? dot : to;
  if (scanIp(line, from, stop) !== stop) return 'bad-address';
  endpoint.ip = line.substring(from, stop);
  endpoint.port = endpoint.ported ? whole(line, dot + 1, to, MAX_UINT16) : 0;
  return endpoint.port < 0 ? 'bad-port' : 'ok';
}

/** `(tos 0x0, ttl 64, id 123, offset 0, flags [DF], proto TCP (6), length 60) ` of `-v`; returns the index after it. */
function readHeader(line: string, at: number, end: number, event: Event): number {
  let depth = 0;
  let i = at;
  for (; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === PAREN) depth++;
    else if (c === 41 && --depth === 0) break;
    else if (c === SPACE) readHeaderField(line, i + 1, end, event);
    else if (i === at + 1) readHeaderField(line, i, end, event);
  }
  return i < end ? skipSpaces(line, i + 1) : -1;
}

function readHeaderField(line: string, at: number, end: number, event: Event): void {
  if (line.startsWith('ttl ', at)) event.ttl = decimal(line, at + 4, end, MAX_UINT8);
  else if (line.startsWith('hlim ', at)) event.ttl = decimal(line, at + 5, end, MAX_UINT8);
  else if (line.startsWith('id ', at)) event.ipId = decimal(line, at + 3, end, MAX_UINT16);
  else if (line.startsWith('length ', at)) event.length = decimal(line, at + 7, end, MAX_UINT32);
  else if (line.startsWith('len ', at)) event.length = decimal(line, at + 4, end, MAX_UINT32);
  else if (line.startsWith('proto ', at) || line.startsWith('next-header ', at)) {
    let open = at;
    while (open < end && open < at + 40 && line.charCodeAt(open) !== PAREN) open++;
    const proto = decimal(line, open + 1, end, MAX_UINT8);
    if (proto >= 0) event.proto = proto;
  }
}

/** OpenBSD's `-v` writes `(ttl 64, id 123, len 48)` at the very end instead. */
function readTrailer(line: string, at: number, end: number, event: Event): void {
  const open = line.lastIndexOf('(ttl ', end);
  if (open >= at && event.ttl < 0 && line.charCodeAt(end - 1) === 41) readHeader(line, open, end, event);
}

function readPayload(line: string, at: number, end: number, ported: boolean, event: Event): 'ok' | Reason {
  readTrailer(line, at, end, event);
  if (ported) return readPorted(line, at, end, event);
  if (line.startsWith('icmp6: ', at) || line.startsWith('ICMP6, ', at)) event.proto = 58;
  else if (line.startsWith('icmp: ', at) || line.startsWith('ICMP ', at)) event.proto = 1;
  if (event.proto === 1 || event.proto === 58) {
    readIcmpText(line, line.indexOf(' ', at) + 1, end, event);
    return 'ok';
  }
  if (event.proto > 0) return 'ok';
  return readProto(line, at, end, event);
}

/** With ports it is TCP where flags follow or `-v` says so, and UDP otherwise: tcpdump decodes by the port. */
function readPorted(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  if (event.proto === 0) {
    const word = wordEnd(line, at, end);
    // One word does not tell which it is, nor do flags before a second one that is cut.
    if (word >= end) return 'truncated';
    const flags = flagsOf(line, at, word) > 0;
    if (flags && !isTcp(line, word, end) && wordEnd(line, word + 1, end) >= end) return 'truncated';
    if (line.startsWith('sctp', at)) event.proto = 132;
    else if (line.startsWith('tcp ', at) || line.startsWith('Flags ', at)) event.proto = TCP;
    else if (line.charCodeAt(at) === DOT && word === at + 1) event.proto = TCP;
    else event.proto = flags && isTcp(line, word, end) ? TCP : UDP;
  }
  return event.proto === TCP ? readTcpText(line, at, end, event) : 'ok';
}

/** Whether `1:1(0)`, `ack`, `win` or `urg` follows what may be flags: `R 0:0(0)` and not a word of a UDP protocol. */
function isTcp(line: string, at: number, end: number): boolean {
  const i = skipSpaces(line, at);
  if (line.startsWith('ack ', i) || line.startsWith('win ', i) || line.startsWith('urg ', i)) return true;
  return decimal(line, i, end, MAX_UINT32) >= 0 && codeAt(line, cursor.at) === COLON;
}

/** `gre …`, `esp …`, `ip-proto-103 20`, `igmp query`, `ospf …`: the protocol by its word. */
function readProto(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  if (line.startsWith('ip-proto-', at)) {
    event.proto = decimal(line, at + 9, end, MAX_UINT8);
    if (cursor.at >= end) return 'truncated';
    return event.proto < 0 ? 'bad-field' : 'ok';
  }
  let i = at;
  while (i < end && isWordCode(line.charCodeAt(i))) i++;
  if (i >= end) return 'truncated';
  const word = line.substring(at, Math.min(i, at + 16)).toLowerCase();
  event.proto = Math.max(protoNumber(word), 0);
  return event.proto === 0 ? 'bad-field' : 'ok';
}

const isWordCode = (c: number): boolean => ((c | 32) >= 97 && (c | 32) <= 122) || (c >= 48 && c <= 57) || c === 45;
