import { isIPv4, isIPv6 } from 'node:net';
import { ACTIONS, DIRECTIONS, type Event } from '../event/event.js';

const UINT8 = 255;
const UINT16 = 65_535;
const UINT32 = 4_294_967_295;

/** Largest value of each number; those that may be absent are also allowed -1. */
const NULLABLE = { tcpFlags: UINT8, icmpType: UINT8, icmpCode: UINT8, ttl: UINT8, ipId: UINT16, tcpWindow: UINT16 };
const NUMBERS = {
  proto: UINT8,
  srcPort: UINT16,
  dstPort: UINT16,
  count: UINT32,
  packets: Number.MAX_SAFE_INTEGER,
  bytes: Number.MAX_SAFE_INTEGER,
  durationMs: UINT32,
  natSrcPort: UINT16,
  natDstPort: UINT16,
  severity: UINT8,
};
const TEXTS = ['sensor', 'ifaceIn', 'ifaceOut', 'rule', 'signature', 'qname'] as const;
const ADDRESSES = ['srcIp', 'dstIp', 'natSrcIp', 'natDstIp'] as const;

/** First moment that the store cannot hold. */
const TIME_END = Date.UTC(2106, 0, 1);

/** Fails when a field of a parsed event exceeds the type of its column, or an address is none. */
export function checkEvent(event: Event): void {
  const wrong: string[] = [];
  const within = (key: string, value: number, from: number, to: number): void => {
    if (!Number.isInteger(value) || value < from || value > to) wrong.push(`${key}=${value}`);
  };
  within('time', event.time, 0, TIME_END - 1);
  for (const [key, max] of Object.entries(NUMBERS)) within(key, event[key as keyof typeof NUMBERS], 0, max);
  for (const [key, max] of Object.entries(NULLABLE)) within(key, event[key as keyof typeof NULLABLE], -1, max);
  within('tcpSeq', event.tcpSeq, -1, UINT32);
  within('length', event.length, -1, UINT32);
  within('count', event.count, 1, UINT32);
  for (const key of ADDRESSES) {
    const address = event[key];
    if (address !== '' && !isIPv4(address) && !isIPv6(address)) wrong.push(`${key}=${address}`);
    if (address.includes('%')) wrong.push(`${key} with a zone: ${address}`);
  }
  if (event.srcIp === '' && event.dstIp === '') wrong.push('no address');
  for (const key of TEXTS) if (typeof event[key] !== 'string') wrong.push(`${key} is no text`);
  if (!ACTIONS.includes(event.action)) wrong.push(`action=${event.action}`);
  if (!DIRECTIONS.includes(event.direction)) wrong.push(`direction=${event.direction}`);
  for (const [key, value] of Object.entries(event.attrs ?? {})) {
    if (typeof value !== 'string' || value === '') wrong.push(`attrs.${key}=${String(value)}`);
  }
  if (wrong.length > 0) throw new Error(`Not within its types: ${wrong.join(', ')}`);
}
