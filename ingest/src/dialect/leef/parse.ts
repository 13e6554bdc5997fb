import type { Event } from '../../event/event.js';
import { keepAttr } from '../attrs.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { readEnds, readNatSource, readNatTarget } from '../fields/ends.js';
import { epochMs } from '../fields/epoch.js';
import { isDigit, MAX_UINT16, MAX_UINT32, MAX_UINT8, name } from '../scan.js';
import { BAD_TIME } from '../syslog/clock.js';
import { newHead, readHead } from '../syslog/head.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { readBsd } from '../syslog/stamp.js';
import { findLeef, found } from './find.js';
import { letterFlags } from './flags.js';
import { Field, fields, readAttributes } from './keys.js';

/**
 * Log Event Extended Format 1.0 and 2.0 of any vendor's traffic lines (WatchGuard, Palo Alto, …): those with two addresses
 * and a protocol. https://www.ibm.com/docs/en/dsm?topic=leef-overview
 */
export const leef: Dialect = { name: 'leef', claims: findLeef, parse };

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

const ENDS = {
  source: Field.Source,
  target: Field.Target,
  sourcePort: Field.SourcePort,
  targetPort: Field.TargetPort,
  proto: Field.Proto,
};

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  if (!findLeef(line)) return 'unclaimed';
  readAttributes(line);
  if (!fields.has(Field.Proto) && !fields.isCut(Field.Proto)) return 'not-traffic';
  if (!readLead(line, context, event)) return 'time-range';
  if (fields.isCut(Field.Proto) && isWholeProto(line)) fields.close(Field.Proto);
  const verdict = readEnds(line, fields, ENDS, event);
  if (verdict !== 'ok') return verdict;
  const word = fields.text(line, Field.Action);
  event.action = actionOfWord(word);
  if (event.action === 'unknown') event.action = context.actionOf(word);
  event.rule = fields.text(line, Field.Policy);
  event.ifaceIn = fields.text(line, Field.IfaceIn);
  event.ifaceOut = fields.text(line, Field.IfaceOut);
  if (event.ifaceIn !== '' && event.ifaceOut !== '') event.direction = 'forward';
  event.severity = Math.max(fields.number(line, Field.Severity, MAX_UINT8), 0);
  event.signature = fields.text(line, Field.Threat);
  readNatSource(line, fields, Field.NatSource, Field.NatSourcePort, event);
  readNatTarget(line, fields, Field.NatTarget, Field.NatTargetPort, event);
  event.bytes = fields.sum(line, Field.BytesOut, Field.BytesIn);
  event.packets = fields.sum(line, Field.PacketsOut, Field.PacketsIn);
  event.durationMs = Math.max(fields.number(line, Field.Duration, Math.floor(MAX_UINT32 / 1000)), 0) * 1000;
  event.count = Math.max(fields.number(line, Field.Count, MAX_UINT32), 1);
  keepHeader(line, event);
  return readPacket(line, event);
}

const isWholeProto = (line: string): boolean => {
  const word = line.substring(fields.from(Field.Proto), fields.to(Field.Proto)).toLowerCase();
  return word === 'tcp' || word === 'udp';
};

function readLead(line: string, context: Context, event: Event): boolean {
  readHead(line, context, head);
  event.time = head.time;
  if (fields.has(Field.Time)) event.time = timeOf(line, context);
  if (event.time < 0) return false;
  event.sensor = fields.text(line, Field.Host);
  if (event.sensor === '' && head.hostEnd > head.hostStart) event.sensor = name(line, head.hostStart, head.hostEnd);
  return true;
}

/** `Nov 22 2026 03:04:05 +0100`, an ISO stamp, or a number since the epoch; the zone of a BSD stamp stands behind it. */
function timeOf(line: string, context: Context): number {
  const from = fields.from(Field.Time);
  const to = fields.to(Field.Time);
  if (isDigit(line.charCodeAt(from)) && line.charCodeAt(from + 4) !== 45) return epochMs(line, from, to);
  if (readIso(line, from, context) > from) return stamp.time;
  const zone = ZONE.exec(line.substring(Math.max(from, to - 6), to));
  const minutes = zone === null ? Number.NaN : Number(zone[2]) * 60 + Number(zone[3]);
  const east = zone !== null && zone[1] === '-' ? -minutes : minutes;
  const toUtc: Context['toUtc'] = (...clock) => Date.UTC(...clock) - east * 60_000;
  const end = readBsd(line, from, zone === null ? context : { ...context, toUtc });
  return end > from ? stamp.time : BAD_TIME;
}

/** A space, a sign, hours and minutes. */
const ZONE = /^ ([+-])([01]\d)([0-5]\d)$/;

function keepHeader(line: string, event: Event): void {
  ['vendor', 'product', 'version', 'class'].forEach((key, part) => {
    if (key !== 'version') keepAttr(event, key, line, found.starts[part]!, endOf(line, found.starts[part]!));
  });
  if (fields.has(Field.Action)) fields.keep(line, Field.Action, event, 'result');
  fields.keep(line, Field.App, event, 'app');
  fields.keep(line, Field.User, event, 'user');
  fields.keep(line, Field.Mac, event, 'mac');
  fields.keep(line, Field.Category, event, 'category');
}

const endOf = (line: string, at: number): number => line.indexOf('|', at);

/** The packet's own header, which WatchGuard prints. */
function readPacket(line: string, event: Event): 'ok' | 'bad-field' {
  event.length = fields.number(line, Field.Length, MAX_UINT32);
  if (fields.has(Field.Ttl) && (event.ttl = fields.number(line, Field.Ttl, MAX_UINT8)) < 0) return 'bad-field';
  if (event.proto !== 6) return 'ok';
  event.tcpFlags = fields.has(Field.Flags) ? letterFlags(line, fields.from(Field.Flags), fields.to(Field.Flags)) : -1;
  event.tcpSeq = fields.number(line, Field.Sequence, MAX_UINT32);
  event.tcpWindow = fields.number(line, Field.Window, MAX_UINT16);
  return 'ok';
}
