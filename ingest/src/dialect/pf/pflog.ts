import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { codeAt, COLON, cursor, decimal, isDigit, MAX_UINT16, name, skipSpaces, SPACE, wordEnd } from '../scan.js';
import { isText } from '../span.js';
import { readStamp } from '../syslog/head.js';
import { stamp } from '../syslog/parts.js';
import { readAction } from './action.js';
import { readPacket } from './tcpdump.js';

/**
 * Reads `rule 2/(match) pass in on xl0: SRC > DST: …` from `at`. The packet's own stamp, where tcpdump printed one
 * before the rule, is the event's time: syslog's is when the log was read.
 */
export function readPflog(line: string, at: number, end: number, context: Context, event: Event): 'ok' | Reason {
  if (!readInnerStamp(line, at, context, event)) return 'time-range';
  const reason = line.indexOf('(', at);
  const reasonEnd = line.indexOf(')', reason);
  if (reason < 0 || reasonEnd < 0 || reasonEnd >= end) return 'truncated';
  readRule(line, at + 5, reason, event);
  if (!isText(line, reason + 1, reasonEnd, 'match')) keepAttr(event, 'reason', line, reason + 1, reasonEnd);
  let i = reasonEnd + 1;
  if (codeAt(line, i) === COLON) i++;
  i = skipNote(line, skipSpaces(line, i), end);
  const actionEnd = wordEnd(line, i, end);
  readAction(line, i, actionEnd, event);
  i = skipSpaces(line, actionEnd);
  const out = line.startsWith('out on ', i);
  if (!out && !line.startsWith('in on ', i)) return actionEnd >= end ? 'truncated' : 'bad-field';
  event.direction = out ? 'out' : 'in';
  i += out ? 7 : 6;
  const colon = line.indexOf(': ', i);
  if (colon < 0 || colon + 1 >= end) return 'truncated';
  if (out) event.ifaceOut = name(line, i, colon);
  else event.ifaceIn = name(line, i, colon);
  i = skipSpaces(line, colon + 1);
  if (line.startsWith('[rewritten: ', i)) readRewritten(line, i + 12, event);
  i = skipNote(line, skipNote(line, i, end), end);
  const verdict = readPacket(line, i, end, event);
  dropSame(event);
  return verdict;
}

/** Both ends are printed when one is rewritten. */
function dropSame(event: Event): void {
  if (event.natSrcIp === event.srcIp && event.natSrcPort === event.srcPort) {
    event.natSrcIp = '';
    event.natSrcPort = 0;
  }
  if (event.natDstIp === event.dstIp && event.natDstPort === event.dstPort) {
    event.natDstIp = '';
    event.natDstPort = 0;
  }
}

/** The stamp that ends before `rule`, if there is a second one; a stamp without a date is tcpdump's `-ttt` delta. */
function readInnerStamp(line: string, at: number, context: Context, event: Event): boolean {
  const tag = line.lastIndexOf(': ', at);
  if (tag < 0) return true;
  const start = skipSpaces(line, tag + 1);
  if (start >= at || (isDigit(codeAt(line, start)) && codeAt(line, start + 2) === COLON)) return true;
  const end = readStamp(line, start, context);
  if (end === start) return true;
  event.time = stamp.time;
  return stamp.time >= 0;
}

/** `2/`, `def/`, `70.sshguard.1/0`: number, anchor and the number inside it. FreeBSD adds `..16777216` without an anchor. */
function readRule(line: string, at: number, end: number, event: Event): void {
  let slash = end - 1;
  while (slash > at && line.charCodeAt(slash) !== 47) slash--;
  const dots = line.indexOf('..', at);
  const stop = dots > 0 && dots < slash ? dots : slash;
  event.rule = name(line, at, stop);
}

/** Index after `[uid 0, pid 123] `, `[rewritten: src …, dst …] ` at `at`, or `at`. */
function skipNote(line: string, at: number, end: number): number {
  if (!line.startsWith('[uid ', at) && !line.startsWith('[rewritten: ', at)) return at;
  const close = line.indexOf('] ', at);
  return close < 0 || close >= end ? at : close + 2;
}

/** `src 192.0.2.1:5, dst 198.51.100.2:9`: what the packet was before translation goes into the NAT columns. */
function readRewritten(line: string, at: number, event: Event): void {
  let i = at;
  for (let side = 0; side < 2; side++) {
    const target = line.startsWith('dst ', i);
    if (!target && !line.startsWith('src ', i)) return;
    const word = line.indexOf(' ', i) + 1;
    const stop = endpointEnd(line, word);
    const colon = line.lastIndexOf(':', stop);
    const port = colon > word ? decimal(line, colon + 1, stop, MAX_UINT16) : -1;
    if (port < 0 || cursor.at !== stop || scanIp(line, word, colon) !== colon) return;
    const ip = line.substring(word, colon);
    if (target) {
      event.natDstIp = ip;
      event.natDstPort = port;
    } else {
      event.natSrcIp = ip;
      event.natSrcPort = port;
    }
    i = skipSpaces(line, stop + 1);
  }
}

function endpointEnd(line: string, at: number): number {
  let i = at;
  while (i < line.length && codeAt(line, i) !== SPACE && codeAt(line, i) !== 44 && codeAt(line, i) !== 93) i++;
  return i;
}
