import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { hasPorts } from '../fields/ends.js';
import { scanIp } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, COLON, cursor, decimal, isDigit, MAX_UINT16, MAX_UINT8, name, skipSpaces } from '../scan.js';

const COMMA = 44;
const DOT = 46;
const MINUS = 45;
const ACTION = 'Action: ';

/**
 * The sentence that Azure Firewall wrote before its logs had columns, in `line[at, end)`:
 * `TCP request from 10.0.0.4:49680 to 203.0.113.9:1688. Action: Deny. Policy: …. Rule: …`,
 * `… was DNAT'ed to 10.0.0.9:80`, `ICMP Type=8 request from 10.0.0.4 to 203.0.113.9`, a name for the target of HTTP.
 */
export function readMessage(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const request = line.indexOf(' request from ', at);
  if (request < 0 || request > end) return 'not-traffic';
  event.proto = readProto(line, at, request, event);
  if (event.proto < 0) return 'bad-field';
  let i = readSource(line, request + ' request from '.length, end, event);
  if (event.srcIp === '') return 'bad-address';
  if (!line.startsWith(' to ', i)) return 'no-address';
  i = readTarget(line, i + 4, end, event);
  if (i < 0) return 'bad-address';
  if (event.srcPort < 0 || event.dstPort < 0) return 'bad-port';
  if (line.startsWith(" was DNAT'ed to ", i)) readTranslation(line, i + " was DNAT'ed to ".length, end, event);
  // The last one: a URL, which a stranger words, comes before it.
  const action = line.lastIndexOf(ACTION, end);
  if (action < i && event.natDstIp === '') return 'truncated';
  if (event.natDstIp !== '') event.action = 'allow';
  else i = action;
  if (action >= i) event.action = actionOfWord(valueOf(line, action, end, ACTION));
  event.rule = valueOf(line, i, end, ' Rule: ');
  setAttr(event, 'policy', valueOf(line, i, end, 'Policy: '));
  setAttr(event, 'rule_collection', valueOf(line, i, end, 'Rule Collection: '));
  setAttr(event, 'category', valueOf(line, i, end, 'Web Category: '));
  return 'ok';
}

/** `TCP`, `ICMP Type=8`, and HTTP's names, which run over TCP. */
function readProto(line: string, at: number, end: number, event: Event): number {
  let stop = at;
  while (stop < end && codeAt(line, stop) !== 32) stop++;
  const word = line.substring(at, Math.min(stop, at + 24));
  if (word === 'HTTP' || word === 'HTTPS' || word === 'MSSQL') {
    setAttr(event, 'app', word.toLowerCase());
    return 6;
  }
  const proto = protoNumber(word);
  if (proto === 1 && line.startsWith(' Type=', stop)) event.icmpType = decimal(line, stop + 6, end, MAX_UINT8);
  return proto;
}

/** Index behind the source's address and port. */
function readSource(line: string, at: number, end: number, event: Event): number {
  const stop = scanAddress(line, at, end);
  event.srcIp = stop < 0 ? '' : line.substring(at, stop);
  if (stop < 0) return -1;
  return readPort(line, stop, end, event, 'srcPort');
}

/** Index behind the target, -1 when digits and dots are no address; a name goes to the attributes. */
function readTarget(line: string, at: number, end: number, event: Event): number {
  const stop = scanAddress(line, at, end);
  if (stop >= 0) {
    event.dstIp = line.substring(at, stop);
    return readPort(line, stop, end, event, 'dstPort');
  }
  let i = at;
  let letters = false;
  while (i < end && isNameCode(codeAt(line, i))) {
    if (!isDigit(codeAt(line, i)) && codeAt(line, i) !== DOT) letters = true;
    i++;
  }
  if (!letters) return -1;
  // The full stop of the sentence is not the name's.
  const last = codeAt(line, i - 1) === DOT ? i - 1 : i;
  setAttr(event, 'target_name', name(line, at, last));
  return readPort(line, last, end, event, 'dstPort');
}

const isNameCode = (c: number): boolean =>
  isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 122) || c === DOT || c === MINUS || c === 95;

/** Behind an address that a colon and port, a full stop or a space follows. */
function scanAddress(line: string, at: number, end: number): number {
  // Without the port's colon and the sentence's full stop: both may be taken for a part of an address.
  let stop = at;
  while (stop < end && codeAt(line, stop) !== 32 && codeAt(line, stop) !== COMMA) stop++;
  if (codeAt(line, stop - 1) === DOT) stop--;
  const whole = scanIp(line, at, stop);
  if (whole === stop) return whole;
  const colon = line.lastIndexOf(':', stop - 1);
  if (colon <= at) return -1;
  return scanIp(line, at, colon) === colon ? colon : -1;
}

function readPort(line: string, at: number, end: number, event: Event, key: 'srcPort' | 'dstPort'): number {
  if (codeAt(line, at) !== COLON || !hasPorts(event.proto)) return at;
  event[key] = decimal(line, at + 1, end, MAX_UINT16);
  return cursor.at;
}

function readTranslation(line: string, at: number, end: number, event: Event): void {
  const stop = scanAddress(line, at, end);
  if (stop < 0) return;
  event.natDstIp = line.substring(at, stop);
  if (codeAt(line, stop) === COLON) event.natDstPort = Math.max(decimal(line, stop + 1, end, MAX_UINT16), 0);
}

/** The words behind `key`, up to the full stop that ends them; '' when they do not come. */
function valueOf(line: string, at: number, end: number, key: string): string {
  const found = line.indexOf(key, at);
  if (found < 0 || found >= end) return '';
  const from = skipSpaces(line, found + key.length);
  const stop = line.indexOf('. ', from);
  let to = stop < 0 || stop > end ? end : stop;
  if (codeAt(line, to - 1) === DOT) to--;
  return name(line, from, Math.max(to, from));
}
