import type { Action, Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { codeAt, cutAt, name, OPEN, wordEnd } from '../scan.js';
import { isText } from '../span.js';

/**
 * What a policy does with a question. Who gets another answer than the true one is kept out without a word of it; who gets
 * none of that name, or nothing under it, is told so. `TCP-ONLY` has the client ask again, and then answers.
 */
const POLICIES = new Map<string, Action>([
  ['PASSTHRU', 'allow'],
  ['NO-OP', 'allow'],
  ['TCP-ONLY', 'allow'],
  ['NXDOMAIN', 'reject'],
  ['NODATA', 'reject'],
  ['DROP', 'drop'],
  ['CNAME', 'drop'],
  ['LOCAL-DATA', 'drop'],
  ['RECORD', 'drop'],
  ['DNS64', 'allow'],
]);

/** Names are escaped, four characters a byte at worst, and one has 255 bytes. */
const QNAME_LIMIT = 1024;

/**
 * Reads `[disabled ]rpz QNAME NXDOMAIN rewrite NAME/A/IN via TRIGGER.ZONE (CNAME to: NAME)` in `line[at, end)`. A policy zone
 * that is disabled only says what it would have done. Releases before 9.11 write no type and class, Infoblox `NAME [A]`.
 */
export function readRewrite(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const disabled = line.startsWith('disabled ', at);
  let i = disabled ? at + 9 : at;
  if (!line.startsWith('rpz ', i)) return i + 4 >= end ? 'truncated' : 'not-traffic';
  const trigger = i + 4;
  const triggerEnd = wordEnd(line, trigger, end);
  const policy = triggerEnd + 1;
  const policyEnd = wordEnd(line, policy, end);
  // `rpz QNAME rewrite … failed: SERVFAIL`: nothing was rewritten.
  if (line.startsWith('rewrite ', policy)) return 'not-traffic';
  if (!line.startsWith(' rewrite ', policyEnd)) return policyEnd + 9 >= end ? 'truncated' : 'not-traffic';
  i = policyEnd + 9;
  const nameEnd = wordEnd(line, i, end);
  let via = nameEnd;
  if (codeAt(line, via + 1) === OPEN) via = wordEnd(line, via + 1, end);
  if (!line.startsWith(' via ', via) || via + 5 >= end) return 'truncated';
  event.action = disabled ? 'alert' : (POLICIES.get(line.substring(policy, policyEnd).toUpperCase()) ?? 'unknown');
  readQuestion(line, i, nameEnd, via, event);
  keepAttr(event, 'trigger', line, trigger, triggerEnd);
  keepAttr(event, 'policy', line, policy, policyEnd);
  if (disabled) setAttr(event, 'disabled', 'true');
  readZone(line, via + 5, end, isText(line, trigger, triggerEnd, 'QNAME'), event);
  return 'ok';
}

/** `NAME/A/IN`, `NAME [A]` (whose bracket ends at `bracketEnd`) or `NAME`. */
function readQuestion(line: string, from: number, to: number, bracketEnd: number, event: Event): void {
  let stop = to;
  if (bracketEnd > to) keepAttr(event, 'qtype', line, to + 2, bracketEnd - 1);
  else {
    const second = line.lastIndexOf('/', to - 1);
    const first = line.lastIndexOf('/', second - 1);
    // A name may hold slashes; a class is one of a few words.
    if (first > from && isClass(line, second + 1, to)) {
      keepAttr(event, 'qtype', line, first + 1, second);
      stop = first;
    }
  }
  event.qname = line.substring(from, stop - from > QNAME_LIMIT ? cutAt(line, from, QNAME_LIMIT) : stop);
}

function isClass(line: string, from: number, to: number): boolean {
  if (to - from === 2) return line.startsWith('IN', from) || line.startsWith('CH', from) || line.startsWith('HS', from);
  return line.startsWith('CLASS', from) || line.startsWith('ANY', from);
}

/** The labels that part an address from its zone: `32.9.113.0.203.rpz-ip.ZONE`. */
const MARKS = ['.rpz-ip.', '.rpz-client-ip.', '.rpz-nsip.', '.rpz-nsdname.'];

/**
 * The policy's own name, kept whole as `via`, and of it the zone as the rule: behind the mark of an address, or behind the
 * name asked for, or behind as much of it as a wildcard covers. Where neither stands there, the whole is the rule.
 */
function readZone(line: string, at: number, end: number, byName: boolean, event: Event): void {
  const to = wordEnd(line, at, end);
  const via = line.substring(at, to);
  keepAttr(event, 'via', line, at, to);
  event.rule = name(line, at + (byName ? behindName(via, event.qname) : behindMark(via)), to);
  if (line.startsWith(' (CNAME to: ', to)) {
    const stop = line.indexOf(')', to);
    if (stop > 0 && stop < end) keepAttr(event, 'cname', line, to + 12, stop);
  }
}

function behindMark(via: string): number {
  for (const mark of MARKS) {
    const at = via.indexOf(mark);
    if (at >= 0) return at + mark.length;
  }
  return 0;
}

function behindName(via: string, qname: string): number {
  if (qname !== '' && via.startsWith(qname) && via[qname.length] === '.') return qname.length + 1;
  if (!via.startsWith('*.')) return 0;
  for (let dot = qname.indexOf('.'); dot >= 0; dot = qname.indexOf('.', dot + 1)) {
    const rest = qname.length - dot - 1;
    if (rest > 0 && via.startsWith(qname.substring(dot + 1), 2) && via[2 + rest] === '.') return 3 + rest;
  }
  return 2;
}

/** Where the message ends that stands between quotes from `at` on: names hold no quote that is not escaped. */
export function quoteEnd(line: string, at: number, end: number): number {
  const quote = line.indexOf('"', at);
  return quote < 0 || quote > end ? end : quote;
}
