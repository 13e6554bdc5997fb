import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { address } from '../../event/address.js';
import { covers, isV4, networkText, readNetwork } from '../network.js';
import type { Network } from '../network.js';
import { IntelMatcher } from './matcher.js';
import type { ListedName } from './names.js';
import { nameTable } from './names.js';
import { v4Tables, v6Tables } from './tables.js';

const SEEDS = [1, 2] as const;

type Listed = Network & { readonly score: number };

/** As the store hands them over: sorted by start, outer networks first. */
function matcher(networks: readonly Listed[], names: readonly ListedName[] = []): IntelMatcher {
  const sorted = [...networks].sort((a, b) => (a.start === b.start ? a.bits - b.bits : a.start < b.start ? -1 : 1));
  const v4 = sorted
    .filter(isV4)
    .map((one) => ({ ...one, start: Number(one.start & 0xffff_ffffn), bits: one.bits - 96 }));
  const v6 = sorted.filter((one) => !isV4(one));
  return new IntelMatcher({ ...v4Tables(v4), ...v6Tables(v6), names: nameTable(names, SEEDS) });
}

const list = (text: string, score: number): Listed => ({ ...(readNetwork(text) as Network), score });

function scoreOf(of: IntelMatcher, text: string): number {
  const bytes = new Uint8Array(18);
  address(bytes, 1, text);
  return of.address(bytes, 1);
}

describe('an address', () => {
  test('has the score of the longest prefix, and 0 where that is allowed or there is none', () => {
    const of = matcher([
      list('192.0.2.0/24', 50),
      list('192.0.2.16/28', 0),
      list('192.0.2.7', 90),
      list('2001:db8::/32', 20),
    ]);
    const expected = {
      '192.0.2.1': 50,
      '192.0.2.7': 90,
      '192.0.2.8': 50,
      '192.0.2.17': 0,
      '192.0.2.32': 50,
      '192.0.3.0': 0,
    };
    for (const [text, score] of Object.entries(expected)) expect(scoreOf(of, text), text).toBe(score);
    expect(scoreOf(of, '2001:db8:ffff::1')).toBe(20);
    expect(scoreOf(of, '2001:db9::')).toBe(0);
    expect(scoreOf(of, '192.0.1.255')).toBe(0);
  });

  test('at both ends of the space is found, and nothing is where nothing is listed', () => {
    const of = matcher([list('0.0.0.0', 1), list('255.255.255.255', 2), list('::', 3), list('ff00::/8', 4)]);
    const ends = ['0.0.0.0', '255.255.255.255', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'];
    expect(ends.map((text) => scoreOf(of, text))).toEqual([1, 2, 3, 4]);
    expect(ends.map((text) => scoreOf(matcher([]), text))).toEqual([0, 0, 0, 0]);
  });

  test('has the score that a look through all networks gives', () => {
    const bits = fc.nat({ max: 0xff_ffff });
    // Few different first bytes, so that networks lie in each other.
    const made = fc.record({
      high: fc.constantFrom(0n, 0xc0n, 0xffn),
      low: bits,
      length: fc.integer({ min: 8, max: 32 }),
      six: fc.boolean(),
      score: fc.nat({ max: 100 }),
    });
    const startOf = (high: bigint, low: number, six: boolean): bigint =>
      six ? (((high | 0x20n) << 24n) | BigInt(low)) << 96n : (0xffffn << 32n) | (high << 24n) | BigInt(low);
    fc.assert(
      fc.property(
        fc.array(made, { maxLength: 40 }),
        fc.array(made, { minLength: 1, maxLength: 10 }),
        (listed, asked) => {
          const networks = new Map<string, Listed>();
          for (const { high, low, length, six, score } of listed) {
            const wide = six ? length : length + 96;
            const start = (startOf(high, low, six) >> BigInt(128 - wide)) << BigInt(128 - wide);
            networks.set(`${start}/${wide}`, { start, bits: wide, score });
          }
          const all = [...networks.values()];
          const of = matcher(all);
          for (const { high, low, six } of asked) {
            const one: Network = { start: startOf(high, low, six), bits: 128 };
            const [longest] = all.filter((outer) => covers(outer, one)).sort((a, b) => b.bits - a.bits);
            expect(scoreOf(of, networkText(one))).toBe(longest?.score ?? 0);
          }
        }
      ),
      { seed: 7, numRuns: 300 }
    );
  });
});

describe('a name', () => {
  const of = matcher(
    [],
    [
      { name: 'bad.example', score: 50, allow: false },
      { name: '*.worse.example', score: 80, allow: false },
      { name: 'fine.worse.example', score: 0, allow: true },
      { name: 'bad.example', score: 60, allow: false },
    ]
  );

  test.each([
    ['bad.example', 60],
    ['BAD.Example.', 60],
    ['www.bad.example', 0],
    ['notbad.example', 0],
    ['worse.example', 0],
    ['a.worse.example', 80],
    ['a.b.worse.example', 80],
    ['fine.worse.example', 0],
    ['*.worse.example', 80],
    ['', 0],
    ['.', 0],
    ['example', 0],
  ])('%s has the score %i', (name, score) => expect(of.name(name)).toBe(score));

  test('is found among many, and no other is', () => {
    const names = Array.from({ length: 5_000 }, (_, i) => ({
      name: `n${i}.example`,
      score: 1 + (i % 100),
      allow: false,
    }));
    const many = matcher([], names);
    expect(names.filter(({ name, score }) => many.name(name) !== score)).toEqual([]);
    const others = Array.from({ length: 5_000 }, (_, i) => `n${i + 5_000}.example`);
    expect(others.filter((name) => many.name(name) !== 0)).toEqual([]);
  });
});
