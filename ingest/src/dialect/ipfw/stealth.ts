import type { Event } from '../../event/event.js';
import type { Reason } from '../dialect.js';
import { hasPorts } from '../fields/ends.js';
import { protoNumber } from '../ip/proto.js';
import { isText } from '../span.js';
import { splitWords, wordCount, wordStart, wordStop } from '../words.js';
import { endpoint, readEndpoint } from './endpoint.js';

const PROTO = 5;
const TARGET = 6;
const SOURCE = 8;

/** Reads `Stealth Mode connection attempt to TCP 192.0.2.9:80 from 198.51.100.23:1234` of Mac OS X: target first. */
export function readStealth(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  splitWords(line, at, end);
  if (wordCount <= SOURCE) return 'truncated';
  if (!isText(line, wordStart(SOURCE - 1), wordStop(SOURCE - 1), 'from')) return 'bad-field';
  event.proto = protoNumber(line.substring(wordStart(PROTO), Math.min(wordStop(PROTO), wordStart(PROTO) + 25)));
  if (event.proto < 0) return 'bad-field';
  let verdict = readEndpoint(line, wordStart(TARGET), wordStop(TARGET));
  if (verdict !== 'ok') return verdict;
  event.dstIp = endpoint.ip;
  if (hasPorts(event.proto)) {
    if (endpoint.port < 0) return 'bad-port';
    event.dstPort = endpoint.port;
  }
  const last = wordStop(SOURCE) === end;
  verdict = readEndpoint(line, wordStart(SOURCE), wordStop(SOURCE));
  if (verdict !== 'ok') return last && verdict === 'bad-address' ? 'truncated' : verdict;
  event.srcIp = endpoint.ip;
  if (hasPorts(event.proto)) {
    if (endpoint.port < 0) return last ? 'truncated' : 'bad-port';
    event.srcPort = endpoint.port;
  }
  event.action = 'drop';
  event.direction = 'in';
  return 'ok';
}
