import { ACTIONS, DIRECTIONS, type Action, type Direction, type Event } from '../../event/event.js';
import { setAttr } from '../attrs.js';
import type { Context, Reason } from '../dialect.js';
import { actionOfWord } from '../fields/action.js';
import { addressOf, protoOf } from '../fields/ends.js';
import { MAX_TOTAL } from '../fields/fields.js';
import { flagsOfLetters } from '../fields/flags.js';
import { cutAt, MAX_UINT16, MAX_UINT32, MAX_UINT8, name } from '../scan.js';
import { whole } from '../span.js';

/** Puts a text into a field of the event. */
export type Put = (event: Event, text: string, context: Context) => 'ok' | Reason;

type Key<T> = { [K in keyof Event]: Event[K] extends T ? (T extends Event[K] ? K : never) : never }[keyof Event];

/** Names may be long, where they are no dictionary's. */
const TEXT_LIMIT = 1024;

const text =
  (key: Key<string>): Put =>
  (event, value) => {
    event[key] = name(value, 0, value.length);
    return 'ok';
  };
const longText =
  (key: 'signature' | 'qname'): Put =>
  (event, value) => {
    event[key] = value.length > TEXT_LIMIT ? value.substring(0, cutAt(value, 0, TEXT_LIMIT)) : value;
    return 'ok';
  };
const address =
  (key: Key<string>): Put =>
  (event, value) => {
    event[key] = addressOf(value, 0, value.length);
    return event[key] === '' ? 'bad-address' : 'ok';
  };
const number =
  (key: Key<number>, max: number, reason: Reason = 'bad-field', min = 0): Put =>
  (event, value) => {
    event[key] = wholeOf(value, max);
    return event[key] < min ? reason : 'ok';
  };

/** JSON of some exporters has `22.0` for 22. */
function wholeOf(value: string, max: number): number {
  return whole(value, 0, value.endsWith('.0') ? value.length - 2 : value.length, max);
}

/** Milliseconds of a number that may have a fraction, times the unit's. */
const duration =
  (unitMs: number): Put =>
  (event, value) => {
    const amount = value.length <= 20 && value.trim() !== '' ? Number(value) : Number.NaN;
    if (!(amount >= 0)) return 'bad-field';
    event.durationMs = Math.min(Math.round(amount * unitMs), MAX_UINT32);
    return 'ok';
  };

const action: Put = (event, value, context) => {
  const own = ACTIONS.find((each) => each === value);
  event.action = own ?? actionOfWord(value);
  if (own === undefined && event.action === 'unknown') event.action = context.actionOf(value);
  return 'ok';
};

const WAYS = new Map<string, Direction>([
  ...DIRECTIONS.map((each) => [each, each] as const),
  ['inbound', 'in'],
  ['ingress', 'in'],
  ['outbound', 'out'],
  ['egress', 'out'],
  ['forwarded', 'forward'],
]);

const direction: Put = (event, value) => {
  event.direction = WAYS.get(value.toLowerCase()) ?? 'unknown';
  return 'ok';
};

const proto: Put = (event, value) => {
  event.proto = protoOf(value, 0, value.length);
  return event.proto < 0 ? 'bad-field' : 'ok';
};

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'];

/** `18`, `0x12`, `SYN,ACK`, `SYN ACK`, `SA` or `...A..S.`. */
const flags: Put = (event, value) => {
  event.tcpFlags = flagsOf(value);
  return event.tcpFlags < 0 ? 'bad-field' : 'ok';
};

function flagsOf(value: string): number {
  if (value.startsWith('0x') && value.length <= 4) {
    const bits = Number(value);
    return Number.isInteger(bits) ? bits : -1;
  }
  const decimal = whole(value, 0, value.length, MAX_UINT8);
  if (decimal >= 0) return decimal;
  const words = value.toUpperCase().split(/[,+| ]/);
  if (!words.every((word) => FLAGS.includes(word))) return flagsOfLetters(value, 0, value.length);
  return words.reduce((bits, word) => bits | (1 << FLAGS.indexOf(word)), 0);
}

/** Every field of the event that a mapping may fill, by the store's column; besides them `time` and `attrs.NAME`. */
export const TARGETS: ReadonlyMap<string, Put> = new Map<string, Put>([
  ['sensor', text('sensor')],
  ['action', action],
  ['direction', direction],
  ['iface_in', text('ifaceIn')],
  ['iface_out', text('ifaceOut')],
  ['proto', proto],
  ['src_ip', address('srcIp')],
  ['dst_ip', address('dstIp')],
  ['src_port', number('srcPort', MAX_UINT16, 'bad-port')],
  ['dst_port', number('dstPort', MAX_UINT16, 'bad-port')],
  ['tcp_flags', flags],
  ['icmp_type', number('icmpType', MAX_UINT8)],
  ['icmp_code', number('icmpCode', MAX_UINT8)],
  ['ttl', number('ttl', MAX_UINT8)],
  ['ip_id', number('ipId', MAX_UINT16)],
  ['tcp_window', number('tcpWindow', MAX_UINT16)],
  ['tcp_seq', number('tcpSeq', MAX_UINT32)],
  ['length', number('length', MAX_UINT32)],
  ['count', number('count', MAX_UINT32, 'bad-field', 1)],
  ['packets', number('packets', MAX_TOTAL)],
  ['bytes', number('bytes', MAX_TOTAL)],
  ['duration_ms', duration(1)],
  ['duration_s', duration(1000)],
  ['nat_src_ip', address('natSrcIp')],
  ['nat_dst_ip', address('natDstIp')],
  ['nat_src_port', number('natSrcPort', MAX_UINT16, 'bad-port')],
  ['nat_dst_port', number('natDstPort', MAX_UINT16, 'bad-port')],
  ['rule', text('rule')],
  ['signature', longText('signature')],
  ['severity', number('severity', MAX_UINT8)],
  ['qname', longText('qname')],
]);

export const TIME = 'time';
export const ATTRS = 'attrs.';

/** What puts a text into the field that the config calls `to`; undefined when there is none. `time` has its own reader. */
export function putterOf(to: string): Put | undefined {
  if (!to.startsWith(ATTRS)) return TARGETS.get(to);
  const key = to.slice(ATTRS.length);
  if (!isAttribute(key)) return undefined;
  return (event, value) => {
    setAttr(event, key, value.length > 512 ? value.substring(0, cutAt(value, 0, 512)) : value);
    return 'ok';
  };
}

/** A word as the dialects' own attributes have: it is part of a dictionary, and shown in menus. */
const isAttribute = (key: string): boolean => key.length <= 40 && /^[a-z][a-z0-9_]*$/.test(key) && key !== '__proto__';

export const isAction = (word: string): word is Action => ACTIONS.some((each) => each === word);
