import type { Suppression } from '../../detect/suppress.js';
import { suppressor } from '../../detect/suppress.js';
import { covers, readNetwork } from '../network.js';
import type { Network } from '../network.js';
import { RESERVED } from '../refuse.js';
import type { Guard } from './collect.js';
import { networkSet } from './network-set.js';

/** Beside what no stranger comes from: addresses that stand for something else (protocol tests, NAT64, discard). */
const SPECIAL = [
  '192.0.0.0/24',
  '192.88.99.0/24',
  '198.18.0.0/15',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  'fec0::/10',
];

/** What must not be handed on: networks as CIDR, addresses as text. */
export interface Kept {
  readonly own: readonly string[];
  readonly spoofed: readonly string[];
  readonly allowed: readonly string[];
  readonly suppressions: readonly Suppression[];
}

/** Whether own networks say which public addresses are ours: behind NAT people name their private ones alone. */
export function tellsPublic(own: readonly string[]): boolean {
  return read(own).some((network) => !RESERVED.some((range) => covers(range, network)));
}

export function guardOf({ own, spoofed, allowed, suppressions }: Kept): Guard {
  const covers = suppressor(suppressions);
  return {
    reserved: networkSet([...RESERVED, ...read(SPECIAL)]),
    own: networkSet(read(own)),
    spoofed: networkSet(read(spoofed)),
    allowed: networkSet(read(allowed)),
    suppressed: ({ why, minPort, maxPort }, source) =>
      covers({ kind: why, sources: [source], minPort, maxPort }) !== '',
  };
}

/** @throws Error for what is no network: to pass one over would let out what it keeps */
function read(texts: readonly string[]): Network[] {
  return texts.map((text) => {
    const network = readNetwork(text);
    if (network === undefined) throw new Error(`not a network: ${JSON.stringify(text)}`);
    return network;
  });
}
