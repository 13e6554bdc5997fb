import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { name } from '../scan.js';
import { client, readClient } from './client.js';
import { find, Form, found, head } from './find.js';
import { isInfoblox, readInfoblox } from './infoblox.js';
import { readRewrite } from './rewrite.js';

/**
 * Answers that BIND (9.8 to 9.20) or an Infoblox server rewrote by a response policy zone: the asking client is the source.
 * https://bind9.readthedocs.io/en/latest/reference.html#response-policy-zone-rpz-rewriting
 */
export const bindRpz: Dialect = { name: 'bind-rpz', claims, parse };

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

const DNS = 53;
const UDP = 17;

function claims(line: string): boolean {
  const form = find(line);
  return form === Form.Cef ? isInfoblox(line, found.at) : form !== Form.None;
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const form = find(line, context);
  if (form === Form.None || (form === Form.Cef && !isInfoblox(line, found.at))) return 'unclaimed';
  if (form === Form.Zone) return 'not-traffic';
  // named's own stamp has a year and milliseconds, where syslog's mostly has neither.
  event.time = found.time === 0 ? head.time : found.time;
  if (event.time < 0) return 'time-range';
  if (head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  event.count = found.count;
  // It is not logged by which protocol was asked; nearly all questions come by UDP.
  event.proto = UDP;
  event.dstPort = DNS;
  return form === Form.Cef ? readInfoblox(line, found.at, found.end, event) : readAsked(line, event);
}

function readAsked(line: string, event: Event): 'ok' | Reason {
  const verdict = readClient(line, found.at, found.end);
  if (verdict !== 'ok') return verdict;
  event.srcIp = line.substring(client.ipFrom, client.ipTo);
  event.srcPort = client.port;
  keepAttr(event, 'view', line, client.viewFrom, client.viewTo);
  keepAttr(event, 'key', line, client.keyFrom, client.keyTo);
  return readRewrite(line, client.at, found.end, event);
}
