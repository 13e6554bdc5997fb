import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { jsonText, keepJson, readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { readFirewall } from './firewall.js';
import { Field, fields, NODE } from './keys.js';
import { readTuple } from './tuple.js';

/**
 * Azure's flow logs of network security groups (versions 1 and 2) and of virtual networks, one tuple a line, and the lines of
 * Azure Firewall. A record with many tuples is made many lines before it comes here: `tuples.ts`.
 */
export const azure: Dialect = { name: 'azure', claims: (line) => locate(line) !== 0, parse };

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

/** 1 when the object is whole, -1 when it was cut, 0 when the line is none of Azure's. */
function locate(line: string): number {
  if (!line.includes('FlowEvent') && !line.includes('AzureFirewall') && !line.includes('AZFW')) return 0;
  const at = braceOf(line);
  if (at < 0) return 0;
  fields.clear();
  const end = readObject(line, at, lineEnd(line), NODE, fields);
  if (!fields.has(Field.Tuple) && !isFlowRecord(line) && !isFirewall(line)) return 0;
  return end < 0 ? -1 : 1;
}

/** Also of tuples that others took out of a record: they keep its operation, and not always its category. */
function isFlowRecord(line: string): boolean {
  return [Field.Category, Field.Operation].some((field) => {
    const text = fields.text(line, field);
    return text.startsWith('FlowLogFlowEvent') || text.startsWith('NetworkSecurityGroupFlowEvent');
  });
}

function isFirewall(line: string): boolean {
  const text = fields.text(line, Field.Category);
  return text.startsWith('AzureFirewall') || text.startsWith('AZFW');
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const found = locate(line);
  if (found === 0) return 'unclaimed';
  if (found < 0) return 'truncated';
  const verdict = isFirewall(line) ? readFirewallLine(line, context, event) : readFlowLine(line, event);
  if (verdict !== 'ok') return verdict;
  event.sensor = sensorOf(jsonText(line, fields, Field.Resource)) || jsonText(line, fields, Field.Mac);
  return 'ok';
}

const TYPES = ['/networksecuritygroups/', '/azurefirewalls/', '/virtualnetworks/', '/networkinterfaces/'];

/** The name behind a resource's type, which is written in any case: `…/MICROSOFT.NETWORK/AZUREFIREWALLS/NAME`. */
function sensorOf(resource: string): string {
  const lower = resource.toLowerCase();
  const type = TYPES.find((each) => lower.includes(each));
  return type === undefined ? resource : resource.slice(lower.indexOf(type) + type.length);
}

function readFirewallLine(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = fields.from(Field.Time);
  event.time = fields.has(Field.Time) && readIso(line, at, context) === fields.to(Field.Time) ? stamp.time : BAD_TIME;
  return event.time < 0 ? 'time-range' : readFirewall(line, event);
}

/** A record without a tuple says that nothing was seen. */
function readFlowLine(line: string, event: Event): 'ok' | Reason {
  if (!fields.has(Field.Tuple)) return 'not-traffic';
  const verdict = readTuple(line, fields.from(Field.Tuple), fields.to(Field.Tuple), event);
  event.rule = jsonText(line, fields, Field.Rule);
  keepJson(line, fields, Field.Mac, event, 'interface_mac');
  return verdict;
}
