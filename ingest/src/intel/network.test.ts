import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, lastOf, networkKey, networkText, rangeNetworks, readNetwork, readRange } from './network.js';
import type { Network } from './network.js';

const read = (text: string): Network => readNetwork(text) as Network;

describe('readNetwork', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7', '::ffff:192.0.2.7/128'],
    ['192.0.2.7/24', '192.0.2.0/24', '::ffff:192.0.2.0/120'],
    ['::ffff:192.0.2.7', '192.0.2.7', '::ffff:192.0.2.7/128'],
    ['0.0.0.0/0', '0.0.0.0/0', '::ffff:0.0.0.0/96'],
    ['2001:DB8::/32', '2001:db8::/32', '2001:db8::/32'],
    ['::/0', '::/0', '::/0'],
  ])('%s is %s, keyed %s', (text, shown, key) => {
    expect([networkText(read(text)), networkKey(read(text))]).toEqual([shown, key]);
  });

  test.each(['', '10.1', '256.1.1.1', '192.0.2.1/33', '::/129', 'example.org', '1', '192.0.2.1 ', 'x::1', '1.2.3.4/'])(
    '%j is none',
    (text) => {
      expect(readNetwork(text)).toBeUndefined();
    }
  );
});

describe('ranges', () => {
  test('become the fewest networks', () => {
    const shown = readRange('192.0.2.1-192.0.2.10')?.map(networkText);
    expect(shown).toEqual(['192.0.2.1', '192.0.2.2/31', '192.0.2.4/30', '192.0.2.8/31', '192.0.2.10']);
    expect(readRange('192.0.2.0 - 192.0.2.255')?.map(networkText)).toEqual(['192.0.2.0/24']);
  });

  test.each(['192.0.2.9-192.0.2.1', '192.0.2.1-2001:db8::1', '192.0.2.1', 'a-b', '1.1.1.1-1.1.1.2-1.1.1.3'])(
    '%s is none',
    (text) => {
      expect(readRange(text)).toBeUndefined();
    }
  );

  test('cover every address between their ends, once', () => {
    const address = fc.integer({ min: 0, max: 0xffff }).map((n) => read(`198.51.${n >> 8}.${n & 255}`));
    fc.assert(
      fc.property(address, address, (a, b) => {
        const [first, last] = a.start < b.start ? [a, b] : [b, a];
        const networks = rangeNetworks(first, last);
        let at = first.start;
        for (const network of networks) {
          expect(network.start).toBe(at);
          at = lastOf(network) + 1n;
        }
        expect(at).toBe(last.start + 1n);
      }),
      { seed: 7, numRuns: 200 }
    );
  });
});

test('a network covers itself and what is in it, and nothing else', () => {
  expect(covers(read('192.0.2.0/24'), read('192.0.2.0/24'))).toBe(true);
  expect(covers(read('192.0.2.0/24'), read('192.0.2.9'))).toBe(true);
  expect(covers(read('192.0.2.9'), read('192.0.2.0/24'))).toBe(false);
  expect(covers(read('192.0.2.0/24'), read('192.0.3.9'))).toBe(false);
});
