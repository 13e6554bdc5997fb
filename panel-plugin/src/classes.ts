/**
 * What a probe is painted as. Bits 0–1 protocol (0 TCP, 1 UDP, 2 other with ports, 3 without ports), bit 2 IPv6,
 * bit 3 tail (ends of old connections, own sources). Same numbers as the store's column `class`.
 */
export type ClassId = number;

export const IPV6 = 4;
export const TAIL = 8;

/** For frames that do not tell the protocol: one class of its own rather than a wrong claim. */
export const UNTOLD: ClassId = 16;

/** Class ids run from 0 to this, exclusive. */
export const CLASS_IDS = 17;

const PROTOCOLS = ['TCP', 'UDP', 'other', 'no port'] as const;

/** The name of a class as the data source writes it, such as `TCP/IPv4` or `UDP/IPv6 tail`. */
export function className(id: ClassId): string {
  if (id === UNTOLD) {
    return 'events';
  }
  return `${PROTOCOLS[id & 3]}/${id & IPV6 ? 'IPv6' : 'IPv4'}${id & TAIL ? ' tail' : ''}`;
}

const BY_NAME: ReadonlyMap<string, ClassId> = new Map(
  Array.from({ length: UNTOLD }, (_, id) => [className(id).toLowerCase(), id])
);

/** A class from what a frame holds: its number, the number as text, or its name in any case. */
export function classFrom(value: unknown): ClassId | undefined {
  if (typeof value === 'number') {
    return Number.isInteger(value) && value >= 0 && value < UNTOLD ? value : undefined;
  }
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  return BY_NAME.get(value.trim().toLowerCase()) ?? classFrom(Number(value));
}

/** IANA numbers and keywords whose header starts with ports: DCCP, SCTP, UDP-Lite. */
const OTHER_WITH_PORTS: ReadonlySet<string> = new Set(['33', '132', '136', 'dccp', 'sctp', 'udplite', 'udp-lite']);

/** A class from a protocol as firewalls write it: `6`, `tcp`, `TCP (SYN)`, `udp6`, `ipv6-icmp`. */
export function classOfProtocol(proto: unknown, ipv6: boolean): ClassId {
  const word = String(proto ?? '')
    .trim()
    .toLowerCase();
  const v6 = ipv6 || word.startsWith('ipv6') || /^(tcp|udp)6\b/.test(word) || word === '58' ? IPV6 : 0;
  if (word === '') {
    return UNTOLD;
  }
  if (word === '6' || word.startsWith('tcp')) {
    return 0 | v6;
  }
  if (OTHER_WITH_PORTS.has(word)) {
    return 2 | v6;
  }
  return (word === '17' || word.startsWith('udp') ? 1 : 3) | v6;
}

/** Protocol part of a class for a look-up of services. */
export function transportOf(id: ClassId): 'tcp' | 'udp' | undefined {
  if (id === UNTOLD || (id & 3) > 1) {
    return undefined;
  }
  return (id & 3) === 0 ? 'tcp' : 'udp';
}
