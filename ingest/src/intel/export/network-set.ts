import type { Network } from '../network.js';

/** Says whether an address lies in one of many networks; a look a length of prefix, however many there are. */
export function networkSet(networks: Iterable<Network>): (address: Network) => boolean {
  const byLength = new Map<number, Set<bigint>>();
  for (const { start, bits } of networks) {
    const prefixes = byLength.get(bits) ?? new Set<bigint>();
    byLength.set(bits, prefixes.add(start >> BigInt(128 - bits)));
  }
  const lengths = [...byLength];
  return ({ start }) => lengths.some(([bits, prefixes]) => prefixes.has(start >> BigInt(128 - bits)));
}
