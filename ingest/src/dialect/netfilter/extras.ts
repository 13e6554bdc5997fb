import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import { CLOSE, codeAt, COLON, cursor, decimal, MAX_UINT32, OPEN, SPACE, trimmed, wordEnd } from '../scan.js';
import { key } from './key.js';

const MARK = key('MARK=');
const ACK_NUMBER = key('ACK=');
const OPT = key('OPT ');
const FRAG = key('FRAG:');
const INCOMPLETE = key('INCOMPLETE');
const PHYS = key('PHYSIN=');
const MACSRC = key('MACSRC=');
const TUNNEL = key('TUNNEL=');
const GATEWAY = key('GATEWAY=');
/** Keys whose value is kept as it is, under this name. */
const PLAIN = new Map([
  [key('UID='), 'uid'],
  [key('GID='), 'gid'],
  [key('VID='), 'vlan'],
  [key('MTU='), 'mtu'],
]);

/** What one line's body has said so far; one object, reset for each line. */
export const seen = {
  sourcePort: false,
  targetPort: false,
  /** The TCP flag words are over: no more of them can follow. */
  flags: false,
  /** A later fragment, or a packet too short for its own header: no ports to expect. */
  headless: false,
  /** The line ends inside a word that was not understood. */
  cut: false,
};

export function resetSeen(): void {
  seen.sourcePort = false;
  seen.targetPort = false;
  seen.flags = false;
  seen.headless = false;
  seen.cut = false;
}

/** Keeps the word at `at` as an attribute and returns the index after it. */
export function attribute(event: Event, key: string, line: string, at: number, end: number): number {
  const stop = wordEnd(line, at, end);
  keepAttr(event, key, line, at, stop);
  return stop;
}

/**
 * Reads the field or word at `at` that no column holds; returns the index after it. Words of no meaning here (`DF`,
 * `TOS=0x00`) are passed over. `proto` is -1 before `PROTO=`.
 */
export function readExtra(line: string, at: number, end: number, word: number, proto: number, event: Event): number {
  const stop = wordEnd(line, at, end);
  switch (word) {
    case MARK:
      if (!isZero(line, at + 5, stop)) keepAttr(event, 'mark', line, at + 5, stop);
      return stop;
    case ACK_NUMBER:
      if (!isZero(line, at + 4, stop)) keepAttr(event, 'ack', line, at + 4, stop);
      return stop;
    case OPT:
      return readOptions(line, at + 4, end, proto, event);
    case FRAG:
      return readFragment(line, at + 5, stop, event);
    case INCOMPLETE:
      seen.headless = true;
      return codeAt(line, stop + 1) === OPEN ? skipBracket(line, stop + 1, end, event, false) : stop;
    case PHYS:
      return readPhysical(line, at, stop, event);
    case MACSRC:
      keepAttr(event, 'mac', line, at + 7, stop);
      return stop;
    case TUNNEL:
      keepAttr(event, 'tunnel', line, at + 7, stop);
      return stop;
    case GATEWAY:
      keepAttr(event, 'gateway', line, at + 8, stop);
      return stop;
    default:
      return readPlain(line, at, stop, end, word, event);
  }
}

function readPlain(line: string, at: number, stop: number, end: number, word: number, event: Event): number {
  const label = PLAIN.get(word);
  if (label !== undefined) keepAttr(event, label, line, at + 4, stop);
  else if (stop === end && !line.substring(at, stop).includes('=')) seen.cut = true;
  return stop;
}

/** `0` or `0x0`: no mark, no number. */
function isZero(line: string, at: number, end: number): boolean {
  for (let i = at; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c !== 48 && !(c === 120 && i === at + 1)) return false;
  }
  return true;
}

/** MAC= is target (6), source (6), type (2) and, on tunnels, whatever else the link header holds. */
export function readMac(line: string, at: number, end: number, event: Event): number {
  if (at >= end || line.charCodeAt(at) === SPACE) return at;
  const space = line.indexOf(' ', at);
  const stop = space < 0 || space > end ? end : space;
  if (stop - at >= 35 && line.charCodeAt(at + 17) === COLON && line.charCodeAt(at + 2) === COLON) {
    const mac = line.substring(at + 18, at + 35);
    if (event.attrs === null) event.attrs = { mac };
    else event.attrs['mac'] = mac;
  }
  return stop;
}

function readPhysical(line: string, at: number, stop: number, event: Event): number {
  if (line.startsWith('PHYSIN=', at)) keepAttr(event, 'physin', line, at + 7, stop);
  else if (line.startsWith('PHYSOUT=', at)) keepAttr(event, 'physout', line, at + 8, stop);
  return stop;
}

/** `FRAG:185` (IPv4) or `FRAG:0 ID:0000abcd` (IPv6): only the first fragment has ports. */
function readFragment(line: string, at: number, stop: number, event: Event): number {
  const offset = decimal(line, at, stop, MAX_UINT32);
  if (cursor.at !== stop) return stop;
  if (offset !== 0) seen.headless = true;
  keepAttr(event, 'frag', line, at, stop);
  return stop;
}

/** `OPT (020405B4) ` of TCP; IPv4's and IPv6's own options stand before `PROTO=` and are passed over. */
function readOptions(line: string, at: number, end: number, proto: number, event: Event): number {
  if (at >= end || line.charCodeAt(at) !== 40) return Math.min(at, end);
  const close = line.indexOf(')', at);
  if (close < 0 || close >= end) return end;
  if (proto >= 0) keepTrimmed(event, 'opt', line, at + 1, close);
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
  if (keep) keepTrimmed(event, 'inner', line, at + 1, i);
  return i < end ? i + 1 : end;
}

function keepTrimmed(event: Event, label: string, line: string, from: number, to: number): void {
  const value = trimmed(line, from, to);
  keepAttr(event, label, value, 0, value.length);
}
