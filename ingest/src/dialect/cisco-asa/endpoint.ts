import type { Reason } from '../dialect.js';
import { scanIp, scanIpv4 } from '../ip/address.js';
import { codeAt, COLON, cursor, decimal, isDigit, MAX_UINT16, name, SLASH, SPACE } from '../scan.js';
import { serviceNumber } from './services.js';

/** One end of a connection as a message names it. */
export interface Endpoint {
  iface: string;
  /** '' when the device printed a name in place of the address. */
  ip: string;
  name: string;
  port: number;
  natIp: string;
  natPort: number;
  user: string;
}

export const newEndpoint = (): Endpoint => ({ iface: '', ip: '', name: '', port: 0, natIp: '', natPort: 0, user: '' });

export function clearEndpoint(end: Endpoint): void {
  end.iface = end.ip = end.name = end.natIp = end.user = '';
  end.port = end.natPort = 0;
}

/** Why the last read failed, and where what it could not read ends. */
export const failure: { reason: Reason; at: number } = { reason: 'bad-field', at: 0 };

export function fail(reason: Reason, at: number): number {
  failure.reason = reason;
  failure.at = at;
  return -1;
}

const PAREN = 40;
const PAREN_END = 41;
const DOT = 46;

/**
 * `outside:192.0.2.1/80(LOCAL\\alice)`; the interface comes first. Its name may hold spaces (`NP Identity Ifc: `), so it
 * ends at the first colon behind which an address stands; with a name there, at the first colon.
 */
export function readWithInterface(line: string, at: number, end: number, into: Endpoint): number {
  if (scanIpv4(line, at, end) > 0) return readEndpoint(line, at, end, into);
  let first = -1;
  const limit = Math.min(end, at + INTERFACE_LIMIT);
  for (let i = at; i < limit; i++) {
    if (first >= 0 && i > first + 1 && isEnd(line.charCodeAt(i))) break;
    if (line.charCodeAt(i) !== COLON) continue;
    const start = codeAt(line, i + 1) === SPACE ? i + 2 : i + 1;
    if (first < 0) first = i;
    if (!isAddress(line, start, end)) continue;
    into.iface = name(line, at, i);
    return readEndpoint(line, start, end, into);
  }
  if (first < 0) return end <= limit ? fail('truncated', end) : fail('bad-address', limit);
  into.iface = name(line, at, first);
  return readEndpoint(line, codeAt(line, first + 1) === SPACE ? first + 2 : first + 1, end, into);
}

const INTERFACE_LIMIT = 96;

/** Whether an address, and not the start of a name, stands at `at`. */
function isAddress(line: string, at: number, end: number): boolean {
  const stop = scanIp(line, at, end);
  return stop > 0 && (stop >= end || isEnd(line.charCodeAt(stop)));
}

/** `192.0.2.1`, `192.0.2.1/80`, `2001:db8::1/80`, `mailhost/25`, each with a user or host name in brackets behind it. */
export function readEndpoint(line: string, at: number, end: number, into: Endpoint): number {
  let i = readAddress(line, at, end, into);
  if (i < 0) return i;
  if (codeAt(line, i) === SLASH && i < end) {
    i = readPort(line, i + 1, end, into);
    if (i < 0) return i;
  }
  return readUser(line, i, end, into);
}

/** `192.0.2.1/18425` of ICMP connections, where the number is the request's id and always there. */
export function readNumbered(line: string, at: number, end: number, into: Endpoint): number {
  const i = readAddress(line, at, end, into);
  if (i < 0) return i;
  if (i >= end || line.charCodeAt(i) !== SLASH) return fail(i >= end ? 'truncated' : 'bad-port', i);
  const stop = readPort(line, i + 1, end, into);
  return stop < 0 ? stop : readUser(line, stop, end, into);
}

/** `outside/192.0.2.1(80)(LOCAL\alice)` of 106100. */
export function readAclEndpoint(line: string, at: number, end: number, into: Endpoint): number {
  const paren = line.indexOf('(', at);
  if (paren < 0 || paren >= end) return fail('truncated', end);
  const slash = line.lastIndexOf('/', paren);
  if (slash < at) return fail('no-address', at);
  into.iface = name(line, at, slash);
  let i = readAddress(line, slash + 1, end, into);
  if (i < 0) return i;
  if (codeAt(line, i) !== PAREN || i >= end) return fail(i >= end ? 'truncated' : 'bad-port', i);
  i = readPort(line, i + 1, end, into);
  if (i < 0) return i;
  if (codeAt(line, i) !== PAREN_END || i >= end) return fail(i >= end ? 'truncated' : 'bad-port', i);
  return readUser(line, i + 1, end, into);
}

/** ` (198.51.100.1/80)` and a user's brackets behind it: what the address is translated to. */
export function readMapped(line: string, at: number, end: number, into: Endpoint): number {
  let i = at;
  while (i < end && line.charCodeAt(i) === SPACE) i++;
  if (i >= end || line.charCodeAt(i) !== PAREN) return fail(i >= end ? 'truncated' : 'bad-field', i);
  clearEndpoint(scratch);
  const stop = readEndpoint(line, i + 1, end, scratch);
  if (stop < 0) return stop;
  if (stop >= end) return fail('truncated', end);
  if (line.charCodeAt(stop) !== PAREN_END) return fail('bad-address', stop);
  into.natIp = scratch.ip;
  into.natPort = scratch.port;
  return readUser(line, stop + 1, end, into);
}

const scratch = newEndpoint();

/** An address that is not the packet's own: into `natIp` and `natPort`; a name there is not kept. */
export function readTranslated(line: string, at: number, end: number, into: Endpoint): number {
  clearEndpoint(scratch);
  const stop = readEndpoint(line, at, end, scratch);
  into.natIp = scratch.ip;
  into.natPort = scratch.port;
  return stop;
}

/** What ends an address: a slash, brackets, a space, a comma, a semicolon, a quote, an equals sign. */
const isEnd = (c: number): boolean =>
  c === SLASH || c === PAREN || c === PAREN_END || c === SPACE || c === 44 || c === 59 || c === 34 || c === 61;

/** Reads an address, or the name that `name` or DNS gave it; what is neither is refused. */
function readAddress(line: string, at: number, end: number, into: Endpoint): number {
  let i = at;
  let letters = false;
  while (i < end) {
    const c = line.charCodeAt(i);
    if (isEnd(c)) break;
    if (!isDigit(c) && c !== DOT && c !== COLON) letters = true;
    i++;
  }
  // A sentence's own full stop or colon.
  while (
    i > at &&
    (line.charCodeAt(i - 1) === DOT || (line.charCodeAt(i - 1) === COLON && line.charCodeAt(i - 2) !== COLON))
  )
    i--;
  if (i === at) return fail(at >= end ? 'truncated' : 'no-address', at);
  if (scanIp(line, at, i) === i) {
    into.ip = line.substring(at, i);
    return i;
  }
  // Names start with a letter and hold no colon; digits and dots that are no address are a broken one.
  if (!letters || !isLetter(line.charCodeAt(at)) || line.substring(at, i).includes(':')) return fail('bad-address', i);
  into.name = name(line, at, i);
  return i;
}

const isLetter = (c: number): boolean => ((c | 32) >= 97 && (c | 32) <= 122) || c > 127 || c === 95;

function readPort(line: string, at: number, end: number, into: Endpoint): number {
  if (isDigit(codeAt(line, at))) {
    into.port = decimal(line, at, end, MAX_UINT16);
    // More digits would only make it greater: not even a cut line can mean that.
    return into.port < 0 ? fail('bad-port', at) : cursor.at;
  }
  let i = at;
  while (i < end && i < at + 24 && isServiceCode(line.charCodeAt(i))) i++;
  into.port = serviceNumber(line.substring(at, i));
  return into.port < 0 ? fail('bad-port', i) : i;
}

const isServiceCode = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 48 && c <= 57) || c === 45;

/** `(LOCAL\alice, 123)` directly behind an address; `(type 8, code 0)` there is the message's. */
function readUser(line: string, at: number, end: number, into: Endpoint): number {
  if (at >= end || line.charCodeAt(at) !== PAREN || line.startsWith('(type ', at)) return at;
  let depth = 0;
  for (let i = at; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === PAREN) depth++;
    else if (c === PAREN_END && --depth === 0) {
      into.user = name(line, at + 1, i);
      return i + 1;
    }
  }
  return fail('truncated', end);
}
