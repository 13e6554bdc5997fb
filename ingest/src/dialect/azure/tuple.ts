import type { Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Reason } from '../dialect.js';
import { addressOf, hasPorts } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { MAX_UINT16, MAX_UINT8 } from '../scan.js';
import { whole } from '../span.js';
import { inRange } from '../syslog/clock.js';

/** Columns of network security groups, version 1 up to Decision, version 2 in full; and of virtual networks, version 4. */
enum Column {
  Time,
  Source,
  Target,
  SourcePort,
  TargetPort,
  Proto,
  Direction,
  Decision,
  State,
  PacketsOut,
  BytesOut,
  PacketsIn,
  BytesIn,
}

/** Virtual networks' tuples have the state where groups have the decision, and whether the flow was encrypted behind it. */
const NET_STATE = Column.Decision;
const NET_ENCRYPTION = Column.State;

const LIMIT = Column.BytesIn + 1;
const starts = new Int32Array(LIMIT);
const ends = new Int32Array(LIMIT);
let count = 0;

function split(line: string, at: number, end: number): void {
  count = 0;
  for (let start = at; count < LIMIT; ) {
    const comma = line.indexOf(',', start);
    const stop = comma < 0 || comma > end ? end : comma;
    starts[count] = start;
    ends[count++] = stop;
    if (stop === end) return;
    start = stop + 1;
  }
}

const letter = (line: string, column: Column): string =>
  ends[column]! - starts[column]! === 1 ? line[starts[column]!]! : '';

const number = (line: string, column: Column, max: number): number =>
  column < count ? whole(line, starts[column]!, ends[column]!, max) : -1;

const MAX_SECONDS = 99_999_999_999;
const MAX_MILLISECONDS = 99_999_999_999_999;

/** What the tuple that fills `line[at, end)` says: `1795316645,198.51.100.23,203.0.113.9,40112,23,T,I,D,B,,,,`. */
export function readTuple(line: string, at: number, end: number, event: Event): 'ok' | Reason {
  split(line, at, end);
  if (count <= Column.Decision) return 'truncated';
  // Groups write T or U, networks the protocol's number; and the first seconds, the other milliseconds.
  const proto = letter(line, Column.Proto);
  const group = proto === 'T' || proto === 'U';
  if (!group && count <= Column.State) return 'truncated';
  const ms = group ? number(line, Column.Time, MAX_SECONDS) * 1000 : number(line, Column.Time, MAX_MILLISECONDS);
  event.time = inRange(ms);
  if (event.time < 0) return 'time-range';
  event.proto = proto === 'T' ? 6 : proto === 'U' ? 17 : number(line, Column.Proto, MAX_UINT8);
  if (event.proto < 0) return 'bad-field';
  const verdict = readEnds(line, event);
  if (verdict !== 'ok') return verdict;
  const way = letter(line, Column.Direction);
  if (way === 'I') event.direction = 'in';
  else if (way === 'O') event.direction = 'out';
  readDecision(line, group, event);
  event.packets = total(line, Column.PacketsOut) + total(line, Column.PacketsIn);
  event.bytes = total(line, Column.BytesOut) + total(line, Column.BytesIn);
  return 'ok';
}

function readEnds(line: string, event: Event): 'ok' | Reason {
  if (starts[Column.Source] === ends[Column.Source] || starts[Column.Target] === ends[Column.Target])
    return 'no-address';
  event.srcIp = addressOf(line, starts[Column.Source]!, ends[Column.Source]!);
  event.dstIp = addressOf(line, starts[Column.Target]!, ends[Column.Target]!);
  if (event.srcIp === '' || event.dstIp === '') return 'bad-address';
  if (!hasPorts(event.proto)) return 'ok';
  event.srcPort = number(line, Column.SourcePort, MAX_UINT16);
  event.dstPort = number(line, Column.TargetPort, MAX_UINT16);
  return event.srcPort < 0 || event.dstPort < 0 ? 'bad-port' : 'ok';
}

const STATES: Readonly<Record<string, string>> = { B: 'open', C: 'update', E: 'close' };

/** A network's flow begins, continues, ends, or is denied; a group's is allowed or denied, and then begins, continues, ends. */
function readDecision(line: string, group: boolean, event: Event): void {
  const decision = letter(line, group ? Column.Decision : NET_STATE);
  if (decision === 'D') event.action = 'drop';
  else if (group ? decision === 'A' : Object.hasOwn(STATES, decision)) event.action = 'allow';
  const state = letter(line, group ? Column.State : NET_STATE);
  if (event.action === 'allow' && state !== '') setAttr(event, 'event', STATES[state] ?? '');
  if (!group && letter(line, NET_ENCRYPTION) === 'X') setAttr(event, 'encrypted', 'true');
}

const total = (line: string, column: Column): number => Math.max(number(line, column, MAX_TOTAL), 0);
