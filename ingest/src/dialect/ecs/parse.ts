import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd } from '../scan.js';
import { Field, fields, NODE } from './keys.js';
import { settle } from './settle.js';

/**
 * Documents in the Elastic Common Schema, as Beats, Elastic's agents and Logstash write them, one a line: those that name an
 * address of a source or a destination; keys nested, dotted, or both. https://www.elastic.co/docs/reference/ecs
 */
export const ecs: Dialect = { name: 'ecs', claims: (line) => locate(line) !== 0, parse };

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

/** 1 when the document is whole, -1 when it was cut, 0 when the line is none. */
function locate(line: string): number {
  if (!line.includes('"source') && !line.includes('"destination')) return 0;
  const at = braceOf(line);
  if (at < 0) return 0;
  fields.clear();
  const end = readObject(line, at, lineEnd(line), NODE, fields);
  if (!fields.has(Field.Time) && !fields.has(Field.Version) && !fields.has(Field.Category)) return 0;
  // Ports without addresses are a document of the schema that lost them.
  const ends = [Field.Source, Field.Target, Field.SourcePort, Field.TargetPort];
  if (!ends.some((field) => fields.has(field))) return 0;
  return end < 0 ? -1 : 1;
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const found = locate(line);
  if (found === 0) return 'unclaimed';
  return found < 0 ? 'truncated' : settle(line, context, event);
}
