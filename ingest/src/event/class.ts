/**
 * `class`: what a probe is painted as, computed once at ingest. Bits 0-1 protocol (0 TCP, 1 UDP, 2 other with
 * ports, 3 without ports), bit 2 IPv6, bit 3 tail: what a fireplot hides until asked (own network as source,
 * port 0, and the ends of old connections: FIN+ACK without SYN, RST).
 */
export const CLASS_IPV6 = 4;
export const CLASS_TAIL = 8;

const FIN = 1;
const RST = 4;
const ACK = 16;

/** Protocols other than TCP and UDP whose header starts with ports: DCCP 33, SCTP 132, UDP-Lite 136. */
const OTHER_WITH_PORTS = new Set([33, 132, 136]);

/**
 * @param flags TCP flags, negative when not logged
 * @param own whether the source lies in a protected network
 */
export function classOf(proto: number, ipv6: boolean, dstPort: number, flags: number, own: boolean): number {
  const kind = proto === 6 ? 0 : proto === 17 ? 1 : OTHER_WITH_PORTS.has(proto) ? 2 : 3;
  const ended = proto === 6 && flags >= 0 && ((flags & RST) !== 0 || (flags & 63) === (FIN | ACK));
  const tail = own || ended || (kind !== 3 && dstPort === 0);
  return kind | (ipv6 ? CLASS_IPV6 : 0) | (tail ? CLASS_TAIL : 0);
}
