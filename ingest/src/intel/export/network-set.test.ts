import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Network } from '../network.js';
import { covers, readNetwork } from '../network.js';
import { networkSet } from './network-set.js';

const read = (text: string): Network => readNetwork(text) as Network;

test('an address is in a network that covers it, and in no other', () => {
  const inSet = networkSet(['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'].map(read));
  const asked = ['192.0.2.255', '192.0.3.0', '2001:db8:ffff::1', '2001:db9::', '198.51.100.7', '198.51.100.8'];
  expect(asked.map((text) => inSet(read(text)))).toEqual([true, false, true, false, true, false]);
  expect(networkSet([read('::/0')])(read('192.0.2.1'))).toBe(true);
  expect(networkSet([])(read('192.0.2.1'))).toBe(false);
});

test('it says what a look through all networks says', () => {
  const address = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map((start) => ({ start, bits: 128 }));
  const network = fc.tuple(address, fc.nat(128)).map(([{ start }, bits]) => {
    const shift = BigInt(128 - bits);
    return { start: (start >> shift) << shift, bits };
  });
  fc.assert(
    fc.property(fc.array(network, { maxLength: 8 }), fc.array(address, { maxLength: 8 }), (networks, addresses) => {
      const inSet = networkSet(networks);
      const some = [...addresses, ...networks.map(({ start }) => ({ start, bits: 128 }))];
      for (const one of some) expect(inSet(one)).toBe(networks.some((each) => covers(each, one)));
    }),
    { seed: 11 }
  );
});
