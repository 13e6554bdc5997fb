import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { scanIp } from '../ip/address.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, decimal, isDigit, MAX_UINT16, MAX_UINT32, MAX_UINT8, name, SPACE } from '../scan.js';
import { whole } from '../span.js';
import { mayLead } from '../syslog/lead.js';
import { setPorts } from './settle.js';
import { splitWords, wordCount, wordStart, wordStop } from '../words.js';

/**
 * Lines of stateless firewall filters (`then log` or `then syslog`) of any Junos device: `FW: ge-0/0/1.0 D tcp 192.0.2.1
 * 198.51.100.2 1024 23 (1 packets)`. A accepts, D discards, R rejects.
 */
const MARK = 'FW: ';
const TAGS = ['PFE_FW_SYSLOG_IP: ', 'PFE_FW_SYSLOG_IP6_GEN: ', 'PFE_FW_SYSLOG_IP6_TCP_UDP: ', 'PFE_FW_SYSLOG_ETH_IP: '];

/** Index of the interface behind `FW: `, or -1 when the line is none of a filter. */
export function findFilter(line: string): number {
  const at = line.indexOf(MARK);
  if (at < 0 || (at > 0 && line.charCodeAt(at - 1) !== SPACE)) return -1;
  const tag = TAGS.find((each) => line.endsWith(each, at));
  let lead = tag === undefined ? at : at - tag.length;
  // A program's name may stand before Junos' own tag.
  if (tag !== undefined && codeAt(line, lead - 1) === SPACE && codeAt(line, lead - 2) === 58) {
    lead = line.lastIndexOf(' ', lead - 3) + 1;
  }
  if (actionAt(line, at + MARK.length) < 0 || !mayLead(line, lead)) return -1;
  return at + MARK.length;
}

/** Index of the letter behind the interface's name, -1 when there is none. */
function actionAt(line: string, at: number): number {
  let i = at;
  while (i < line.length && line.charCodeAt(i) !== SPACE && i < at + 128) i++;
  if (i === at) return -1;
  while (codeAt(line, i) === SPACE) i++;
  const c = codeAt(line, i);
  return (c === 65 || c === 68 || c === 82) && codeAt(line, i + 1) === SPACE ? i : -1;
}

/** Reads the line from the interface's name. */
export function readFilter(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const letter = actionAt(line, at);
  let stop = at;
  while (line.charCodeAt(stop) !== SPACE) stop++;
  event.ifaceIn = name(line, at, stop);
  const c = line.charCodeAt(letter);
  event.action = c === 65 ? 'allow' : c === 68 ? 'drop' : 'reject';
  splitWords(line, letter + 1, end);
  // Ethernet filters print both MACs first.
  let proto = 0;
  while (proto + 2 < wordCount && !isAddress(line, proto + 1)) proto++;
  if (proto + 4 >= wordCount) return proto + 2 < wordCount || wordCount < 5 ? 'truncated' : 'bad-address';
  if (!isAddress(line, proto + 2)) return 'bad-address';
  event.proto = protoOf(line, proto);
  if (event.proto < 0) return 'bad-field';
  event.srcIp = line.substring(wordStart(proto + 1), wordStop(proto + 1));
  event.dstIp = line.substring(wordStart(proto + 2), wordStop(proto + 2));
  const first = whole(line, wordStart(proto + 3), wordStop(proto + 3), MAX_UINT16);
  const second = whole(line, wordStart(proto + 4), wordStop(proto + 4), MAX_UINT16);
  if (first < 0 || second < 0) return 'bad-port';
  setPorts(event, first, second);
  if ((event.proto === 1 || event.proto === 58) && first <= MAX_UINT8 && second <= MAX_UINT8) {
    event.icmpType = first;
    event.icmpCode = second;
  }
  readCount(line, proto + 5, event);
  return 'ok';
}

const isAddress = (line: string, word: number): boolean =>
  scanIp(line, wordStart(word), wordStop(word)) === wordStop(word);

function protoOf(line: string, word: number): number {
  const from = wordStart(word);
  if (isDigit(line.charCodeAt(from))) return whole(line, from, wordStop(word), MAX_UINT8);
  return protoNumber(line.substring(from, Math.min(wordStop(word), from + 25)));
}

/** `(3 packets)`. */
function readCount(line: string, word: number, event: Event): void {
  if (word + 1 >= wordCount || line.charCodeAt(wordStart(word)) !== 40) return;
  const packets = Math.max(decimal(line, wordStart(word) + 1, wordStop(word), MAX_UINT32), 1);
  event.count = Math.min(event.count * packets, MAX_UINT32);
}
