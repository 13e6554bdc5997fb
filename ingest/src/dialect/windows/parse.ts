import type { Event } from '../../event/event.js';
import { keepAttr, setAttr } from '../attrs.js';
import type { Context, Dialect, Reader, Reason } from '../dialect.js';
import { addressOf, hasPorts, protoOf } from '../fields/ends.js';
import { MAX_UINT16, MAX_UINT32, MAX_UINT8, name } from '../scan.js';
import { isText, textEnd, whole } from '../span.js';
import { newHead, readHead } from '../syslog/head.js';
import { readIso } from '../syslog/iso.js';
import { stamp } from '../syslog/parts.js';
import { splitWords, wordCount, wordStart, wordStop } from '../words.js';
import { findRecord, isTitle, STAMP } from './find.js';
import { readFlags } from './flags.js';

/**
 * Windows' own firewall, `pfirewall.log` of XP SP2 to 11 and Server 2025: space-separated columns in one fixed order, as its
 * `#Fields` line says; newer releases add columns at the end. Times are local.
 * https://learn.microsoft.com/windows/security/operating-system-security/network-security/windows-firewall/configure-logging
 */
export const windows: Dialect = { name: 'windows', claims, parse, open };

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

/** Columns behind the stamp. */
enum Column {
  Action,
  Proto,
  Source,
  Target,
  SourcePort,
  TargetPort,
  Size,
  Flags,
  Sequence,
  Acknowledged,
  Window,
  IcmpType,
  IcmpCode,
  Info,
  Path,
  Process,
}

const TCP = 6;
const head = newHead();

function claims(line: string): boolean {
  return findRecord(line) >= 0 || isTitle(line);
}

/** A file's own head is no refusal; there is nothing in it to remember, since the order of columns never changes. */
function open(): Reader {
  return { claims, parse: (line, context, event) => (isTitle(line) ? 'header' : parse(line, context, event)) };
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const at = findRecord(line);
  if (at < 0) return isTitle(line) ? 'not-traffic' : 'unclaimed';
  if (at > 0) {
    readHead(line, context, head);
    if (head.time < 0) return 'time-range';
    if (head.hostEnd > head.hostStart && head.hostEnd <= at) event.sensor = name(line, head.hostStart, head.hostEnd);
  }
  if (readIso(line, at, context) === at || stamp.time < 0) return 'time-range';
  event.time = stamp.time;
  splitWords(line, at + STAMP, textEnd(line));
  if (is(line, Column.Action, 'INFO-EVENTS-LOST')) return 'not-traffic';
  // A port at the end of the line may have lost digits: the size always follows.
  if (wordCount <= Column.Size) return 'truncated';
  const verdict = readPacket(line, event);
  if (verdict !== 'ok') return verdict;
  readAction(line, event);
  return readHeader(line, event);
}

const from = (column: Column): number => wordStart(column);
const to = (column: Column): number => wordStop(column);
const is = (line: string, column: Column, text: string): boolean =>
  column < wordCount && isText(line, from(column), to(column), text);

/** Whether the column is there, is not `-`, and is not the one that the line ends with. */
const has = (line: string, column: Column): boolean => column < wordCount - 1 && !is(line, column, '-');

function readPacket(line: string, event: Event): 'ok' | Reason {
  if (is(line, Column.Source, '-') || is(line, Column.Target, '-')) return 'no-address';
  event.srcIp = addressOf(line, from(Column.Source), to(Column.Source));
  event.dstIp = addressOf(line, from(Column.Target), to(Column.Target));
  if (event.srcIp === '' || event.dstIp === '') return 'bad-address';
  event.proto = protoOf(line, from(Column.Proto), to(Column.Proto));
  if (event.proto < 0) return 'bad-field';
  if (!hasPorts(event.proto)) return 'ok';
  event.srcPort = whole(line, from(Column.SourcePort), to(Column.SourcePort), MAX_UINT16);
  event.dstPort = whole(line, from(Column.TargetPort), to(Column.TargetPort), MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

function readAction(line: string, event: Event): void {
  if (is(line, Column.Action, 'DROP')) event.action = 'drop';
  else event.action = 'allow';
  const inbound = is(line, Column.Action, 'OPEN-INBOUND');
  if (inbound || is(line, Column.Action, 'OPEN')) setAttr(event, 'event', 'open');
  else if (is(line, Column.Action, 'CLOSE')) setAttr(event, 'event', 'close');
  if (is(line, Column.Path, 'RECEIVE') || inbound) event.direction = 'in';
  else if (is(line, Column.Path, 'SEND')) event.direction = 'out';
  else if (is(line, Column.Path, 'FORWARD')) event.direction = 'forward';
  // Only inbound openings are called so.
  else if (is(line, Column.Action, 'OPEN')) event.direction = 'out';
  if (Column.Process < wordCount && whole(line, from(Column.Process), to(Column.Process), MAX_UINT32) >= 0) {
    keepAttr(event, 'pid', line, from(Column.Process), to(Column.Process));
  }
}

function readHeader(line: string, event: Event): 'ok' | 'bad-field' {
  let wrong = false;
  const number = (column: Column, max: number, absent: number): number => {
    if (!has(line, column)) return absent;
    const value = whole(line, from(column), to(column), max);
    if (value < 0) wrong = true;
    return value;
  };
  event.length = number(Column.Size, MAX_UINT32, event.length);
  if (event.proto === TCP) {
    if (has(line, Column.Flags)) {
      event.tcpFlags = readFlags(line, from(Column.Flags), to(Column.Flags));
      if (event.tcpFlags < 0) return 'bad-field';
    }
    event.tcpSeq = number(Column.Sequence, MAX_UINT32, event.tcpSeq);
    event.tcpWindow = number(Column.Window, MAX_UINT16, event.tcpWindow);
    if (has(line, Column.Acknowledged) && !is(line, Column.Acknowledged, '0')) {
      keepAttr(event, 'ack', line, from(Column.Acknowledged), to(Column.Acknowledged));
    }
  } else if (event.proto === 1 || event.proto === 58) {
    event.icmpType = number(Column.IcmpType, MAX_UINT8, event.icmpType);
    event.icmpCode = number(Column.IcmpCode, MAX_UINT8, event.icmpCode);
  }
  return wrong ? 'bad-field' : 'ok';
}
