import { ABSENT, type Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, cursor, decimal, isDigit, MAX_UINT32, MAX_UINT8, SPACE } from '../scan.js';
import { endpoint, FAILED, fail, failure, readArrow, readEndpoint } from './endpoint.js';
import { readNat } from './nat.js';

const COMMA = 44;
const PAREN = 40;
const TCP = 6;

/**
 * Reads `TCP (SYN), SRC:sp->DST:dp, NAT …, prio x->y, len N` at `at`, after the word `proto`. All of it is the
 * router's own wording; names that others choose stand before it.
 */
export function readPacket(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const i = readTail(line, at, end, event);
  if (i !== FAILED) return event.dstIp === '' ? 'truncated' : 'ok';
  return failure.at >= end ? 'truncated' : failure.reason;
}

function readTail(line: string, at: number, end: number, event: Event): number {
  let i = readProto(line, at, end, event);
  if (i === FAILED) return FAILED;
  if (codeAt(line, i) === SPACE && codeAt(line, i + 1) === PAREN) i = readDetail(line, i + 2, end, event);
  if (i === FAILED) return FAILED;
  i = skipComma(line, i, end);
  i = i === FAILED ? FAILED : readEndpoint(line, i, end);
  if (i === FAILED) return FAILED;
  event.srcIp = endpoint.ip;
  event.srcPort = endpoint.port;
  i = readArrow(line, i, end);
  i = i === FAILED ? FAILED : readEndpoint(line, i, end);
  if (i === FAILED) return FAILED;
  // `len` always follows: digits at the very end may be the first of more.
  if (i >= end) return fail('truncated', end);
  event.dstIp = endpoint.ip;
  event.dstPort = endpoint.port;
  if (line.charCodeAt(i) !== COMMA) return fail('bad-address', i);
  return readNotes(line, i, end, event);
}

function readProto(line: string, at: number, end: number, event: Event): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== COMMA && line.charCodeAt(i) !== SPACE) i++;
  const digits = isDigit(codeAt(line, at));
  event.proto = digits ? decimal(line, at, i, MAX_UINT8) : protoNumber(line.substring(at, i));
  return event.proto < 0 || (digits && cursor.at !== i) ? fail('bad-field', i) : i;
}

/** What stands in brackets behind the protocol: `SYN,ACK` or `type 8, code 0`. Empty brackets are no flag at all. */
function readDetail(line: string, at: number, end: number, event: Event): number {
  const close = line.indexOf(')', at);
  if (close < 0 || close >= end) return fail('truncated', end);
  if (event.proto === TCP) {
    event.tcpFlags = 0;
    for (let i = at; i < close; i++) {
      const bit = flagAt(line, i, close);
      event.tcpFlags |= bit;
      if (bit !== 0) i += 3;
    }
  } else if (line.startsWith('type ', at)) {
    event.icmpType = decimal(line, at + 5, close, MAX_UINT8);
    if (event.icmpType < 0) return fail('bad-field', close);
    const code = line.indexOf('code ', cursor.at);
    if (code > 0 && code < close) {
      event.icmpCode = decimal(line, code + 5, close, MAX_UINT8);
      if (event.icmpCode < 0) return fail('bad-field', close);
    }
  }
  return close + 1;
}

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** Bit of the flag word at `at`, 0 when there is none. */
function flagAt(line: string, at: number, end: number): number {
  if (at + 3 > end) return 0;
  for (let bit = 0; bit < FLAGS.length; bit++) if (line.startsWith(FLAGS[bit]!, at)) return 1 << bit;
  return 0;
}

function skipComma(line: string, at: number, end: number): number {
  if (at >= end || line.charCodeAt(at) !== COMMA) return fail('bad-field', Math.min(at + 1, end));
  return codeAt(line, at + 1) === SPACE ? at + 2 : at + 1;
}

/** `, NAT …`, `, prio 1->0` and `, len 52` in whatever order; others are passed over. */
function readNotes(line: string, at: number, end: number, event: Event): number {
  let i = at;
  while (i >= 0 && i < end) {
    const start = codeAt(line, i + 1) === SPACE ? i + 2 : i + 1;
    if (line.startsWith('len ', start)) {
      event.length = decimal(line, start + 4, end, MAX_UINT32);
      if (event.length < 0 && cursor.at < end) return fail('bad-field', cursor.at);
      // A length at the very end is whole: nothing ever follows it.
      i = cursor.at;
    } else if (line.startsWith('NAT ', start)) {
      i = readNat(line, start + 4, end, event);
      if (i === FAILED && failure.at >= end) return end;
      if (i === FAILED) return FAILED;
    } else if (line.startsWith('prio ', start)) {
      i = nextComma(line, start, end);
      (event.attrs ??= {})['prio'] = line.substring(start + 5, Math.min(i, start + 25));
    }
    i = nextComma(line, Math.max(i, start), end);
  }
  if (event.length < 0) event.length = ABSENT;
  return i;
}

function nextComma(line: string, at: number, end: number): number {
  const i = line.indexOf(',', at);
  return i < 0 || i > end ? end : i;
}
