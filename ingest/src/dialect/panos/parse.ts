import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { readEnds, readNatSource, readNatTarget } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { codeAt, isDigit, lineEnd, MAX_UINT32, name, SPACE } from '../scan.js';
import { newHead, readHead } from '../syslog/head.js';
import { Column, Threat, Traffic } from './columns-of.js';
import { columns, split } from './columns.js';
import { findColumns } from './find.js';
import { timeOf } from './time.js';

/**
 * Palo Alto's PAN-OS, Panorama and Prisma: TRAFFIC and THREAT lines as columns, which every version adds to at the end. What
 * a policy did is its action; the subtype says more rarely, so it is kept beside it.
 * https://docs.paloaltonetworks.com/pan-os/11-1/pan-os-admin/monitoring/use-syslog-for-monitoring/syslog-field-descriptions
 */
export const panos: Dialect = { name: 'panos', claims: (line) => findColumns(line) >= 0, parse };

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
  source: Column.Source,
  target: Column.Target,
  sourcePort: Column.SourcePort,
  targetPort: Column.TargetPort,
  proto: Column.Proto,
};

const head = newHead();

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = findColumns(line);
  if (at < 0) return 'unclaimed';
  split(line, at, lineEnd(line));
  const threat = columns.is(line, Column.Type, 'THREAT');
  if (!threat && !columns.is(line, Column.Type, 'TRAFFIC')) return 'not-traffic';
  if (!columns.has(Column.Generated)) return 'truncated';
  readHead(withoutCount(line), context, head);
  const time = timeOf(line, threat, context);
  event.time = time === 0 ? head.time : time;
  if (event.time < 0) return 'time-range';
  if (!columns.has(Column.Proto)) return columns.isCut(Column.Source) ? 'no-address' : 'truncated';
  const verdict = readEnds(line, columns, ENDS, event);
  if (verdict !== 'ok') return verdict;
  if (!readRule(line, event)) return 'bad-field';
  readNatSource(line, columns, Column.NatSource, Column.NatSourcePort, event);
  readNatTarget(line, columns, Column.NatTarget, Column.NatTargetPort, event);
  if (threat) readThreat(line, event);
  else readTraffic(line, event);
  event.sensor = sensorOf(line, threat ? Threat.Device : Traffic.Device);
  return 'ok';
}

/** Files of what a TCP relay received keep the octet count before each line. */
function withoutCount(line: string): string {
  let i = 0;
  while (isDigit(codeAt(line, i))) i++;
  return i > 0 && codeAt(line, i) === SPACE && codeAt(line, i + 1) === 60 ? line.substring(i + 1) : line;
}

/** The firewall's own name: the head's may be Panorama's. Older versions have only the head's, or a serial number. */
function sensorOf(line: string, device: number): string {
  const own = columns.text(line, device);
  if (own !== '') return own;
  const source = withoutCount(line);
  if (head.hostEnd > head.hostStart) return name(source, head.hostStart, head.hostEnd);
  return columns.text(line, Column.Serial);
}

/** False when the number of sessions a line stands for is none. */
function readRule(line: string, event: Event): boolean {
  const word = columns.text(line, Column.Action);
  event.action = actionOfWord(word);
  event.rule = columns.text(line, Column.Rule);
  event.ifaceIn = columns.text(line, Column.IfaceIn);
  event.ifaceOut = columns.text(line, Column.IfaceOut);
  if (event.ifaceIn !== '' && event.ifaceOut !== '') event.direction = 'forward';
  columns.keep(line, Column.Action, event, 'result');
  columns.keep(line, Column.Subtype, event, 'subtype');
  columns.keep(line, Column.App, event, 'app');
  columns.keep(line, Column.SourceUser, event, 'source_user');
  columns.keep(line, Column.TargetUser, event, 'target_user');
  columns.keep(line, Column.FromZone, event, 'source_zone');
  columns.keep(line, Column.ToZone, event, 'target_zone');
  columns.keep(line, Column.Session, event, 'session');
  if (!columns.has(Column.Repeat)) return true;
  const count = columns.number(line, Column.Repeat, MAX_UINT32);
  event.count = Math.max(count, 1);
  return count >= 0;
}

function readTraffic(line: string, event: Event): void {
  event.bytes = Math.max(columns.number(line, Traffic.Bytes, MAX_TOTAL), 0);
  event.packets = Math.max(columns.number(line, Traffic.Packets, MAX_TOTAL), 0);
  const seconds = columns.number(line, Traffic.Elapsed, Math.floor(MAX_UINT32 / 1000));
  event.durationMs = Math.max(seconds, 0) * 1000;
  columns.keep(line, Traffic.EndReason, event, 'reason');
  columns.keep(line, Traffic.Category, event, 'category');
}

const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'];

function readThreat(line: string, event: Event): void {
  // What a policy let pass is an alarm all the same.
  if (event.action === 'allow') event.action = 'alert';
  const id = columns.text(line, Threat.Id);
  if (!id.startsWith('(')) event.signature = id;
  event.severity = SEVERITIES.indexOf(columns.text(line, Threat.Severity)) + 1;
  columns.keep(line, Threat.Category, event, 'category');
  columns.keep(line, Threat.Name, event, 'url');
  columns.keep(line, Threat.Direction, event, 'attack_direction');
}
