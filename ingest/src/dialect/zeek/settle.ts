import type { Event } from '../../event/event.js';
import type { Context, Reason } from '../dialect.js';
import { addressOf, readEnds } from '../fields/ends.js';
import { jsonText, keepJson } from '../fields/json.js';
import { protoNumber } from '../ip/proto.js';
import { codeAt, cursor, decimal, MAX_UINT16, MAX_UINT32, MAX_UINT8, SLASH } from '../scan.js';
import { BAD_TIME, inRange } from '../syslog/clock.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { Field, fields } from './keys.js';
import { actionOfState, codeOf, flagsOf } from './state.js';

/** What the located fields of a connection or notice say, columns or JSON alike. */
export function settle(line: string, context: Context, event: Event): 'ok' | Reason {
  event.time = timeOf(line, context);
  if (event.time < 0) return 'time-range';
  event.sensor = jsonText(line, fields, Field.System);
  return fields.has(Field.Note) ? readNotice(line, event) : readConnection(line, event);
}

/** Seconds since the epoch with a fraction, or ISO, as JSON may have it. */
function timeOf(line: string, context: Context): number {
  if (!fields.has(Field.Time)) return BAD_TIME;
  const from = fields.from(Field.Time);
  const to = fields.to(Field.Time);
  if (readIso(line, from, context) === to) return stamp.time;
  const seconds = Number(line.substring(from, Math.min(to, from + 24)));
  return Number.isFinite(seconds) && seconds > 0 ? inRange(Math.floor(seconds * 1000)) : BAD_TIME;
}

const ICMP = 1;
const ICMPV6 = 58;

function readConnection(line: string, event: Event): 'ok' | Reason {
  // Only for protocols that Zeek does not know: it ends the line, and a file's lines are written whole.
  if (fields.isCut(Field.IpProto)) fields.close(Field.IpProto);
  const numbered = fields.is(line, Field.Proto, 'unknown_transport') && fields.has(Field.IpProto);
  const verdict = readEnds(
    line,
    fields,
    {
      source: Field.Source,
      target: Field.Target,
      sourcePort: Field.SourcePort,
      targetPort: Field.TargetPort,
      proto: numbered ? Field.IpProto : Field.Proto,
    },
    event
  );
  if (verdict !== 'ok') return verdict;
  if (event.proto === ICMP && event.srcIp.includes(':')) event.proto = ICMPV6;
  const state = fields.text(line, Field.State);
  event.action = actionOfState(state);
  if (event.proto === 6) event.tcpFlags = flagsOf(fields.text(line, Field.History), state);
  if (event.proto === ICMP || event.proto === ICMPV6) {
    const type = fields.number(line, Field.SourcePort, MAX_UINT8);
    const code = fields.number(line, Field.TargetPort, MAX_UINT8);
    if (type < 0 || code < 0) return 'bad-field';
    event.icmpType = type;
    event.icmpCode = codeOf(type, code);
  }
  event.packets = fields.sum(line, Field.PacketsOut, Field.PacketsIn);
  event.bytes = fields.has(Field.IpBytesOut)
    ? fields.sum(line, Field.IpBytesOut, Field.IpBytesIn)
    : fields.sum(line, Field.BytesOut, Field.BytesIn);
  event.durationMs = durationOf(line);
  keepJson(line, fields, Field.State, event, 'state');
  keepJson(line, fields, Field.History, event, 'history');
  keepJson(line, fields, Field.Service, event, 'service');
  keepJson(line, fields, Field.Uid, event, 'uid');
  keepJson(line, fields, Field.Tunnels, event, 'tunnel');
  keepJson(line, fields, Field.Mac, event, 'mac');
  keepJson(line, fields, Field.Vlan, event, 'vlan');
  return 'ok';
}

function durationOf(line: string): number {
  if (!fields.has(Field.Duration)) return 0;
  const seconds = Number(fields.text(line, Field.Duration));
  return seconds > 0 ? Math.min(Math.round(seconds * 1000), MAX_UINT32) : 0;
}

/** `Scan::Port_Scan` and its kind. They are about TCP, and name a port, or a target, or neither. */
function readNotice(line: string, event: Event): 'ok' | Reason {
  const at = fields.from(Field.Note);
  if (!line.startsWith('Scan::', at)) return 'not-traffic';
  if (!fields.has(Field.NoticeSource)) return 'no-address';
  event.srcIp = addressOf(line, fields.from(Field.NoticeSource), fields.to(Field.NoticeSource));
  if (event.srcIp === '') return 'bad-address';
  if (fields.has(Field.NoticeTarget)) {
    event.dstIp = addressOf(line, fields.from(Field.NoticeTarget), fields.to(Field.NoticeTarget));
    if (event.dstIp === '') return 'bad-address';
  }
  event.proto = 6;
  if (fields.has(Field.NoticePort)) {
    // JSON of some versions has `445/tcp`.
    event.dstPort = decimal(line, fields.from(Field.NoticePort), fields.to(Field.NoticePort), MAX_UINT16);
    const end = cursor.at;
    if (event.dstPort < 0) return 'bad-port';
    if (codeAt(line, end) === SLASH) event.proto = protoNumber(line.substring(end + 1, fields.to(Field.NoticePort)));
    else if (end !== fields.to(Field.NoticePort)) return 'bad-port';
    if (event.proto < 0) return 'bad-field';
  }
  event.action = 'alert';
  event.signature = jsonText(line, fields, Field.Note);
  keepJson(line, fields, Field.Message, event, 'message');
  keepJson(line, fields, Field.Sub, event, 'sub');
  return 'ok';
}
