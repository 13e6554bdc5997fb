import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { ipv4Number, LOCAL_NETWORKS, networkMatcher } from './networks.js';

describe('networkMatcher', () => {
  test.each([
    [['203.0.113.0/24'], '203.0.113.255', true],
    [['203.0.113.0/24'], '203.0.114.0', false],
    [['203.0.113.77/24'], '203.0.113.1', true],
    [['203.0.113.7'], '203.0.113.7', true],
    [['203.0.113.7'], '203.0.113.8', false],
    [['203.0.113.0/24'], '::ffff:203.0.113.9', true],
    [['::ffff:203.0.113.0/120'], '203.0.113.9', true],
    [['0.0.0.0/0'], '255.255.255.255', true],
    [['0.0.0.0/0'], '2001:db8::1', false],
    [['128.0.0.0/1'], '200.1.1.1', true],
    [['2001:db8::/32'], '2001:db8:ffff::1', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['2001:db8::/32', '10.0.0.0/8'], '10.1.2.3', true],
    [['10.0.0.0/8'], 'not an address', false],
    [['10.0.0.0/8'], '', false],
    [['10.0.0.0/8'], '10.0.0', false],
    [[...LOCAL_NETWORKS], 'fe80::1', true],
    [[...LOCAL_NETWORKS], '8.8.8.8', false],
  ])('%j holds %s: %s', (networks, address, expected) => {
    expect(networkMatcher(networks)?.(address)).toBe(expected);
  });

  test('is undefined for no networks at all', () => {
    expect(networkMatcher([])).toBeUndefined();
  });

  test.each(['10.0.0.0/40', '10.0.0/8x', '10.1/16', '10.1', 'home', '10.0.0.0/-1', '2001:db8::/129', ''])(
    'refuses the network %j by name',
    (text) => {
      expect(() => networkMatcher([text])).toThrow(`"${text}" is no network: write ADDRESS/BITS`);
    }
  );

  test('agrees with ipaddr.js on any IPv4 network and address', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (base, address, bits) => {
        const expected = ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parse(base), bits);
        expect(networkMatcher([`${base}/${bits}`])?.(address)).toBe(expected);
      }),
      { seed: 1 }
    );
  });

  test('forgets addresses rather than growing without end, and stays right', () => {
    const match = networkMatcher(['2001:db8::/64']);
    for (let i = 0; i < 10_000; i++) {
      expect(match?.(`2001:db8:0:${(i % 2).toString(16)}::${i.toString(16)}`)).toBe(i % 2 === 0);
    }
  });
});

test.each([
  ['0.0.0.0', 0],
  ['1.2.3.4', 0x01020304],
  ['255.255.255.255', -1],
  ['256.1.1.1', Number.NaN],
  ['1.2.3', Number.NaN],
  ['1.2.3.4.5', Number.NaN],
  ['1..3.4', Number.NaN],
  ['1.2.3.', Number.NaN],
  ['0001.2.3.4', Number.NaN],
])('ipv4Number reads %s as %d', (text, expected) => {
  expect(ipv4Number(text)).toBe(expected);
});
