import { codeAt } from '../scan.js';

/**
 * Strict reading of addresses in place: no copy, no regular expression. What a log line calls an address is
 * taken only when every resolver would read it the same way, so no leading zeros (octal to some) and no
 * shortened IPv4.
 */

const DOT = 46;
const COLON = 58;
const PERCENT = 37;
const ZERO = 48;

const isDigit = (c: number): boolean => c >= 48 && c <= 57;
const isHex = (c: number): boolean => (c >= 48 && c <= 57) || ((c | 32) >= 97 && (c | 32) <= 102);

/** Index after the dotted IPv4 address that starts at `at`, or -1 when there is none. Looks no further than `end`. */
export function scanIpv4(line: string, at: number, end: number): number {
  let i = at;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0) {
      if (i >= end || line.charCodeAt(i) !== DOT) return -1;
      i++;
    }
    const start = i;
    let value = 0;
    while (i < end && i - start < 4) {
      const digit = line.charCodeAt(i) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      i++;
    }
    const digits = i - start;
    if (digits === 0 || digits > 3 || value > 255) return -1;
    if (digits > 1 && line.charCodeAt(start) === ZERO) return -1;
  }
  if (i < end && line.charCodeAt(i) === DOT) return -1;
  return i;
}

/** Index after the IPv6 address (with or without `::`, with or without a dotted end) at `at`, or -1. */
export function scanIpv6(line: string, at: number, end: number): number {
  let i = at;
  let groups = 0;
  let gap = false;
  if (i < end && line.charCodeAt(i) === COLON) {
    if (i + 1 >= end || line.charCodeAt(i + 1) !== COLON) return -1;
    gap = true;
    i += 2;
    if (i >= end || !isHex(line.charCodeAt(i))) return finish(line, i, end);
  }
  for (;;) {
    const start = i;
    while (i < end && i - start < 5 && isHex(line.charCodeAt(i))) i++;
    const length = i - start;
    if (length === 0 || length > 4) return -1;
    const c = i < end ? line.charCodeAt(i) : 0;
    if (c === DOT) {
      i = scanIpv4(line, start, end);
      if (i < 0) return -1;
      groups += 2;
      break;
    }
    groups++;
    if (groups > 8) return -1;
    if (c !== COLON) break;
    i++;
    if (i < end && line.charCodeAt(i) === COLON) {
      if (gap) return -1;
      gap = true;
      i++;
      if (i >= end || !isHex(line.charCodeAt(i))) break;
    }
  }
  if (gap ? groups > 7 : groups !== 8) return -1;
  return finish(line, i, end);
}

/** A colon left over means that the run was longer than an address. */
function finish(line: string, at: number, end: number): number {
  return at < end && line.charCodeAt(at) === COLON ? -1 : at;
}

/**
 * Index after the address of either family at `at`, or -1. The caller decides what may follow: a space, a
 * colon and port, an arrow. A zone id (`fe80::1%eth0`) is not part of it; see `skipZone`.
 */
export function scanIp(line: string, at: number, end: number): number {
  // Told apart by the first dot or colon: at most 3 digits stand before a dot, at most 4 before a colon.
  for (let i = at; i < end && i < at + 5; i++) {
    const c = line.charCodeAt(i);
    if (c === DOT) return scanIpv4(line, at, end);
    if (c === COLON) return scanIpv6(line, at, end);
    if (!isHex(c)) return -1;
  }
  return -1;
}

/** Index after a zone id (`%eth0`), which ends at a space, bracket or arrow; `at` itself when there is none. */
export function skipZone(line: string, at: number, end: number): number {
  if (at >= end || line.charCodeAt(at) !== PERCENT) return at;
  let i = at + 1;
  while (i < end) {
    const c = line.charCodeAt(i);
    const word = isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 122) || c === 46 || c === 95;
    if (!word && !(c === 45 && codeAt(line, i + 1) !== 62)) break;
    i++;
  }
  return i;
}

/** Whether all of `text` is one address. */
export const isIp = (text: string): boolean => text !== '' && scanIp(text, 0, text.length) === text.length;
