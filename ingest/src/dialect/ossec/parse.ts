import type { Context, Dialect, Reader, Reason } from '../dialect.js';
import type { Event } from '../../event/event.js';
import { Block } from './block.js';
import { findJson, parseJson } from './json.js';
import { findResponse, parseActive } from './response.js';
import { findSyslog, parseSyslog } from './syslog.js';

/**
 * Alerts of OSSEC and Wazuh that name a source: alerts.log, alerts.json and archives.json, what is sent on by syslog, and
 * active-responses.log. https://www.ossec.net/docs/docs/formats/alerts.html
 */
export const ossec: Dialect = { name: 'ossec', claims, parse, open };

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
  return findJson(line) >= 0 || findSyslog(line) >= 0 || findResponse(line) >= 0;
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  let at = findJson(line);
  if (at >= 0) return parseJson(line, at, context, event);
  at = findSyslog(line);
  if (at >= 0) return parseSyslog(line, at, context, event);
  at = findResponse(line);
  return at >= 0 ? parseActive(line, at, context, event) : 'unclaimed';
}

/** Remembers what alerts.log says of an alert before it quotes the line. */
function open(): Reader {
  const block = new Block();
  return {
    claims: (line) => block.claims(line) || claims(line),
    parse: (line, context, event) => (block.claims(line) ? block.read(line, event) : parse(line, context, event)),
    blank: () => block.end(),
  };
}
