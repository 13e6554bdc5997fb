import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { ruleOf } from '../rule.js';
import { codeAt, name, SPACE, startsAt } from '../scan.js';
import { readPacket } from './packet.js';

const COMMA = 44;
const LESS = 60;

/**
 * Reads `[prefix ]chain: in:IF out:IF, connection-state:S src-mac MAC, proto …` from `at`. Prefix and interface
 * names may hold anything (a PPP user chooses the name of his): the first `: in:` starts the interfaces, and the
 * last ` proto ` ends them.
 */
export function readFirewall(
  line: string,
  at: number,
  end: number,
  app: string,
  context: Context,
  event: Event
): 'ok' | Reason {
  const interfaces = findInterfaces(line, at);
  if (interfaces < 0) return 'truncated';
  const proto = lastProto(line, interfaces, end);
  const chainEnd = interfaces === at ? at : interfaces - 2;
  const chainStart = interfaces === at ? at : wordStart(line, at, chainEnd);
  const chain = chainEnd > chainStart ? name(line, chainStart, chainEnd) : app;
  readPrefix(line, at, chainStart, context);
  event.action = prefix.action;
  event.rule = prefix.rule === '' ? chain : prefix.rule;
  if (proto < interfaces) return 'truncated';
  const details = readInterfaces(line, interfaces + 3, proto, event);
  if (details < 0) return 'truncated';
  event.direction = direction(chain, event);
  if (prefix.rule !== '' && chain !== '' && !DIRECTIONS.has(chain)) setAttr(event, 'chain', chain);
  readDetails(line, details, proto, event);
  return readPacket(line, proto + 7, end, event);
}

/** Index of the `in:` that starts the interfaces, or -1. Without a chain it starts the message. */
export function findInterfaces(line: string, at: number): number {
  if (startsAt(line, at, 'in:')) return at;
  const found = line.indexOf(': in:', at);
  return found < 0 ? -1 : found + 2;
}

/** Index of the last ` proto ` that starts before `end`, or -1. Nearly always there is one: faster than lastIndexOf. */
function lastProto(line: string, at: number, end: number): number {
  let last = -1;
  for (let i = line.indexOf(' proto ', at); i >= 0 && i < end; i = line.indexOf(' proto ', i + 7)) last = i;
  return last;
}

/** Start of the word that ends at `end`, not before `at`. */
function wordStart(line: string, at: number, end: number): number {
  let i = end;
  while (i > at && line.charCodeAt(i - 1) !== SPACE) i--;
  return i;
}

/** Rules log line after line with the same prefix: the last one is remembered. */
const prefix = { text: '', rule: '', action: 'unknown' as Event['action'], actionOf: undefined as unknown };

function readPrefix(line: string, from: number, to: number, context: Context): void {
  const text = line.substring(from, to);
  if (text === prefix.text && prefix.actionOf === context.actionOf) return;
  prefix.text = text;
  prefix.rule = ruleOf(prefix.text);
  prefix.action = prefix.rule === '' ? 'unknown' : context.actionOf(prefix.rule);
  prefix.actionOf = context.actionOf;
}

/** Reads both interface names from `at`, after `in:`; returns the index after the second, or -1 when it is missing. */
function readInterfaces(line: string, at: number, end: number, event: Event): number {
  const inEnd = codeAt(line, at) === LESS ? line.indexOf('> out:', at) + 1 : line.indexOf(' out:', at);
  if (inEnd < at || inEnd >= end) return -1;
  const outStart = inEnd + 5;
  const close = codeAt(line, outStart) === LESS ? line.indexOf('>,', outStart) : -1;
  let outEnd = close > 0 && close < end ? close + 1 : line.indexOf(',', outStart);
  if (outEnd < 0 || outEnd > end) outEnd = end;
  event.ifaceIn = interfaceName(line, at, inEnd);
  event.ifaceOut = interfaceName(line, outStart, outEnd);
  return outEnd;
}

/** `(unknown 0)` and, before RouterOS 6.4x, `(none)` are no interface. */
function interfaceName(line: string, from: number, to: number): string {
  if (startsAt(line, from, '(unknown ') || startsAt(line, from, '(none)')) return '';
  return name(line, from, to);
}

const DIRECTIONS = new Map<string, Event['direction']>([
  ['input', 'in'],
  ['output', 'out'],
  ['forward', 'forward'],
]);

/** Chains before and after routing, and those of users, are told by the interfaces. */
function direction(chain: string, event: Event): Event['direction'] {
  const known = DIRECTIONS.get(chain);
  if (known !== undefined) return known;
  if (event.ifaceIn === '') return event.ifaceOut === '' ? 'unknown' : 'out';
  return event.ifaceOut === '' ? 'in' : 'forward';
}

/** `connection-state:new,snat connection-mark:M src-mac MAC`: separated by spaces, some with a comma behind. */
function readDetails(line: string, at: number, end: number, event: Event): void {
  let i = at;
  while (i < end) {
    const c = line.charCodeAt(i);
    if (c === COMMA || c === SPACE) {
      i++;
      continue;
    }
    if (startsAt(line, i, 'src-mac ')) {
      i += 8;
      const stop = detailEnd(line, i, end);
      keepAttr(event, 'mac', line, i, stop);
      i = stop;
      continue;
    }
    const stop = detailEnd(line, i, end);
    if (startsAt(line, i, 'connection-state:')) keepAttr(event, 'state', line, i + 17, stop);
    else if (startsAt(line, i, 'connection-mark:')) keepAttr(event, 'mark', line, i + 16, stop);
    i = stop;
  }
}

/** End of the value at `at`: a comma inside (`new,snat`) belongs to it, one at its end does not. */
function detailEnd(line: string, at: number, end: number): number {
  let i = at;
  while (i < end && line.charCodeAt(i) !== SPACE) i++;
  while (i > at && line.charCodeAt(i - 1) === COMMA) i--;
  return i;
}
