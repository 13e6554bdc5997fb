import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { name } from '../scan.js';
import { textEnd } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { find, found } from './find.js';
import { readRule } from './rule.js';
import { readStealth } from './stealth.js';

/**
 * FreeBSD's and Mac OS X's ipfw: `ipfw: 65534 Deny TCP 198.51.100.23:4835 203.0.113.9:23 in via em0`, by the kernel or by
 * the program; and the application firewall's `Stealth Mode connection attempt`.
 * https://cgit.freebsd.org/src/tree/sys/netpfil/ipfw/ip_fw_log.c
 */
export const ipfw: Dialect = { name: 'ipfw', claims: find, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  if (!find(line)) return 'unclaimed';
  readHead(line, context, head);
  if (head.time < 0) return 'time-range';
  event.time = head.time;
  if (head.hostEnd > head.hostStart && head.hostEnd <= found.tag)
    event.sensor = name(line, head.hostStart, head.hostEnd);
  let { at } = found;
  let end = textEnd(line);
  if (openRepeat(line, at, end)) {
    event.count = repeat.count;
    at = repeat.at;
    end = repeat.end;
  }
  if (line.startsWith('Stealth Mode ', at)) return readStealth(line, at, end, event);
  return readRule(line, at, end, event);
}
