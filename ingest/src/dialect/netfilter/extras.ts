import type { Event } from '../../event/event.js';
import { CLOSE, codeAt, COLON, cursor, decimal, MAX_UINT32, OPEN, wordEnd } from '../scan.js';
import * as field from './fields.js';
import { fail, seen } from './seen.js';

/** A value longer than this is kept in the message only. */
const VALUE_LIMIT = 512;

/** Sets an attribute; the object exists only for lines that have one. */
export function setAttribute(event: Event, key: string, value: string): void {
  if (value === '') return;
  (event.attrs ??= {})[key] = value.length > VALUE_LIMIT ? value.substring(0, VALUE_LIMIT) : value;
}

/** Keeps the word at `at` as an attribute and returns the index after it. */
export function attribute(event: Event, key: string, line: string, at: number, end: number): number {
  const stop = wordEnd(line, at, end);
  setAttribute(event, key, line.substring(at, stop));
  return stop;
}

/** Reads the field or word at `at` that no column holds; returns the index after it. Unknown words are passed over. */
export function readExtra(line: string, at: number, end: number, key: number, event: Event): number {
  const stop = wordEnd(line, at, end);
  switch (key) {
    case field.MAC:
      readMac(line, at + 4, stop, event);
      return stop;
    case field.MARK:
      if (!isZero(line, at + 5, stop)) setAttribute(event, 'mark', line.substring(at + 5, stop));
      return stop;
    case field.ACK_NUMBER:
      if (!isZero(line, at + 4, stop)) setAttribute(event, 'ack', line.substring(at + 4, stop));
      return stop;
    case field.OPT:
      return readOptions(line, at + 4, end, event);
    case field.FRAG:
      return readFragment(line, at + 5, end, stop, event);
    case field.INCOMPLETE:
      seen.headless = true;
      return codeAt(line, stop + 1) === OPEN ? skipBracket(line, stop + 1, end, event, false) : stop;
    case field.PHYS:
      return readPhysical(line, at, stop, event);
    case field.MACSRC:
      setAttribute(event, 'mac', line.substring(at + 7, stop));
      return stop;
    case field.TUNNEL:
      setAttribute(event, 'tunnel', line.substring(at + 7, stop));
      return stop;
    case field.GATEWAY:
      setAttribute(event, 'gateway', line.substring(at + 8, stop));
      return stop;
    case field.UID:
    case field.GID:
    case field.VID:
    case field.MTU:
      setAttribute(event, LOWER.get(key)!, line.substring(at + 4, stop));
      return stop;
    case field.ARP:
      return seen.proto < 0 ? fail('not-traffic', line, at, end) : stop;
    default:
      if (stop === end && line.indexOf('=', at) < 0) seen.cut = true;
      return stop;
  }
}

const LOWER = new Map([
  [field.UID, 'uid'],
  [field.GID, 'gid'],
  [field.VID, 'vlan'],
  [field.MTU, 'mtu'],
]);

/** `0` or `0x0`: no mark, no number. */
function isZero(line: string, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c !== 48 && !(c === 120 && i === at + 1)) return false;
  }
  return true;
}

/** MAC= is target (6), source (6), type (2) and, on tunnels, whatever else the link header holds. */
function readMac(line: string, at: number, end: number, event: Event): void {
  if (end - at >= 35 && line.charCodeAt(at + 17) === COLON && line.charCodeAt(at + 2) === COLON) {
    (event.attrs ??= {})['mac'] = line.substring(at + 18, at + 35);
  }
}

function readPhysical(line: string, at: number, stop: number, event: Event): number {
  if (line.startsWith('PHYSIN=', at)) setAttribute(event, 'physin', line.substring(at + 7, stop));
  else if (line.startsWith('PHYSOUT=', at)) setAttribute(event, 'physout', line.substring(at + 8, stop));
  return stop;
}

/** `FRAG:185` (IPv4) or `FRAG:0 ID:0000abcd` (IPv6): only the first fragment has ports. */
function readFragment(line: string, at: number, end: number, stop: number, event: Event): number {
  const offset = decimal(line, at, end, MAX_UINT32);
  if (cursor.at !== stop) return stop;
  if (offset !== 0) seen.headless = true;
  setAttribute(event, 'frag', line.substring(at, stop));
  return stop;
}

/** `OPT (020405B4) ` of TCP; IPv4's and IPv6's own options stand before `PROTO=` and are passed over. */
function readOptions(line: string, at: number, end: number, event: Event): number {
  if (line.charCodeAt(at) !== 40) return at;
  const close = line.indexOf(')', at);
  if (close < 0 || close >= end) return end;
  if (seen.proto >= 0) setAttribute(event, 'opt', line.substring(at + 1, close).trim());
  return close + 1;
}

/**
 * Index after the bracket at `at`, nested ones included: the packet that an ICMP error quotes, kept as text. One
 * that is never closed reaches to the end.
 */
export function skipBracket(line: string, at: number, end: number, event: Event, keep = true): number {
  let depth = 0;
  let i = at;
  for (; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === OPEN) depth++;
    else if (c === CLOSE && --depth === 0) break;
  }
  if (keep) setAttribute(event, 'inner', line.substring(at + 1, i).trim());
  return i < end ? i + 1 : end;
}
