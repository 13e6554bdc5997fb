/**
 * One firewall event, as a dialect fills it. A single object is reused for line after line in the hot
 * path: `reset` before `parse`, encode after it, keep no reference to it.
 */
export interface Event {
  /** Milliseconds since the epoch, UTC. 0 when the line carries no time: the reader then puts `received`. */
  time: number;
  /** Device that logged, from the line's host name; '' lets the reader put the sender's address. */
  sensor: string;
  action: Action;
  direction: Direction;
  ifaceIn: string;
  ifaceOut: string;
  /** IANA protocol number. */
  proto: number;
  /** Textual address, IPv4 dotted or IPv6, already validated; '' when not logged. */
  srcIp: string;
  dstIp: string;
  /** 0 for protocols without ports. */
  srcPort: number;
  dstPort: number;
  /** Bits in header order FIN=1 SYN=2 RST=4 PSH=8 ACK=16 URG=32 ECE=64 CWR=128; `ABSENT` when not logged. */
  tcpFlags: number;
  icmpType: number;
  icmpCode: number;
  ttl: number;
  ipId: number;
  tcpWindow: number;
  tcpSeq: number;
  length: number;
  /** How many events the line stands for ("repeated N times", hit counts, flow records). */
  count: number;
  packets: number;
  bytes: number;
  durationMs: number;
  natSrcIp: string;
  natDstIp: string;
  natSrcPort: number;
  natDstPort: number;
  rule: string;
  signature: string;
  severity: number;
  qname: string;
  /** The rest: what the dialect knows and no column holds. Null when there is nothing. */
  attrs: Record<string, string> | null;
}

/** The value of a Nullable number that the line does not carry; written as NULL. */
export const ABSENT = -1;

/** Order is the store's Enum8. */
export const ACTIONS = ['unknown', 'allow', 'drop', 'reject', 'alert'] as const;
export type Action = (typeof ACTIONS)[number];

export const DIRECTIONS = ['unknown', 'in', 'out', 'forward'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A fresh event with every field at its absent value. */
export function newEvent(): Event {
  const event = {} as Event;
  reset(event);
  return event;
}

/** Puts every field back to its absent value, in place. */
export function reset(event: Event): void {
  event.time = 0;
  event.sensor = '';
  event.action = 'unknown';
  event.direction = 'unknown';
  event.ifaceIn = '';
  event.ifaceOut = '';
  event.proto = 0;
  event.srcIp = '';
  event.dstIp = '';
  event.srcPort = 0;
  event.dstPort = 0;
  event.tcpFlags = ABSENT;
  event.icmpType = ABSENT;
  event.icmpCode = ABSENT;
  event.ttl = ABSENT;
  event.ipId = ABSENT;
  event.tcpWindow = ABSENT;
  event.tcpSeq = ABSENT;
  event.length = ABSENT;
  event.count = 1;
  event.packets = 0;
  event.bytes = 0;
  event.durationMs = 0;
  event.natSrcIp = '';
  event.natDstIp = '';
  event.natSrcPort = 0;
  event.natDstPort = 0;
  event.rule = '';
  event.signature = '';
  event.severity = 0;
  event.qname = '';
  event.attrs = null;
}
