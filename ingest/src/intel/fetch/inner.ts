import { lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

/** Loopback, private and link-local addresses, where services trust whoever asks. */
const INNER = new BlockList();
for (const [address, bits] of [
  ...([
    ['127.0.0.0', 8],
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['100.64.0.0', 10],
    ['0.0.0.0', 8],
  ] as const),
]) {
  INNER.addSubnet(address, bits, 'ipv4');
}
for (const [address, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  INNER.addSubnet(address, bits, 'ipv6');

/** Whether a host of a URL is an address within, or the name of this machine. */
export function isInner(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '');
  const family = isIP(address);
  if (family === 0) return /(?:^|\.)localhost\.?$/i.test(host);
  return INNER.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** Looks a name up that a server gave: a feed must not make us ask what only we can reach. */
export const guardedLookup: LookupFunction = (host, options, done) => {
  lookup(host, options, (error, found, family) => {
    const addresses = typeof found === 'string' ? [found] : (found ?? []).map(({ address }) => address);
    const inner = error === null && addresses.some(isInner);
    done(inner ? Object.assign(new Error('the name leads inwards'), { code: 'EINNER' }) : error, found, family);
  });
};
