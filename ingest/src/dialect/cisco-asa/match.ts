import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, COLON, cursor, decimal, isDigit, MAX_UINT32, MAX_UINT8, name, SPACE } from '../scan.js';
import {
  clearEndpoint,
  fail,
  failure,
  newEndpoint,
  readAclEndpoint,
  readEndpoint,
  readMapped,
  readNumbered,
  readTranslated,
  readWithInterface,
} from './endpoint.js';
import { readFlags } from './flags.js';
import type { Field, Op } from './template.js';

/** What one message has said so far, beside what went into the event directly. */
export const said = {
  A: newEndpoint(),
  B: newEndpoint(),
  proto: -1,
  direction: '',
  /** Whether all that an event needs has been read. */
  enough: false,
};

export function clearSaid(): void {
  clearEndpoint(said.A);
  clearEndpoint(said.B);
  said.proto = -1;
  said.direction = '';
  said.enough = false;
}

/**
 * What `run` found: the message, another wording, a line that ends inside the wording, or the message with a field that
 * is wrong (see `failure`).
 */
export type Match = 'match' | 'other' | 'ended' | 'failed';

/** Reads `line[at, end)` by a template, into `said` and `event`. */
export function run(ops: readonly Op[], line: string, at: number, end: number, event: Event): Match {
  let i = at;
  for (const op of ops) {
    if (op.kind === 'enough') {
      said.enough = true;
      continue;
    }
    const next = step(op, line, i, end, event);
    if (next >= 0) {
      i = next;
      continue;
    }
    if (op.kind === 'literal') {
      if (said.enough) return 'match';
      return next === ENDED ? 'ended' : 'other';
    }
    // A field that the end of the line cuts off is lost, not wrong.
    return said.enough && (i >= end || failure.reason === 'truncated') ? 'match' : 'failed';
  }
  return 'match';
}

const OTHER = -1;
/** The line ended inside the literal. */
const ENDED = -2;

function step(op: Op, line: string, at: number, end: number, event: Event): number {
  if (op.kind === 'literal') return matchLiteral(op.text, line, at, end);
  if (op.kind === 'field') return readField(op.field, op.until, line, at, end, event);
  if (op.kind === 'enough') return at;
  let i = at;
  for (const inner of op.ops) {
    const next = step(inner, line, i, end, event);
    if (next < 0) return at;
    i = next;
  }
  return i;
}

const TILDE = 126;

function matchLiteral(text: string, line: string, at: number, end: number): number {
  let i = at;
  for (let t = 0; t < text.length; t++) {
    const want = text.charCodeAt(t);
    if (want === SPACE || want === TILDE) {
      if (want === SPACE && (i >= end || line.charCodeAt(i) !== SPACE)) return i >= end ? ENDED : OTHER;
      while (i < end && line.charCodeAt(i) === SPACE) i++;
      continue;
    }
    if (i >= end) return ENDED;
    const c = line.charCodeAt(i);
    if (c !== want && !(c >= 65 && c <= 90 && c + 32 === want)) return OTHER;
    i++;
  }
  return i;
}

function readField(field: Field, until: string, line: string, at: number, end: number, event: Event): number {
  switch (field) {
    case 'A':
      return readEndpoint(line, at, end, said.A);
    case 'B':
      return readEndpoint(line, at, end, said.B);
    case 'if:A':
      return readWithInterface(line, at, end, said.A);
    case 'if:B':
      return readWithInterface(line, at, end, said.B);
    case 'icmp:A':
      return readNumbered(line, at, end, said.A);
    case 'icmp:B':
      return readNumbered(line, at, end, said.B);
    case 'acl:A':
      return readAclEndpoint(line, at, end, said.A);
    case 'acl:B':
      return readAclEndpoint(line, at, end, said.B);
    case 'map:A':
      return readMapped(line, at, end, said.A);
    case 'map:B':
      return readMapped(line, at, end, said.B);
    case 'G':
      return readTranslated(line, at, end, said.B);
    case 'proto':
      return readProto(line, at, end);
    case 'type':
      event.icmpType = decimal(line, at, end, MAX_UINT8);
      return event.icmpType < 0 ? fail('bad-field', cursor.at) : cursor.at;
    case 'code':
      event.icmpCode = decimal(line, at, end, MAX_UINT8);
      return event.icmpCode < 0 ? fail('bad-field', cursor.at) : cursor.at;
    case 'count': {
      // A folded line stands for several such counts.
      const hits = decimal(line, at, end, MAX_UINT32);
      if (hits < 0) return fail('bad-field', cursor.at);
      event.count = Math.min(event.count * Math.max(hits, 1), MAX_UINT32);
      return cursor.at;
    }
    case 'bytes':
      event.bytes = Math.max(decimal(line, at, end, Number.MAX_SAFE_INTEGER / 16), 0);
      return cursor.at === at ? fail('bad-field', at) : cursor.at;
    case 'duration':
      return readDuration(line, at, end, event);
    default:
      return readText(field, until, line, at, end, event);
  }
}

/** Fields that end where the template's next text starts; others end with their word. */
const UNTIL: ReadonlySet<Field> = new Set<Field>(['*', 'flags', 'signature']);

function readText(field: Field, until: string, line: string, at: number, end: number, event: Event): number {
  const stop = UNTIL.has(field) ? line.indexOf(until, at) : wordEnd(line, at, end);
  if (stop < 0 || stop > end) {
    return fail('truncated', end);
  }
  switch (field) {
    case 'dir':
      said.direction = line.substring(at, Math.min(stop, at + 8));
      return stop;
    case 'permit':
      event.action = (line.charCodeAt(at) | 32) === 100 ? 'drop' : 'allow';
      return stop;
    case 'flags':
      event.tcpFlags = readFlags(line, at, stop);
      return stop;
    case 'in':
      said.A.iface = name(line, at, trimEnd(line, at, stop));
      return stop;
    case 'rule':
      return readRule(line, at, end, stop, event);
    case 'conn':
      keepAttr(event, 'connection', line, at, stop);
      return stop;
    case 'reason':
      // Where no reason is given, the user's name in brackets follows at once.
      if (codeAt(line, at) !== 40) keepAttr(event, 'reason', line, at, end);
      return end;
    case 'inner':
      keepAttr(event, 'inner', line, at, end);
      return end;
    case 'signature':
      event.signature = name(line, at, stop);
      return stop;
    default:
      return stop;
  }
}

function wordEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== SPACE && line.charCodeAt(i) !== 44) i++;
  return i;
}

/** A sentence's full stop is no part of an interface's name. */
const trimEnd = (line: string, at: number, end: number): number =>
  end > at && line.charCodeAt(end - 1) === 46 ? end - 1 : end;

/** `"name of the list"` or one word. */
function readRule(line: string, at: number, end: number, stop: number, event: Event): number {
  if (codeAt(line, at) !== 34) {
    event.rule = name(line, at, stop);
    return stop;
  }
  const close = line.indexOf('"', at + 1);
  if (close < 0 || close >= end) return fail('truncated', end);
  event.rule = name(line, at + 1, close);
  return close + 1;
}

/** Where Cisco's word is not the IANA keyword; `ip` is any protocol. */
const WORDS = new Map<string, number>([
  ['ip', 0],
  ['ipinip', 4],
  ['nos', 94],
]);

/** `tcp`, `ICMP`, `protocol 47`, `47`. */
function readProto(line: string, at: number, end: number): number {
  let i = line.startsWith('protocol ', at) && isDigit(codeAt(line, at + 9)) ? at + 9 : at;
  if (isDigit(codeAt(line, i))) {
    said.proto = decimal(line, i, end, MAX_UINT8);
    return said.proto < 0 ? fail('bad-field', cursor.at) : cursor.at;
  }
  const start = i;
  while (i < end && line.charCodeAt(i) !== SPACE && line.charCodeAt(i) !== 44 && line.charCodeAt(i) !== 41) i++;
  const word = line.substring(start, Math.min(i, start + 24)).toLowerCase();
  said.proto = WORDS.get(word) ?? protoNumber(word);
  return said.proto < 0 ? fail(i >= end ? 'truncated' : 'bad-field', i) : i;
}

/** `92:24:20`: hours beyond a day are hours still. */
function readDuration(line: string, at: number, end: number, event: Event): number {
  let seconds = 0;
  let i = at;
  for (let part = 0; part < 3; part++) {
    const value = decimal(line, i, end, MAX_UINT32);
    if (value < 0) return fail(i >= end ? 'truncated' : 'bad-field', i);
    seconds = seconds * 60 + value;
    i = cursor.at;
    if (part < 2 && codeAt(line, i++) !== COLON) return fail(i >= end ? 'truncated' : 'bad-field', i);
  }
  if (seconds * 1000 > MAX_UINT32) return fail('bad-field', i);
  // The bytes always follow: at the very end of the line it may have lost digits.
  if (i < end) event.durationMs = seconds * 1000;
  return i;
}
