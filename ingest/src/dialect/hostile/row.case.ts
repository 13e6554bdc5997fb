import ipaddr from 'ipaddr.js';
import { COLUMNS } from '../../event/columns.js';
import { ACTIONS, DIRECTIONS, type Event } from '../../event/event.js';
import { Rows } from '../../event/rows.js';

/** What RowBinary holds of one column, by its type alone. */
type Value = number | bigint | string | null | readonly (readonly [string, string])[];

/** Reads one value of a type at `at` and moves behind it. @throws Error when the bytes end before the value does */
class Decoder {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(type: string): Value {
    const inner = /^(Nullable|LowCardinality)\((.*)\)$/.exec(type);
    if (inner?.[1] === 'Nullable') return this.#uint(1) === 1 ? null : this.read(inner[2]!);
    if (inner?.[1] === 'LowCardinality') return this.read(inner[2]!);
    if (type === 'String') return this.#text();
    if (type === 'IPv6') return this.#take(16).toString('hex');
    if (type.startsWith('Enum8')) return this.#uint(1);
    if (type.startsWith('DateTime64')) return this.#take(8).readBigInt64LE();
    if (type === 'UInt64') return this.#take(8).readBigUInt64LE();
    if (/^UInt(?:8|16|32)$/.test(type)) return this.#uint(Number(type.slice(4)) / 8);
    if (!type.startsWith('Map(')) throw new Error(`No reader for the type ${type}.`);
    return Array.from({ length: this.#varint() }, () => [this.#text(), this.#text()] as const);
  }

  #uint(bytes: number): number {
    return this.#take(bytes).readUIntLE(0, bytes);
  }

  #varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#uint(1);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  #text(): string {
    return this.#take(this.#varint()).toString('latin1');
  }

  #take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.#bytes.length) throw new Error(`The row ends within a value, at ${this.#bytes.length} of ${end}.`);
    const taken = this.#bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }
}

/** Sixteen bytes in hexadecimal, as another reader of addresses has them. */
function ipv6(address: string): string {
  if (address === '') return '0'.repeat(32);
  // ipaddr.js takes `::192.0.2.1` for a mapped address, which it is not: what it gets has no dots left.
  const parsed = ipaddr.parse(address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address);
  const wide = parsed instanceof ipaddr.IPv4 ? parsed.toIPv4MappedAddress() : parsed;
  return Buffer.from(wide.toByteArray()).toString('hex');
}

const nullable = (value: number): number | null => (value < 0 ? null : value);

/** What each column must hold of an event; those that the reader fills are left out. */
const WANTED: Readonly<Record<string, (event: Event) => Value>> = {
  time: (event) => BigInt(event.time),
  sensor: (event) => event.sensor,
  action: (event) => ACTIONS.indexOf(event.action),
  direction: (event) => DIRECTIONS.indexOf(event.direction),
  iface_in: (event) => event.ifaceIn,
  iface_out: (event) => event.ifaceOut,
  proto: (event) => event.proto,
  src_ip: (event) => ipv6(event.srcIp),
  dst_ip: (event) => ipv6(event.dstIp),
  src_port: (event) => event.srcPort,
  dst_port: (event) => event.dstPort,
  tcp_flags: (event) => nullable(event.tcpFlags),
  icmp_type: (event) => nullable(event.icmpType),
  icmp_code: (event) => nullable(event.icmpCode),
  ttl: (event) => nullable(event.ttl),
  ip_id: (event) => nullable(event.ipId),
  tcp_window: (event) => nullable(event.tcpWindow),
  tcp_seq: (event) => nullable(event.tcpSeq),
  length: (event) => nullable(event.length),
  count: (event) => event.count,
  packets: (event) => BigInt(event.packets),
  bytes: (event) => BigInt(event.bytes),
  duration_ms: (event) => event.durationMs,
  nat_src_ip: (event) => ipv6(event.natSrcIp),
  nat_dst_ip: (event) => ipv6(event.natDstIp),
  nat_src_port: (event) => event.natSrcPort,
  nat_dst_port: (event) => event.natDstPort,
  rule: (event) => event.rule,
  signature: (event) => event.signature,
  severity: (event) => event.severity,
  qname: (event) => event.qname,
  attrs: (event) => Object.entries(event.attrs ?? {}),
};

const ROW = { received: 0, seq: 0, batch: new Uint8Array(8), dialect: '', own: undefined, intel: undefined };
const rows = new Rows();

/**
 * Writes the event as the store gets it, reads the bytes by the columns' types alone, and compares: a field that exceeds
 * its type comes back as another.
 * @throws Error that names the columns
 */
export function checkRow(event: Event, line: string): void {
  const source = Buffer.from(line, 'latin1');
  rows.add(event, ROW, source, 0, source.length);
  const decoder = new Decoder(Buffer.from(rows.takeCopy()));
  const wrong: string[] = [];
  for (const { name, type } of COLUMNS) {
    const found = decoder.read(type);
    const want = name === 'message' ? line : WANTED[name]?.(event);
    if (want !== undefined && !same(found, want)) wrong.push(`${name} ${String(want)} is stored as ${String(found)}`);
  }
  if (wrong.length > 0) throw new Error(`Not what was read: ${wrong.join(', ')}`);
}

const same = (found: Value, want: Value): boolean =>
  found === want || (Array.isArray(found) && JSON.stringify(found) === JSON.stringify(want));
