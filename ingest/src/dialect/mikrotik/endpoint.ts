import type { Reason } from '../dialect.js';
import { scanIp, scanIpv6, skipZone } from '../ip/address.js';
import { CLOSE, codeAt, COLON, cursor, decimal, MAX_UINT16, OPEN, startsAt } from '../scan.js';

/** The address and port read last: `192.0.2.1:80`, `[2001:db8::1]:80`, or either without a port (then 0). */
export const endpoint = { ip: '', port: 0 };

/** Why and where the last read failed; a failure at the very end of a line means that the line was cut. */
export const failure: { reason: Reason; at: number } = { reason: 'bad-field', at: 0 };

/** Returned in place of an index. */
export const FAILED = -1;

export function fail(reason: Reason, at: number): number {
  failure.reason = reason;
  failure.at = at;
  return FAILED;
}

/** Reads the endpoint at `at` into `endpoint`; returns the index after it, or `FAILED`. */
export function readEndpoint(line: string, at: number, end: number): number {
  const bracketed = codeAt(line, at) === OPEN;
  const start = bracketed ? at + 1 : at;
  const stop = bracketed ? scanIpv6(line, start, end) : scanIp(line, start, end);
  if (stop < 0) return fail(at >= end ? 'no-address' : 'bad-address', endOfAddress(line, at, end));
  endpoint.ip = line.substring(start, stop);
  let i = skipZone(line, stop, end);
  if (bracketed) {
    if (i >= end || line.charCodeAt(i) !== CLOSE) return fail('bad-address', endOfAddress(line, i, end));
    i++;
  }
  endpoint.port = 0;
  if (i >= end || line.charCodeAt(i) !== COLON) return i;
  endpoint.port = decimal(line, i + 1, end, MAX_UINT16);
  return endpoint.port < 0 ? fail('bad-port', endOfAddress(line, i, end)) : cursor.at;
}

/** Where what should have been an address ends: at an arrow, comma, bracket or space. */
function endOfAddress(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && !' ,()>'.includes(line[i]!)) i++;
  return i;
}

/** Index after `->` at `at`, or `FAILED`. */
export function readArrow(line: string, at: number, end: number): number {
  return startsAt(line, at, '->') && at + 2 <= end ? at + 2 : fail('bad-address', Math.min(at + 1, end));
}
