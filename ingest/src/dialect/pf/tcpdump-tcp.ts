import { ABSENT, type Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { codeAt, COLON, cursor, decimal, MAX_UINT16, MAX_UINT32, skipSpaces, wordEnd } from '../scan.js';
import { flagsOf } from './flags.js';

const ACK = 16;
const URG = 32;

/**
 * Reads TCP's text from `at`: OpenBSD's `S 1:1(0) ack 2 win 65535 <…>`, where `.` is no flag of FIN SYN RST PSH and
 * `ack` a word of its own, or tcpdump.org's `Flags [S.], seq 1, ack 2, win 65535`, where `.` is ACK.
 */
export function readTcpText(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  if (line.startsWith('Flags [', at)) return readModern(line, at + 7, end, event);
  const word = wordEnd(line, at, end);
  // Flags at the very end may be cut, and `tcp 40` of quiet mode has none.
  if (word === end || line.startsWith('tcp ', at)) return 'ok';
  const dot = line.charCodeAt(at) === 46;
  const flags = flagsOf(line, dot ? at + 1 : at, word);
  if (flags < 0) return 'bad-field';
  event.tcpFlags = flags;
  let i = skipSpaces(line, word);
  const sequence = decimal(line, i, end, MAX_UINT32);
  if (sequence >= 0 && codeAt(line, cursor.at) === COLON) {
    event.tcpSeq = sequence;
    i = skipSpaces(line, wordEnd(line, i, end));
  }
  if (line.startsWith('ack ', i)) {
    event.tcpFlags |= ACK;
    i = skipSpaces(line, wordEnd(line, i + 4, end));
  }
  if (line.startsWith('win ', i)) {
    event.tcpWindow = windowAt(line, i + 4, end);
    i = skipSpaces(line, wordEnd(line, i + 4, end));
  }
  if (line.startsWith('urg ', i)) event.tcpFlags |= URG;
  return 'ok';
}

function readModern(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const close = line.indexOf(']', at);
  if (close < 0 || close >= end) return 'ok';
  const flags = line.startsWith('none]', at) ? 0 : flagsOf(line, at, close);
  if (flags < 0) return 'bad-field';
  event.tcpFlags = flags;
  let i = close + 1;
  while (i < end && codeAt(line, i + 1) === 32) {
    const field = i + 2;
    const comma = line.indexOf(',', field);
    // What the line ends with may be cut.
    if (comma < 0 || comma >= end || line.startsWith('options ', field)) break;
    if (line.startsWith('seq ', field)) event.tcpSeq = Math.max(decimal(line, field + 4, end, MAX_UINT32), ABSENT);
    else if (line.startsWith('win ', field)) event.tcpWindow = windowAt(line, field + 4, end);
    i = comma;
  }
  return 'ok';
}

const windowAt = (line: string, at: number, end: number): number => {
  const value = decimal(line, at, end, MAX_UINT16);
  return value < 0 ? ABSENT : value;
};
