import { ABSENT, type Event } from '../../event/event.js';
import { codeAt, cursor, EQUALS, MAX_UINT16, MAX_UINT32, MAX_UINT8, name, wordEnd } from '../scan.js';
import { attribute } from './extras.js';
import * as field from './fields.js';
import { after, number, seen } from './seen.js';

const TCP = 6;

/** Reads the field at `at` if it has a column of its own; returns the index after it, `at` when it has none. */
export function readHeader(line: string, at: number, end: number, key: number, event: Event): number {
  switch (key) {
    case field.OUT: {
      const stop = wordEnd(line, at, end);
      event.ifaceOut = name(line, at + 4, stop);
      return stop;
    }
    case field.LEN:
      // The second LEN is UDP's own.
      if (seen.proto >= 0 || event.length !== ABSENT) return wordEnd(line, at, end);
      event.length = number(line, at + 4, end, MAX_UINT32, 'bad-field');
      return after(event.length);
    case field.TTL:
      event.ttl = number(line, at + 4, end, MAX_UINT8, 'bad-field');
      return after(event.ttl);
    case field.HOPLIMIT:
      if (codeAt(line, at + 8) !== EQUALS) return at;
      event.ttl = number(line, at + 9, end, MAX_UINT8, 'bad-field');
      return after(event.ttl);
    case field.SEQ:
      return readSeq(line, at + 4, end, event);
    case field.WINDOW:
      return codeAt(line, at + 6) === EQUALS ? readWindow(line, at + 7, end, event) : at;
    case field.URGP:
      seen.urgp = true;
      return wordEnd(line, at, end);
    case field.TYPE:
      if (codeAt(line, at + 4) !== EQUALS) return at;
      event.icmpType = number(line, at + 5, end, MAX_UINT8, 'bad-field');
      seen.type = event.icmpType >= 0;
      return after(event.icmpType);
    case field.CODE:
      if (codeAt(line, at + 4) !== EQUALS) return at;
      event.icmpCode = number(line, at + 5, end, MAX_UINT8, 'bad-field');
      return after(event.icmpCode);
    default:
      return key >>> 8 === field.ID ? readId(line, at + 3, end, event) : readFlag(at, key);
  }
}

/** `ID=` before `PROTO=` is the IP header's, after it an ICMP echo's. */
function readId(line: string, at: number, end: number, event: Event): number {
  if (seen.proto >= 0) return attribute(event, 'icmp_id', line, at, end);
  event.ipId = number(line, at, end, MAX_UINT16, 'bad-field');
  return after(event.ipId);
}

/** A window at the very end may be cut short, unless its writer ends lines there. */
function readWindow(line: string, at: number, end: number, event: Event): number {
  event.tcpWindow = number(line, at, end, MAX_UINT16, 'bad-field');
  seen.window = event.tcpWindow >= 0;
  const stop = after(event.tcpWindow);
  if (stop === end && !seen.bare) event.tcpWindow = ABSENT;
  return stop;
}

/** `SEQ=` of TCP has a column; digits at the very end of a line may be the first of more. */
function readSeq(line: string, at: number, end: number, event: Event): number {
  if (seen.proto !== TCP) return attribute(event, 'icmp_seq', line, at, end);
  event.tcpSeq = number(line, at, end, MAX_UINT32, 'bad-field');
  const stop = after(event.tcpSeq);
  if (cursor.at === end) event.tcpSeq = ABSENT;
  return stop;
}

/** Bare flag words count after `PROTO=TCP`; `ACK=0` is a number and not the flag. */
function readFlag(at: number, key: number): number {
  if (seen.proto !== TCP) return at;
  const bit = field.flagOf(key);
  if (bit === 0) return at;
  seen.flags |= bit;
  seen.anyFlag = true;
  return at + 3;
}
