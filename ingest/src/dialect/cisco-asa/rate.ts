import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { isIp, scanIp } from '../ip/address.js';
import { CLOSE, codeAt, name, OPEN, SPACE } from '../scan.js';

const DROP_RATE = ' drop rate';

/**
 * `[ Scanning] drop rate-2 exceeded. …` (733100): threat detection saw too many of something. The object is a class of
 * attack, a service, or a host, which then is the source; without a host there is nothing to plot.
 */
export function readDropRate(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const rate = line.indexOf(DROP_RATE, at);
  if (rate < 0 || rate >= end) return 'truncated';
  let from = codeAt(line, at) === OPEN ? at + 1 : at;
  let to = line.charCodeAt(rate - 1) === CLOSE ? rate - 1 : rate;
  while (from < to && line.charCodeAt(from) === SPACE) from++;
  while (to > from && line.charCodeAt(to - 1) === SPACE) to--;
  const object = name(line, from, to);
  const stop = line.indexOf('.', rate);
  if (stop < 0 || stop >= end) return 'truncated';
  event.action = 'alert';
  event.signature = `${object}${name(line, rate, stop)}`;
  if (!isIp(object)) return 'no-address';
  event.srcIp = object;
  keepTotal(line, stop, end, event);
  return 'ok';
}

/** `Host 192.0.2.1 is attacking. …`, `Subnet 198.51.100.0 is targeted. …` (733101). */
export function readAttack(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  const stop = line.indexOf('.  ', at) < 0 ? line.indexOf('. Current', at) : line.indexOf('.  ', at);
  const is = line.indexOf(' is ', at);
  if (is < 0 || is >= end || stop < is) return 'truncated';
  const start = line.lastIndexOf(' ', is - 1) + 1;
  if (start < at || scanIp(line, start, is) !== is) return 'bad-address';
  const ip = line.substring(start, is);
  if (line.startsWith('attacking', is + 4)) event.srcIp = ip;
  else event.dstIp = ip;
  event.action = 'alert';
  event.signature = name(line, at, stop);
  keepTotal(line, stop, end, event);
  return 'ok';
}

const TOTAL = 'Cumulative total count is ';

function keepTotal(line: string, at: number, end: number, event: Event): void {
  const total = line.indexOf(TOTAL, at);
  if (total > 0) keepAttr(event, 'total', line, total + TOTAL.length, end);
}
