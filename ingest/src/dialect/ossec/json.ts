import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { epochMs } from '../fields/epoch.js';
import { jsonText, keepJson, readObject, type JsonNode } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { lineEnd } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { readStamp } from '../syslog/head.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { Field, fields, NODE, RESPONSE } from './keys.js';
import { fileOf, hostOf, readEnds, readRule } from './settle.js';

/** Whether the object is whole; what was found until it broke off is located either way. */
const locate = (line: string, at: number, node: JsonNode<Field>): boolean => {
  fields.clear();
  return readObject(line, at, lineEnd(line), node, fields) > 0;
};

/** Index of the object of alerts.json or archives.json, behind a syslog head or not; -1 for any other line. */
export function findJson(line: string): number {
  if (!line.includes('"location"') && !line.includes('"full_log"')) return -1;
  const at = braceOf(line);
  if (at < 0) return -1;
  locate(line, at, NODE);
  if (fields.has(Field.Level)) return fields.has(Field.Text) && hasOrigin() ? at : -1;
  // Archives hold what no rule matched.
  return fields.has(Field.Manager) && fields.has(Field.Log) && fields.has(Field.Time) ? at : -1;
}

const hasOrigin = (): boolean => fields.has(Field.Log) || fields.has(Field.Location) || fields.has(Field.Manager);

export function parseJson(line: string, at: number, context: Context, event: Event): 'ok' | Reason {
  if (!locate(line, at, NODE)) return 'truncated';
  return settle(line, context, event);
}

/** Reads the object at `at` that a Wazuh script was given. Only an added block is a packet's; a deleted one is its end. */
export function parseResponse(line: string, at: number, context: Context, event: Event): 'ok' | Reason {
  if (!locate(line, at, RESPONSE)) return 'truncated';
  if (!fields.is(line, Field.Command, 'add')) return 'not-traffic';
  const verdict = settle(line, context, event);
  event.action = 'drop';
  return verdict;
}

function settle(line: string, context: Context, event: Event): 'ok' | Reason {
  event.time = timeOf(line, context);
  if (event.time < 0) return 'time-range';
  const text = (field: Field): string => jsonText(line, fields, field);
  const location = text(Field.Location);
  const host = text(Field.Hostname);
  // OSSEC puts the whole location of a remote line into the host's name.
  event.sensor = (host.includes('->') ? hostOf(host) : host) || hostOf(location) || text(Field.Agent);
  const verdict = readEnds(
    {
      source: text(Field.Source),
      sourcePort: text(Field.SourcePort),
      target: text(Field.Target),
      targetPort: text(Field.TargetPort),
      proto: text(Field.Proto),
    },
    event
  );
  if (verdict !== 'ok') return verdict;
  readRule(text(Field.Rule), text(Field.Level), text(Field.Text) || text(Field.Signature), text(Field.Action), event);
  // An archived line that no rule matched is nobody's alert.
  if (!fields.has(Field.Level) && event.action === 'alert') event.action = 'unknown';
  setAttr(event, 'file', fileOf(location));
  keepJson(line, fields, Field.Agent, event, 'agent');
  keepJson(line, fields, Field.AgentIp, event, 'agent_ip');
  keepJson(line, fields, Field.Program, event, 'program');
  keepJson(line, fields, Field.Decoder, event, 'decoder');
  keepJson(line, fields, Field.User, event, 'user');
  keepJson(line, fields, Field.Url, event, 'url');
  return 'ok';
}

/** Wazuh's ISO stamp, OSSEC's milliseconds, or the server's local time as `2026 Nov 22 03:04:05`. */
function timeOf(line: string, context: Context): number {
  if (fields.has(Field.Millis)) return epochMs(line, fields.from(Field.Millis), fields.to(Field.Millis));
  if (!fields.has(Field.Time)) return BAD_TIME;
  const from = fields.from(Field.Time);
  const to = fields.to(Field.Time);
  if (readIso(line, from, context) === to) return stamp.time;
  // Readers of stamps look one character further, at what ends the stamp.
  const text = `${line.substring(from, Math.min(to, from + 40))} `;
  return readStamp(text, 0, context) === text.length - 1 ? stamp.time : BAD_TIME;
}
