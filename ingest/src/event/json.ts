import ipaddr from 'ipaddr.js';
import { protoName } from '../dialect/index.js';
import { ABSENT } from './event.js';
import type { Event } from './event.js';

/** TCP flags in the order of the header's bits. */
const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] as const;

/** TCP, UDP, DCCP, SCTP, UDP-Lite. */
const WITH_PORTS = new Set([6, 17, 33, 132, 136]);

/** What may steer a terminal and JSON leaves as it is: DEL, C1 controls, bidi and line separators. */
const STEERING = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * One event as `fireplot parse` prints it: column names of `events`, words for numbers that stand for words, what the
 * line does not say left out.
 * @param message the whole line as received, decoded
 */
export function eventJson(event: Event, dialect: string, message: string): string {
  const ports = WITH_PORTS.has(event.proto) && (event.srcPort !== 0 || event.dstPort !== 0);
  const json = {
    time: new Date(event.time).toISOString(),
    sensor: words(event.sensor),
    dialect,
    action: event.action,
    direction: event.direction === 'unknown' ? undefined : event.direction,
    iface_in: words(event.ifaceIn),
    iface_out: words(event.ifaceOut),
    proto: protoName(event.proto),
    src_ip: ip(event.srcIp),
    dst_ip: ip(event.dstIp),
    src_port: ports ? event.srcPort : undefined,
    dst_port: ports ? event.dstPort : undefined,
    tcp_flags: event.tcpFlags === ABSENT ? undefined : flagWords(event.tcpFlags),
    icmp_type: number(event.icmpType),
    icmp_code: number(event.icmpCode),
    ttl: number(event.ttl),
    ip_id: number(event.ipId),
    tcp_window: number(event.tcpWindow),
    tcp_seq: number(event.tcpSeq),
    length: number(event.length),
    count: event.count,
    packets: event.packets || undefined,
    bytes: event.bytes || undefined,
    duration_ms: event.durationMs || undefined,
    nat_src_ip: ip(event.natSrcIp),
    nat_dst_ip: ip(event.natDstIp),
    nat_src_port: event.natSrcPort || undefined,
    nat_dst_port: event.natDstPort || undefined,
    rule: words(event.rule),
    signature: words(event.signature),
    severity: event.severity || undefined,
    qname: words(event.qname),
    attrs: attrsOf(event.attrs),
    message,
  };
  return JSON.stringify(json).replace(
    STEERING,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  );
}

/** `SYN,ACK`; '' for a packet without flags. */
export function flagWords(flags: number): string {
  return FLAGS.filter((_, bit) => (flags & (1 << bit)) !== 0).join(',');
}

const number = (value: number): number | undefined => (value === ABSENT ? undefined : value);

/** Text from a line, one character a byte, decoded; undefined for none. */
function words(text: string): string | undefined {
  return text === '' ? undefined : Buffer.from(text, 'latin1').toString('utf8');
}

/** As the store shows it: IPv6 in its shortest form, a mapped address as IPv4. */
function ip(address: string): string | undefined {
  if (address === '') return undefined;
  if (!address.includes(':')) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv6' ? (parsed as ipaddr.IPv6).toRFC5952String() : parsed.toString();
}

function attrsOf(attrs: Record<string, string> | null): Record<string, string> | undefined {
  if (attrs === null) return undefined;
  const entries = Object.entries(attrs).map(([key, value]) => [words(key) ?? '', words(value) ?? '']);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Record<string, string>);
}
