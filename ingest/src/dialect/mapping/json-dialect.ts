import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { Fields } from '../fields/fields.js';
import { jsonText, readObject, type JsonNode } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd } from '../scan.js';
import { lead, readLead } from './lead.js';
import { PREFIX, type Mapping } from './mapping.js';
import type { Rules } from './rules.js';

/** A dialect of one JSON object a line. */
export function jsonDialect(mapping: Mapping, rules: Rules, node: JsonNode<number>): Dialect {
  const fields = new Fields<number>(rules.names.length);

  /** 1 when the object is whole, -1 when it was cut, 0 when there is none, or it is another device's. */
  const locate = (line: string): number => {
    if (mapping.match !== '' && !line.includes(mapping.match)) return 0;
    const at = braceOf(line);
    if (at < 0) return 0;
    fields.clear();
    const end = readObject(line, at, lineEnd(line), node, fields);
    if (mapping.match === '' && !rules.isOurs((slot) => jsonText(line, fields, slot))) return 0;
    return end < 0 ? -1 : 1;
  };

  const parse = (line: string, context: Context, event: Event): 'ok' | Reason => {
    const found = locate(line);
    if (found <= 0) return found === 0 ? 'unclaimed' : 'truncated';
    if (line.charCodeAt(0) !== BRACE && !readLead(line, context, event)) return 'time-range';
    const verdict = rules.apply((slot) => jsonText(line, fields, slot), context, event);
    if (verdict === 'ok' && event.sensor === '' && line.charCodeAt(0) !== BRACE) event.sensor = lead.host;
    return verdict;
  };

  return { name: PREFIX + mapping.name, claims: (line) => locate(line) !== 0, parse };
}

const BRACE = 123;
