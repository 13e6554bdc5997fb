import ipaddr from 'ipaddr.js';

/** Says whether an address (dotted IPv4 or IPv6 text) lies in one of a set of networks. */
export type Matcher = (address: string) => boolean;

/** Addresses whose answer is remembered; an attacker's random IPv6 sources must not grow this without end. */
const MEMORY = 4_096;

/**
 * @param networks `ADDRESS/BITS` or a lone address, IPv4 or IPv6; bits behind the prefix are ignored
 * @returns undefined for an empty set, so that callers can leave the question out
 * @throws Error with one sentence that names the network that is none
 */
export function networkMatcher(networks: readonly string[]): Matcher | undefined {
  if (networks.length === 0) return undefined;
  const v4: { base: number; mask: number }[] = [];
  const v6: [ipaddr.IPv6, number][] = [];
  for (const text of networks) {
    const [address, bits] = parseNetwork(text);
    if (address.kind() === 'ipv6') v6.push([address as ipaddr.IPv6, bits]);
    else v4.push(maskOf(address as ipaddr.IPv4, bits));
  }
  const memory = new Map<string, boolean>();
  const slow = (text: string): boolean => {
    const known = memory.get(text);
    if (known !== undefined) return known;
    const answer = text.includes(':') && ipaddr.isValid(text) && matches(ipaddr.process(text), v4, v6);
    if (memory.size >= MEMORY) memory.clear();
    memory.set(Buffer.from(text).toString(), answer); // a copy: a piece of a line would keep the whole line alive
    return answer;
  };
  return (text) => {
    const number = ipv4Number(text);
    return Number.isNaN(number) ? slow(text) : inAny(number, v4);
  };
}

/** Networks a sender may always come from: private, link-local, loopback. */
export const LOCAL_NETWORKS: readonly string[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
];

/** @throws Error with one sentence when the text is no network */
export function parseNetwork(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  try {
    // ipaddr.js takes 10.1 for 10.0.0.1; who writes that means 10.1.0.0.
    if (!text.includes(':') && !/^(?:\d+\.){3}\d+(?:\/\d+)?$/.test(text)) throw new Error('not four numbers');
    if (text.includes('/')) return fromMapped(ipaddr.parseCIDR(text));
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv6' ? 128 : 32];
  } catch (cause) {
    throw new Error(`"${text}" is no network: write ADDRESS/BITS, for example 203.0.113.0/24 or 2001:db8::/32.`, {
      cause,
    });
  }
}

function fromMapped([address, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (address.kind() === 'ipv6' && bits >= 96 && (address as ipaddr.IPv6).isIPv4MappedAddress()) {
    return [(address as ipaddr.IPv6).toIPv4Address(), bits - 96];
  }
  return [address, bits];
}

function matches(
  address: ipaddr.IPv4 | ipaddr.IPv6,
  v4: readonly { base: number; mask: number }[],
  v6: readonly [ipaddr.IPv6, number][]
): boolean {
  if (address.kind() === 'ipv4') return inAny(ipv4Number(address.toString()), v4);
  return v6.some((network) => (address as ipaddr.IPv6).match(network));
}

function inAny(address: number, networks: readonly { base: number; mask: number }[]): boolean {
  for (let i = 0; i < networks.length; i++) {
    const network = networks[i] as { base: number; mask: number };
    if ((address & network.mask) === network.base) return true;
  }
  return false;
}

function maskOf(address: ipaddr.IPv4, bits: number): { base: number; mask: number } {
  const mask = bits === 0 ? 0 : -1 << (32 - bits);
  return { base: ipv4Number(address.toString()) & mask, mask };
}

const NOT_IPV4 = Number.NaN;

/** A dotted address as a signed 32-bit number, NaN when the text is none. No allocation. */
export function ipv4Number(text: string): number {
  let number = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (digits === 0 || ++dots > 3) return NOT_IPV4;
      number = (number << 8) | octet;
      octet = 0;
      digits = 0;
    } else if (code >= 48 && code <= 57) {
      octet = octet * 10 + code - 48;
      if (++digits > 3 || octet > 255) return NOT_IPV4;
    } else {
      return NOT_IPV4;
    }
  }
  return dots === 3 && digits > 0 ? (number << 8) | octet : NOT_IPV4;
}
