import ipaddr from 'ipaddr.js';
import { parseNetwork } from '../enrich/networks.js';

/** A network in the one space of 128 bits that holds IPv6 and, mapped into ::ffff:0:0/96, IPv4. */
export interface Network {
  /** First address; bits behind the prefix are 0. */
  readonly start: bigint;
  /** Length of the prefix, 0–128: that of IPv4 is 96 more than as written. */
  readonly bits: number;
}

const MAPPED = 0xffffn << 32n;
const LONGEST = 45 + 4;

/** An address or CIDR, IPv4 or IPv6; bits behind the prefix are dropped. @returns undefined when the text is neither */
export function readNetwork(text: string): Network | undefined {
  if (text.length > LONGEST || !/^[\da-fA-F]*[.:]/.test(text)) return undefined;
  try {
    const [address, bits] = parseNetwork(text);
    const wide = address.kind() === 'ipv4' ? bits + 96 : bits;
    return { start: masked(numberOf(address), wide), bits: wide };
  } catch {
    return undefined;
  }
}

/** The networks that together are `first` to `last`, both included. @returns none when they are in the wrong order */
export function rangeNetworks(first: Network, last: Network): Network[] {
  const networks: Network[] = [];
  const end = lastOf(last);
  for (let at = first.start; at <= end; ) {
    let bits = 128;
    // The largest block that starts here and does not reach beyond the end.
    while (bits > 0 && masked(at, bits - 1) === at && at + sizeOf(bits - 1) - 1n <= end) bits--;
    networks.push({ start: at, bits });
    at += sizeOf(bits);
  }
  return networks;
}

/** `192.0.2.1-192.0.2.9`, in whole or with blanks around the hyphen. @returns undefined when it is no range */
export function readRange(text: string): Network[] | undefined {
  const [from, to, more] = text.split('-');
  const first = readNetwork(from?.trim() ?? '');
  const last = readNetwork(to?.trim() ?? '');
  if (first?.bits !== 128 || last?.bits !== 128 || more !== undefined || first.start > last.start) return undefined;
  return isV4(first) === isV4(last) ? rangeNetworks(first, last) : undefined;
}

export const isV4 = ({ start, bits }: Network): boolean => bits >= 96 && start >> 32n === 0xffffn;

export const lastOf = ({ start, bits }: Network): bigint => start + sizeOf(bits) - 1n;

/** Whether `inner` lies in `outer`, or is it. */
export const covers = (outer: Network, inner: Network): boolean =>
  outer.bits <= inner.bits && masked(inner.start, outer.bits) === outer.start;

/** As people write it: `192.0.2.0/24`, `2001:db8::/32`; a lone address without its length. */
export function networkText(network: Network): string {
  const v4 = isV4(network);
  const address = v4 ? dotted(network.start) : hex(network.start);
  if (network.bits === 128) return address;
  return `${address}/${v4 ? network.bits - 96 : network.bits}`;
}

/** As the store keys it: `::ffff:192.0.2.0/120`, `2001:db8::/32`. */
export function networkKey(network: Network): string {
  return `${isV4(network) ? `::ffff:${dotted(network.start)}` : hex(network.start)}/${network.bits}`;
}

function numberOf(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  let number = 0n;
  for (const byte of address.toByteArray()) number = (number << 8n) | BigInt(byte);
  return address.kind() === 'ipv4' ? MAPPED | number : number;
}

const sizeOf = (bits: number): bigint => 1n << BigInt(128 - bits);

const masked = (address: bigint, bits: number): bigint => (address >> BigInt(128 - bits)) << BigInt(128 - bits);

function dotted(address: bigint): string {
  const low = Number(address & 0xffffffffn);
  return `${low >>> 24}.${(low >>> 16) & 255}.${(low >>> 8) & 255}.${low & 255}`;
}

function hex(address: bigint): string {
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((address >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toString();
}
