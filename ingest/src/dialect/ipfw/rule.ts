import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { hasPorts } from '../fields/ends.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, cursor, decimal, isDigit, MAX_UINT8, name } from '../scan.js';
import { isText } from '../span.js';
import { splitWords, wordCount, wordStart, wordStop } from '../words.js';
import { endpoint, readEndpoint } from './endpoint.js';

/** Words of ipfw's actions, and how many words their argument has. */
const ACTIONS: ReadonlyMap<string, readonly [action: Event['action'], words: number]> = new Map([
  ['Deny', ['drop', 0]],
  ['Accept', ['allow', 0]],
  ['Allow', ['allow', 0]],
  ['Reject', ['reject', 0]],
  ['Reset', ['reject', 0]],
  ['Abort', ['reject', 0]],
  ['Unreach', ['reject', 1]],
  ['Count', ['unknown', 0]],
  ['Divert', ['unknown', 1]],
  ['Tee', ['unknown', 1]],
  ['SkipTo', ['unknown', 1]],
  ['Pipe', ['unknown', 1]],
  ['Queue', ['unknown', 1]],
  ['Forward', ['allow', 2]],
  ['Netgraph', ['unknown', 1]],
  ['Ngtee', ['unknown', 1]],
  ['Nat', ['unknown', 0]],
  ['Reass', ['unknown', 0]],
  ['Call', ['unknown', 1]],
  ['Return', ['unknown', 0]],
  ['SetFib', ['unknown', 1]],
  ['SetDscp', ['unknown', 1]],
  ['Eaction', ['unknown', 1]],
  ['UNKNOWN', ['unknown', 0]],
]);

/** Reads `65534 Deny TCP 198.51.100.23:4835 203.0.113.9:23 in via em0 (frag 1:2@3)` from `at`. */
export function readRule(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  splitWords(line, at, end);
  if (wordCount === 0 || !isDigit(line.charCodeAt(wordStart(0)))) return wordCount === 0 ? 'truncated' : 'not-traffic';
  if (wordCount === 1) return 'truncated';
  const action = ACTIONS.get(line.substring(wordStart(1), Math.min(wordStop(1), wordStart(1) + 12)));
  if (action === undefined) return wordCount === 2 ? 'truncated' : 'bad-field';
  event.rule = name(line, wordStart(0), wordStop(0));
  event.action = action[0];
  if (action[0] === 'unknown') setAttr(event, 'ipfw_action', name(line, wordStart(1), wordStop(1)));
  const proto = 2 + action[1];
  // The direction always follows the target: what ends the line may be cut.
  if (wordCount <= proto + 3) return 'truncated';
  const verdict = readPacket(line, proto, event);
  if (verdict !== 'ok') return verdict;
  readInterface(line, proto + 3, event);
  return 'ok';
}

function readPacket(line: string, proto: number, event: Event): 'ok' | Reason {
  let verdict = readProto(line, wordStart(proto), wordStop(proto), event);
  if (verdict !== 'ok') return verdict;
  verdict = readEndpoint(line, wordStart(proto + 1), wordStop(proto + 1));
  if (verdict !== 'ok') return verdict;
  event.srcIp = endpoint.ip;
  const srcPort = endpoint.port;
  verdict = readEndpoint(line, wordStart(proto + 2), wordStop(proto + 2));
  if (verdict !== 'ok') return verdict;
  event.dstIp = endpoint.ip;
  // Later fragments have none.
  if (!hasPorts(event.proto) || srcPort < 0 || endpoint.port < 0) return 'ok';
  event.srcPort = srcPort;
  event.dstPort = endpoint.port;
  return 'ok';
}

/** `TCP`, `UDP`, `ICMP:8.0`, `ICMPv6:135.0`, `P:41`; a frame's `MAC` is no packet. */
function readProto(line: string, from: number, to: number, event: Event): 'ok' | Reason {
  const colon = line.indexOf(':', from);
  const stop = colon < 0 || colon > to ? to : colon;
  if (isText(line, from, to, 'MAC')) return 'not-traffic';
  if (isText(line, from, stop, 'P')) {
    event.proto = stop < to ? decimal(line, stop + 1, to, MAX_UINT8) : -1;
    return event.proto < 0 || cursor.at !== to ? 'bad-field' : 'ok';
  }
  event.proto = protoNumber(line.substring(from, Math.min(stop, from + 25)));
  if (event.proto < 0) return 'bad-field';
  if (stop === to) return 'ok';
  event.icmpType = decimal(line, stop + 1, to, MAX_UINT8);
  if (event.icmpType < 0 || codeAt(line, cursor.at) !== 46) return 'bad-field';
  event.icmpCode = decimal(line, cursor.at + 1, to, MAX_UINT8);
  return event.icmpCode < 0 || cursor.at !== to ? 'bad-field' : 'ok';
}

/** `in via em0 (frag 123:20@1480)`. */
function readInterface(line: string, word: number, event: Event): void {
  const out = isText(line, wordStart(word), wordStop(word), 'out');
  if (!out && !isText(line, wordStart(word), wordStop(word), 'in')) return;
  event.direction = out ? 'out' : 'in';
  if (word + 2 >= wordCount || !isText(line, wordStart(word + 1), wordStop(word + 1), 'via')) return;
  const iface = name(line, wordStart(word + 2), wordStop(word + 2));
  if (out) event.ifaceOut = iface;
  else event.ifaceIn = iface;
  const frag = word + 4;
  if (frag >= wordCount || !line.startsWith('(frag', wordStart(frag - 1))) return;
  keepAttr(event, 'frag', line, wordStart(frag), wordStop(frag) - 1);
}
