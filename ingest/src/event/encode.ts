import { ascii, escaped, escapedBytes, LF, nullable, quoted, TAB, timestamp, uint } from './bytes.js';
import { classOf } from './class.js';
import type { Event } from './event.js';

/** What a row says besides the event itself; one object for a batch, changed line by line. */
export interface RowContext {
  /** ms since the epoch. */
  received: number;
  seq: number;
  /** UInt64 as decimal digits. */
  batch: string;
  dialect: string;
  /** Whether an address lies in a protected network; undefined when none are configured. */
  own: ((address: string) => boolean) | undefined;
}

const PLAIN_COPY_FROM = 64;

/**
 * Writes one row of `fireplot.events`, columns in the order of COLUMNS (a test holds the two together), and returns
 * the position behind it. Room must be there; see Rows.
 */
export function encodeRow(
  bytes: Buffer,
  start: number,
  event: Event,
  row: RowContext,
  source: Buffer,
  lineStart: number,
  lineEnd: number,
  plain: boolean
): number {
  const { srcIp, dstIp } = event;
  const own = row.own !== undefined && srcIp !== '' && row.own(srcIp);
  const ipv6 = isIpv6(srcIp === '' ? dstIp : srcIp);

  let p = tab(bytes, timestamp(bytes, start, event.time));
  p = tab(bytes, timestamp(bytes, p, row.received));
  p = tab(bytes, uint(bytes, p, row.seq));
  p = tab(bytes, ascii(bytes, p, row.batch));
  p = tab(bytes, escaped(bytes, p, event.sensor));
  p = tab(bytes, ascii(bytes, p, row.dialect));
  p = tab(bytes, ascii(bytes, p, event.action));
  p = tab(bytes, uint(bytes, p, classOf(event.proto, ipv6, event.dstPort, event.tcpFlags, own)));
  p = tab(bytes, ascii(bytes, p, event.direction));
  p = tab(bytes, escaped(bytes, p, event.ifaceIn));
  p = tab(bytes, escaped(bytes, p, event.ifaceOut));
  p = tab(bytes, uint(bytes, p, event.proto));
  p = tab(bytes, address(bytes, p, srcIp));
  p = tab(bytes, address(bytes, p, dstIp));
  p = tab(bytes, uint(bytes, p, event.srcPort));
  p = tab(bytes, uint(bytes, p, event.dstPort));
  p = tab(bytes, nullable(bytes, p, event.tcpFlags));
  p = tab(bytes, nullable(bytes, p, event.icmpType));
  p = tab(bytes, nullable(bytes, p, event.icmpCode));
  p = tab(bytes, nullable(bytes, p, event.ttl));
  p = tab(bytes, nullable(bytes, p, event.ipId));
  p = tab(bytes, nullable(bytes, p, event.tcpWindow));
  p = tab(bytes, nullable(bytes, p, event.tcpSeq));
  p = tab(bytes, nullable(bytes, p, event.length));
  p = tab(bytes, uint(bytes, p, event.count));
  p = flowAndNat(bytes, p, event);
  p = tab(bytes, escaped(bytes, p, event.rule));
  p = tab(bytes, escaped(bytes, p, event.signature));
  p = tab(bytes, uint(bytes, p, event.severity));
  p = tab(bytes, escaped(bytes, p, event.qname));
  p = ascii(bytes, p, NOT_ENRICHED);
  p = tab(bytes, map(bytes, p, event.attrs));
  if (plain && lineEnd - lineStart >= PLAIN_COPY_FROM) {
    bytes.set(source.subarray(lineStart, lineEnd), p);
    p += lineEnd - lineStart;
  } else {
    p = escapedBytes(bytes, p, source, lineStart, lineEnd);
  }
  bytes[p] = LF;
  return p + 1;
}

/** `intel`, `src_asn`, `src_country`: nothing looks these up yet. */
const NOT_ENRICHED = '0\t0\t\t';

/** `packets` to `nat_dst_port` of a line that has none of them: by far the most. */
const NO_FLOW_NO_NAT = '0\t0\t0\t::\t::\t0\t0\t';

function flowAndNat(bytes: Buffer, start: number, event: Event): number {
  const nat = event.natSrcIp !== '' || event.natDstIp !== '' || event.natSrcPort !== 0 || event.natDstPort !== 0;
  if (!nat && event.packets === 0 && event.bytes === 0 && event.durationMs === 0) {
    return ascii(bytes, start, NO_FLOW_NO_NAT);
  }
  let p = tab(bytes, uint(bytes, start, event.packets));
  p = tab(bytes, uint(bytes, p, event.bytes));
  p = tab(bytes, uint(bytes, p, event.durationMs));
  p = tab(bytes, address(bytes, p, event.natSrcIp));
  p = tab(bytes, address(bytes, p, event.natDstIp));
  p = tab(bytes, uint(bytes, p, event.natSrcPort));
  return tab(bytes, uint(bytes, p, event.natDstPort));
}

function tab(bytes: Uint8Array, p: number): number {
  bytes[p] = TAB;
  return p + 1;
}

/** ClickHouse reads dotted IPv4 in an IPv6 column as the mapped address. */
function address(bytes: Uint8Array, p: number, text: string): number {
  return ascii(bytes, p, text === '' ? '::' : text);
}

/** An IPv6 text has its first colon within five characters; an IPv4-mapped one counts as IPv4. */
export function isIpv6(text: string): boolean {
  const length = text.length < 5 ? text.length : 5;
  for (let i = 0; i < length; i++) {
    if (text.charCodeAt(i) === 58) return !(text.startsWith('::ffff:') && text.includes('.'));
  }
  return false;
}

function map(bytes: Uint8Array, start: number, attrs: Record<string, string> | null): number {
  let p = start;
  bytes[p++] = 123;
  if (attrs !== null) {
    let first = true;
    for (const key in attrs) {
      if (!first) bytes[p++] = 44;
      first = false;
      p = quoted(bytes, p, key);
      bytes[p++] = 58;
      p = quoted(bytes, p, attrs[key] as string);
    }
  }
  bytes[p] = 125;
  return p + 1;
}
