import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { codeAt, cursor, decimal, isDigit, MAX_UINT16, MAX_UINT32, MAX_UINT8, name, SLASH } from '../scan.js';
import { whole } from '../span.js';
import { keepNat, keepZones, setPorts, splitNames } from './settle.js';
import { splitWords, wordCount, wordEnd, wordStart, wordStop } from '../words.js';

/** A pair of endpoints, `192.0.2.1/80->198.51.100.2/443`; the last one read. */
export const pair = { srcIp: '', srcPort: 0, dstIp: '', dstPort: 0, at: 0, reason: 'bad-address' as Reason };

/** Reads the pair at `at`; false with the reason and the place when it is none. */
export function readPair(line: string, at: number, end: number): boolean {
  if (!readEnd(line, at, end)) return false;
  pair.srcIp = one.ip;
  pair.srcPort = one.port;
  const arrow = pair.at;
  if (!line.startsWith('->', arrow)) return lost('bad-address', arrow + 2 > end ? end : arrow);
  if (!readEnd(line, arrow + 2, end)) return false;
  pair.dstIp = one.ip;
  pair.dstPort = one.port;
  return true;
}

const one = { ip: '', port: 0 };

function readEnd(line: string, at: number, end: number): boolean {
  const stop = scanIp(line, at, end);
  if (stop < 0) return lost('bad-address', wordEnd(line, at, end));
  if (stop >= end || line.charCodeAt(stop) !== SLASH) return lost('bad-port', stop);
  one.ip = line.substring(at, stop);
  one.port = decimal(line, stop + 1, end, MAX_UINT16);
  if (one.port < 0) return lost('bad-port', cursor.at);
  pair.at = cursor.at;
  return true;
}

function lost(reason: Reason, at: number): boolean {
  pair.reason = reason;
  pair.at = at;
  return false;
}

const number = (line: string, word: number, max: number): number => whole(line, wordStart(word), wordStop(word), max);
const named = (line: string, word: number): string =>
  word < wordCount ? name(line, wordStart(word), wordStop(word)) : '';

/**
 * Reads `session created A->B service A->B rule rule 6 policy zone zone session …`, `session closed REASON: …` and
 * `session denied …`. Releases differ in the words between the translated pair and the protocol; the protocol is the
 * number four words before the session's.
 */
export function readSession(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const denied = line.startsWith('session denied ', at);
  const closed = line.startsWith('session closed ', at);
  if (!denied && !closed && !line.startsWith('session created ', at)) {
    return end - at < 16 && 'session created '.startsWith(line.substring(at, end)) ? 'truncated' : 'bad-field';
  }
  event.action = denied ? 'drop' : 'allow';
  let i = at + (denied || closed ? 15 : 16);
  if (closed) {
    const colon = line.indexOf(': ', i);
    if (colon < 0 || colon >= end) return 'truncated';
    keepAttr(event, 'reason', line, i, colon);
    i = colon + 2;
  }
  if (!readPair(line, i, end)) return pair.at >= end ? 'truncated' : pair.reason;
  // Digits at the end of the line may be the first of more.
  if (pair.at >= end) return 'truncated';
  event.srcIp = pair.srcIp;
  event.dstIp = pair.dstIp;
  const { srcPort, dstPort } = pair;
  splitWords(line, pair.at, end);
  let word = 0;
  if (word < wordCount && line.startsWith('0x', wordStart(word))) word++;
  const service = word++;
  const verdict = denied ? readDenied(line, word, event) : readAllowed(line, word, end, closed, event);
  if (verdict !== 'ok') return verdict;
  setPorts(event, srcPort, dstPort);
  if (service < wordCount) keepService(line, service, event);
  return 'ok';
}

function keepService(line: string, word: number, event: Event): void {
  const service = named(line, word);
  if (service !== 'None' && service !== 'icmp') (event.attrs ??= {})['service'] = service;
}

/** `17(0) policy zone zone application nested user(roles) interface encrypted reason`. */
function readDenied(line: string, from: number, event: Event): 'ok' | Reason {
  if (from >= wordCount) return 'truncated';
  event.proto = decimal(line, wordStart(from), wordStop(from), MAX_UINT8);
  if (event.proto < 0) return 'bad-field';
  if (codeAt(line, cursor.at) !== 40 || cursor.at >= wordStop(from))
    return from === wordCount - 1 ? 'truncated' : 'bad-field';
  const type = decimal(line, cursor.at + 1, wordStop(from), MAX_UINT8);
  if (cursor.at + 1 !== wordStop(from)) return from === wordCount - 1 ? 'truncated' : 'bad-field';
  if (type < 0) return 'bad-field';
  if (event.proto === 1 || event.proto === 58) event.icmpType = type;
  // The zones follow the policy always; what ends the line may be cut.
  if (from + 4 >= wordCount) return 'ok';
  event.rule = named(line, from + 1);
  keepZones(event, named(line, from + 2), named(line, from + 3));
  const user = findUser(line, from + 4);
  if (user > 0 && user + 2 < wordCount) splitNames(event, named(line, user), named(line, user + 1));
  // The reason stands last, in some releases: `Denied by policy`, `Rejected by policy`.
  for (let word = user + 1; user > 0 && word < wordCount; word++) {
    if (line.startsWith('Rejected', wordStart(word))) event.action = 'reject';
  }
  return 'ok';
}

/** The word `user(roles)`, behind which the interface stands; -1 when there is none. */
function findUser(line: string, from: number): number {
  for (let word = from; word < wordCount; word++) {
    const open = line.indexOf('(', wordStart(word));
    if (open > wordStart(word) && open < wordStop(word) && line.charCodeAt(wordStop(word) - 1) === 41) return word;
  }
  return -1;
}

function readAllowed(line: string, from: number, end: number, closed: boolean, event: Event): 'ok' | Reason {
  let word = from;
  // Bare sessions without translation leave the second pair out.
  const translated =
    word < wordCount && line.indexOf('->', wordStart(word)) > 0 && line.indexOf('->', wordStart(word)) < wordStop(word);
  if (translated) {
    if (!readPair(line, wordStart(word), wordStop(word))) return wordStop(word) === end ? 'truncated' : pair.reason;
    word++;
  }
  const proto = findProto(line, word);
  if (proto < 0) return 'truncated';
  event.proto = number(line, proto, MAX_UINT8);
  if (translated) keepNat(event, pair.srcIp, pair.srcPort, pair.dstIp, pair.dstPort);
  event.rule = named(line, proto + 1);
  keepZones(event, named(line, proto + 2), named(line, proto + 3));
  const session = proto + 4;
  if (session + 1 < wordCount) keepAttr(event, 'session', line, wordStart(session), wordStop(session));
  if (closed) return readTotals(line, session + 1, event);
  const user = findUser(line, session + 1);
  if (user > 0 && user + 1 < wordCount) splitNames(event, named(line, user), wholeName(line, user + 1, end));
  return 'ok';
}

/** A name that ends the line may be cut, so it is none. */
const wholeName = (line: string, word: number, end: number): string => (wordStop(word) < end ? named(line, word) : '');

/** The first number up to 255 with another number, the session's, four words behind it. */
function findProto(line: string, from: number): number {
  for (let word = from; word < from + 9 && word + 4 < wordCount; word++) {
    if (!isDigit(line.charCodeAt(wordStart(word))) || !isDigit(line.charCodeAt(wordStart(word + 4)))) continue;
    if (number(line, word, MAX_UINT8) >= 0 && number(line, word + 4, Number.MAX_SAFE_INTEGER / 16) >= 0) return word;
  }
  return -1;
}

/** `packets(bytes) packets(bytes) seconds application nested user(roles) interface`: the client's, the server's. */
function readTotals(line: string, word: number, event: Event): 'ok' | Reason {
  if (word + 3 >= wordCount) return 'ok';
  let packets = 0;
  let bytes = 0;
  for (const each of [word, word + 1]) {
    const one = decimal(line, wordStart(each), wordStop(each), MAX_TOTAL);
    if (one < 0 || codeAt(line, cursor.at) !== 40) return 'ok';
    packets += one;
    const other = decimal(line, cursor.at + 1, wordStop(each), MAX_TOTAL);
    if (other < 0) return 'bad-field';
    bytes += other;
  }
  event.packets = packets;
  event.bytes = bytes;
  const seconds = number(line, word + 2, Math.floor(MAX_UINT32 / 1000));
  if (seconds < 0) return 'bad-field';
  event.durationMs = seconds * 1000;
  const user = findUser(line, word + 3);
  if (user > 0 && user + 2 < wordCount) splitNames(event, named(line, user), named(line, user + 1));
  return 'ok';
}

const MAX_TOTAL = Number.MAX_SAFE_INTEGER / 16;
