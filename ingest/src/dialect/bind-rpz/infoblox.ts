import type { Event } from '../../event/event.js';
import { part, Part, partFrom, readExtension, readHeader } from '../cef/extension.js';
import type { Reason } from '../dialect.js';
import { addressOf } from '../fields/ends.js';
import { Fields } from '../fields/fields.js';
import { Keys } from '../keys.js';
import { codeAt, isDigit, MAX_UINT16, MAX_UINT8 } from '../scan.js';
import { quoteEnd, readRewrite } from './rewrite.js';

enum Field {
  Source,
  SourcePort,
  Target,
  View,
  Type,
  Message,
}

const KEYS = new Keys<Field>({
  src: Field.Source,
  spt: Field.SourcePort,
  dst: Field.Target,
  view: Field.View,
  qtype: Field.Type,
  msg: Field.Message,
});
const fields = new Fields<Field>(Field.Message + 1);

/** Whether `CEF:` at `at` begins the line of a rewrite by an Infoblox server; other CEF lines are the CEF dialect's. */
export function isInfoblox(line: string, at: number): boolean {
  const bar = at + 5;
  if (!isDigit(codeAt(line, at + 4)) || codeAt(line, bar) !== 124 || !readHeader(line, bar)) return false;
  return part(line, Part.Vendor) === 'Infoblox' && part(line, Part.Product) === 'NIOS' && isRpz(line);
}

const isRpz = (line: string): boolean => part(line, Part.Class).startsWith('RPZ');

/** Reads `src= spt= dst= view= msg="rpz QNAME NXDOMAIN rewrite …"`: here the asked server is named, too. */
export function readInfoblox(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  if (!isInfoblox(line, at)) return 'unclaimed';
  const severity = Number(part(line, Part.Severity));
  fields.clear();
  readExtension(line, partFrom(Part.Extension), end, KEYS, fields);
  if (fields.isCut(Field.Source)) return 'truncated';
  if (!fields.has(Field.Source)) return 'no-address';
  event.srcIp = addressOf(line, fields.from(Field.Source), fields.to(Field.Source));
  if (fields.has(Field.Target)) {
    event.dstIp = addressOf(line, fields.from(Field.Target), fields.to(Field.Target));
    if (event.dstIp === '') return 'bad-address';
  }
  if (event.srcIp === '') return 'bad-address';
  if (fields.has(Field.SourcePort)) {
    event.srcPort = fields.number(line, Field.SourcePort, MAX_UINT16);
    if (event.srcPort < 0) return 'bad-port';
  }
  if (fields.from(Field.Message) < 0) return 'truncated';
  const from = fields.from(Field.Message) + (codeAt(line, fields.from(Field.Message)) === 34 ? 1 : 0);
  const verdict = readRewrite(line, from, quoteEnd(line, from, end), event);
  if (verdict !== 'ok') return verdict;
  event.severity = Number.isInteger(severity) && severity >= 0 && severity <= MAX_UINT8 ? severity : 0;
  fields.keep(line, Field.View, event, 'view');
  return 'ok';
}
