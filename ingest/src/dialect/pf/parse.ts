import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { openRepeat, repeat } from '../repeat.js';
import { name } from '../scan.js';
import { textEnd } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { readFilterlog } from './filterlog.js';
import { find, found } from './find.js';
import { readPflog } from './pflog.js';

/**
 * Lines of BSD's packet filter: `filterlog` of pfSense and OPNsense, and `pflog` as tcpdump prints it (OpenBSD,
 * FreeBSD, m0n0wall), with whatever syslog put before them.
 * https://docs.netgate.com/pfsense/en/latest/monitoring/logs/raw-filter-format.html
 * https://man.openbsd.org/pflogd
 */
export const pf: Dialect = { name: 'pf', claims, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'no-address',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

function claims(line: string): boolean {
  return find(line);
}

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  if (!find(line)) return 'unclaimed';
  const { filterlog } = found;
  let { at } = found;
  readHead(line, context, head);
  if (head.time < 0) return 'time-range';
  event.time = head.time;
  // Without a host the head takes the message's first word for one.
  if (head.hostEnd > head.hostStart && head.hostEnd <= found.tag)
    event.sensor = name(line, head.hostStart, head.hostEnd);
  let end = textEnd(line);
  if (found.tag === head.appStart && head.appEnd > head.appStart) at = head.at;
  if (openRepeat(line, at, end)) {
    event.count = repeat.count;
    at = repeat.at;
    end = repeat.end;
  }
  return filterlog ? readFilterlog(line, at, end, event) : readPflog(line, at, end, context, event);
}
