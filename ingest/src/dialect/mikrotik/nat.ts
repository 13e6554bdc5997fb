import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import { codeAt } from '../scan.js';
import { endpoint, fail, FAILED, readArrow, readEndpoint } from './endpoint.js';

const PAREN = 40;
const PAREN_END = 41;

/** One side of a NAT note: `a`, or `(a->b)` when a became b. */
const side = { translated: false, ip: '', port: 0, from: '' };

/**
 * Reads `(a->b)->c` (source translated), `a->(b->c)` (target translated) or both at `at`, after the word NAT.
 * The translated endpoints go into the event. Where the line itself shows the translated one already, as for
 * answers, the endpoint before translation is kept as `nat_from`.
 */
export function readNat(line: string, at: number, end: number, event: Event): number {
  let i = readSide(line, at, end);
  if (i === FAILED) return FAILED;
  if (side.translated) {
    event.natSrcIp = side.ip;
    event.natSrcPort = side.port;
    if (side.ip === event.srcIp && side.port === event.srcPort) setAttr(event, 'nat_from', side.from);
  }
  i = readArrow(line, i, end);
  if (i === FAILED) return FAILED;
  i = readSide(line, i, end);
  if (i === FAILED) return FAILED;
  if (side.translated) {
    event.natDstIp = side.ip;
    event.natDstPort = side.port;
    if (side.ip === event.dstIp && side.port === event.dstPort) setAttr(event, 'nat_from', side.from);
  }
  return i;
}

function readSide(line: string, at: number, end: number): number {
  side.translated = codeAt(line, at) === PAREN;
  if (!side.translated) return readEndpoint(line, at, end);
  let i = readEndpoint(line, at + 1, end);
  if (i === FAILED) return FAILED;
  side.from = line.substring(at + 1, i);
  i = readArrow(line, i, end);
  if (i === FAILED) return FAILED;
  i = readEndpoint(line, i, end);
  if (i === FAILED) return FAILED;
  side.ip = endpoint.ip;
  side.port = endpoint.port;
  if (i >= end || line.charCodeAt(i) !== PAREN_END) return fail('bad-address', Math.min(i + 1, end));
  return i + 1;
}
