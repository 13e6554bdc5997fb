import { ABSENT, type Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, cursor, decimal, isDigit, MAX_UINT32, MAX_UINT8, SPACE, startsAt } from '../scan.js';
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
  } else if (startsAt(line, at, 'type ')) {
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

/** Flag words by their first letters; RouterOS writes them in any order. */
function flagAt(line: string, at: number, end: number): number {
  if (at + 3 > end) return 0;
  switch (line.charCodeAt(at)) {
    case 70:
      return startsAt(line, at, 'FIN') ? 1 : 0;
    case 83:
      return startsAt(line, at, 'SYN') ? 2 : 0;
    case 82:
      return startsAt(line, at, 'RST') ? 4 : 0;
    case 80:
      return startsAt(line, at, 'PSH') ? 8 : 0;
    case 65:
      return startsAt(line, at, 'ACK') ? 16 : 0;
    case 85:
      return startsAt(line, at, 'URG') ? 32 : 0;
    case 69:
      return startsAt(line, at, 'ECE') ? 64 : 0;
    case 67:
      return startsAt(line, at, 'CWR') ? 128 : 0;
    default:
      return 0;
  }
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
    if (startsAt(line, start, 'len ')) {
      event.length = decimal(line, start + 4, end, MAX_UINT32);
      if (event.length < 0 && start + 4 < end) return fail('bad-field', start);
      // A length at the very end is whole: nothing ever follows it.
      i = cursor.at;
    } else if (startsAt(line, start, 'NAT ')) {
      i = readNat(line, start + 4, end, event);
      if (i === FAILED && failure.at >= end) return end;
      if (i === FAILED) return FAILED;
    } else if (startsAt(line, start, 'prio ')) {
      i = nextComma(line, start, end);
      keepAttr(event, 'prio', line, start + 5, i);
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
