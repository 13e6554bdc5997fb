import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { readEnds } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { jsonText, keepJson, readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd, MAX_UINT32 } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { Field, fields, NODE } from './keys.js';

/**
 * Google Cloud's log entries of firewall rules (`disposition`) and of VPC flows (`reporter`), as sinks and Pub/Sub export
 * them: one entry a line. A flow is reported by both of its ends, if both are in the cloud.
 */
export const gcp: Dialect = { name: 'gcp', claims: (line) => locate(line) !== 0, parse };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'no-address',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
];

const ENDS = {
  source: Field.Source,
  target: Field.Target,
  sourcePort: Field.SourcePort,
  targetPort: Field.TargetPort,
  proto: Field.Proto,
};

/** 1 when the entry is whole, -1 when it was cut, 0 when the line is none. */
function locate(line: string): number {
  if (!line.includes('"jsonPayload"') || !line.includes('"connection"')) return 0;
  const at = braceOf(line);
  if (at < 0) return 0;
  fields.clear();
  const end = readObject(line, at, lineEnd(line), NODE, fields);
  const kind = fields.has(Field.Disposition) || fields.has(Field.Reporter) || fields.has(Field.RuleAction);
  if (!kind && !isOfNetwork(line)) return 0;
  return end < 0 ? -1 : 1;
}

/** `projects/NAME/logs/compute.googleapis.com%2Ffirewall`, `…%2Fvpc_flows`. */
function isOfNetwork(line: string): boolean {
  const log = fields.text(line, Field.LogName);
  return log.endsWith('%2Ffirewall') || log.endsWith('%2Fvpc_flows');
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const found = locate(line);
  if (found === 0) return 'unclaimed';
  if (found < 0) return 'truncated';
  event.time = timeOf(line, fields.has(Field.Start) ? Field.Start : Field.Time, context);
  if (event.time < 0) return 'time-range';
  const verdict = readEnds(line, fields, ENDS, event);
  if (verdict !== 'ok') return verdict;
  const end = fields.has(Field.End) ? timeOf(line, Field.End, context) : BAD_TIME;
  if (end > event.time) event.durationMs = Math.min(end - event.time, MAX_UINT32);
  event.bytes = Math.max(fields.number(line, Field.Bytes, MAX_TOTAL), 0);
  event.packets = Math.max(fields.number(line, Field.Packets, MAX_TOTAL), 0);
  event.action = actionOfWord(fields.text(line, fields.has(Field.Disposition) ? Field.Disposition : Field.RuleAction));
  // network:default/firewall:deny-ssh
  event.rule = jsonText(line, fields, Field.Rule);
  readSide(line, event);
  keepJson(line, fields, Field.Project, event, 'project');
  keepJson(line, fields, Field.Network, event, 'vpc');
  keepJson(line, fields, Field.Subnet, event, 'subnet');
  keepJson(line, fields, Field.Region, event, 'region');
  keepJson(line, fields, Field.Priority, event, 'priority');
  return 'ok';
}

function timeOf(line: string, field: Field, context: Context): number {
  return readIso(line, fields.from(field), context) === fields.to(field) ? stamp.time : BAD_TIME;
}

/** Which machine logged, and on whose side of it the packet was seen. */
function readSide(line: string, event: Event): void {
  const bySource = fields.is(line, Field.Reporter, 'SRC');
  const byTarget = fields.is(line, Field.Reporter, 'DEST');
  if (byTarget || fields.is(line, Field.Direction, 'INGRESS')) event.direction = 'in';
  else if (bySource || fields.is(line, Field.Direction, 'EGRESS')) event.direction = 'out';
  event.sensor =
    jsonText(line, fields, Field.Instance) ||
    jsonText(line, fields, byTarget ? Field.TargetInstance : Field.SourceInstance);
  const remote = jsonText(line, fields, Field.RemoteCountry);
  const country = event.direction === 'in' ? Field.SourceCountry : Field.TargetCountry;
  setAttr(event, 'remote_country', remote || jsonText(line, fields, country));
}
