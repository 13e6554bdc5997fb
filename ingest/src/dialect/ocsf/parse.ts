import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd } from '../scan.js';
import { Field, fields, NODE } from './keys.js';
import { settle } from './settle.js';

/**
 * Events in the Open Cybersecurity Schema Framework, one JSON object a line: network activity, findings with the packets
 * that are their evidence, and what else of the network was stopped. https://schema.ocsf.io
 */
export const ocsf: Dialect = { name: 'ocsf', claims: (line) => locate(line) !== 0, parse };

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

/** 1 when the event is whole, -1 when it was cut, 0 when the line is none. */
function locate(line: string): number {
  if (!line.includes('"class_uid"')) return 0;
  const at = braceOf(line);
  if (at < 0) return 0;
  fields.clear();
  const end = readObject(line, at, lineEnd(line), NODE, fields);
  if (!fields.has(Field.Class)) return 0;
  return end < 0 ? -1 : 1;
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const found = locate(line);
  if (found === 0) return 'unclaimed';
  return found < 0 ? 'truncated' : settle(line, context, event);
}
