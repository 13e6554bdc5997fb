import type { Context } from '../dialect.js';
import { epochMs } from '../fields/epoch.js';
import { isDigit } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { readBsd } from '../syslog/stamp.js';
import { Field, fields } from './keys.js';

const UTC: Context['toUtc'] = Date.UTC;

/** UTC ms of when the event began, else when the device learned of it; 0 when neither is told, `BAD_TIME` when it is no time. */
export function timeOf(line: string, context: Context): number {
  if (fields.has(Field.EventTime)) return epochMs(line, fields.from(Field.EventTime), fields.to(Field.EventTime));
  const field = fields.has(Field.Start) ? Field.Start : Field.Received;
  if (!fields.has(field)) return 0;
  const from = fields.from(field);
  const to = fields.to(field);
  if (isDigit(line.charCodeAt(from)) && line.charCodeAt(from + 4) !== 45) return epochMs(line, from, to);
  const zoned =
    fields.is(line, Field.Zone, 'UTC') || line.startsWith(' UTC', to - 4) || line.startsWith(' GMT', to - 4);
  const reading = zoned ? { ...context, toUtc: UTC } : context;
  const iso = readIso(line, from, reading);
  if (iso > from) return stamp.time;
  return readBsd(line, from, reading) > from ? stamp.time : BAD_TIME;
}
