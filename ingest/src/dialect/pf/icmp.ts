import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import { codeAt, cursor, decimal, isDigit, MAX_UINT32 } from '../scan.js';
import { whole } from '../span.js';

/** filterlog's words for ICMP messages: type, and the code where the word tells it (-1: the text behind it does). */
const TYPES: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['reply', [0, 0]],
  ['request', [8, 0]],
  ['unreach', [3, -1]],
  ['unreachproto', [3, 2]],
  ['unreachport', [3, 3]],
  ['needfrag', [3, 4]],
  ['redirect', [5, -1]],
  ['timexceed', [11, -1]],
  ['timeexceed', [11, -1]],
  ['paramprob', [12, -1]],
  ['tstamp', [13, 0]],
  ['tstampreply', [14, 0]],
  ['maskreply', [18, 0]],
]);

const IPV4_HEADER = 20;

/**
 * Reads `request,1,100140` and its kin from `at` to `end`. filterlog prints the payload's length straight behind the
 * last column, without a comma: a packet of 60 bytes makes sequence 1001 read `100140`. The digits are taken off where
 * they are exactly that length.
 */
export function readIcmp(line: string, at: number, end: number, event: Event): 'ok' | 'bad-field' {
  const comma = line.indexOf(',', at);
  const wordEnd = comma < 0 || comma > end ? end : comma;
  const known = TYPES.get(line.substring(at, wordEnd));
  if (known === undefined) {
    // `datalength=64`, or a type that has no word: printed as its number.
    if (!isDigit(codeAt(line, at))) return 'ok';
    event.icmpType = whole(line, at, wordEnd, 255);
    return event.icmpType < 0 ? 'bad-field' : 'ok';
  }
  event.icmpType = known[0];
  const start = Math.min(wordEnd + 1, end);
  const glue = glued(line, start, end, event.length);
  const stop = end - glue;
  if (known[1] >= 0) event.icmpCode = known[1];
  // Without the length the text may have lost its end.
  else if (glue > 0) setCode(line, start, stop, event);
  if (event.icmpType === 8 || event.icmpType === 0) readEcho(line, start, stop, event);
  else keepAttr(event, 'icmp', line, start, stop);
  return 'ok';
}

/** How many characters at the end of `line[from, to)` are the payload's length. */
function glued(line: string, from: number, to: number, length: number): number {
  if (length <= IPV4_HEADER) return 0;
  const digits = String(length - IPV4_HEADER);
  return to - from > digits.length && line.startsWith(digits, to - digits.length) ? digits.length : 0;
}

/** `id,sequence`. */
function readEcho(line: string, from: number, to: number, event: Event): void {
  const id = decimal(line, from, to, MAX_UINT32);
  if (id < 0) return;
  setAttr(event, 'icmp_id', String(id));
  if (codeAt(line, cursor.at) === 44) keepAttr(event, 'icmp_seq', line, cursor.at + 1, to);
}

/** Texts of tcpdump's print-icmp.c, shared by filterlog; the first that the text holds decides. */
const CODES: readonly (readonly [type: number, text: string, code: number])[] = [
  [3, 'need to frag', 4],
  [3, 'admin prohibited filter', 13],
  [3, 'admin prohibited', 10],
  [3, 'host precedence', 14],
  [3, 'precedence cutoff', 15],
  [3, 'source route failed', 5],
  [3, 'tos unreachable', 12],
  [3, 'isolated', 8],
  [3, 'unreachable port', 3],
  [3, 'unreachable proto', 2],
  [3, ' port ', 3],
  [3, 'protocol ', 2],
  [3, 'net ', 0],
  [3, 'host ', 1],
  [5, 'tos and net', 2],
  [5, 'tos and host', 3],
  [5, 'net', 0],
  [5, 'host', 1],
  [5, ' to ', 1],
  [11, 'reassembly', 1],
  [11, 'in-transit', 0],
];

/** Sets the code from what tcpdump says of a message of `event.icmpType`; unknown texts leave it absent. */
export function setCode(line: string, from: number, to: number, event: Event): void {
  const text = line.substring(from, Math.min(to, from + 160));
  for (const [type, words, code] of CODES) {
    if (type === event.icmpType && text.includes(words)) {
      event.icmpCode = code;
      return;
    }
  }
}
