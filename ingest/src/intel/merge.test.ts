import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merge } from './merge.js';
import type { Listed } from './merge.js';
import type { Network } from './network.js';
import { covers, networkText, readNetwork } from './network.js';

const NOW = Date.UTC(2026, 10, 25);

const list = (text: string, more: Partial<Listed> = {}): Listed => ({
  network: readNetwork(text) as Network,
  ...{ feed: 'a', allow: false, score: 50, tags: [] },
  ...{ firstSeen: undefined, lastSeen: undefined, expires: undefined },
  ...more,
});

const shown = (listed: Listed[]): string[] =>
  merge(listed, NOW).map(({ network, score, feeds }) => `${networkText(network)} ${score} ${feeds.join('+')}`);

describe('merge', () => {
  test('gives a prefix the feeds of all networks around it, and the highest score', () => {
    const lists = [list('192.0.2.7', { feed: 'b', score: 40 }), list('192.0.2.0/24'), list('192.0.2.8', { score: 90 })];
    expect(shown(lists)).toEqual(['192.0.2.0/24 50 a', '192.0.2.7 50 a+b', '192.0.2.8 90 a']);
  });

  test('lets what is allowed win, whole, over longer and shorter prefixes and the same', () => {
    const allow = { feed: '', allow: true };
    const lists = [list('192.0.2.0/24'), list('192.0.2.16/28', allow), list('192.0.2.17'), list('192.0.2.16/28')];
    expect(shown(lists)).toEqual(['192.0.2.0/24 50 a', '192.0.2.16/28 0 ']);
  });

  test('leaves out what has expired, allowed or not', () => {
    const expires = NOW;
    expect(shown([list('192.0.2.1', { expires }), list('192.0.2.2', { expires, allow: true })])).toEqual([]);
    expect(merge([list('192.0.2.1', { expires: NOW + 1 })], NOW)[0]?.expires).toBe(NOW + 1);
    const both = [list('192.0.2.1', { expires: NOW + 1 }), list('192.0.2.1', { feed: 'b' })];
    expect(merge(both, NOW)[0]?.expires).toBeUndefined();
  });

  test('the longest prefix answers as a look through all lists does', () => {
    const octet = fc.integer({ min: 0, max: 3 });
    const one = fc
      .tuple(octet, octet, fc.integer({ min: 22, max: 32 }), fc.constantFrom('a', 'b', 'c'), fc.boolean())
      .map(([c, d, bits, feed, allow]) => list(`198.51.${c}.${d}/${bits}`, { feed, allow, score: bits }));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), octet, octet, (lists, c, d) => {
        const address = readNetwork(`198.51.${c}.${d}`) as Network;
        const on = lists.filter(({ network }) => covers(network, address));
        const hit = merge(lists, NOW)
          .filter(({ network }) => covers(network, address))
          .sort((x, y) => y.network.bits - x.network.bits)[0];
        const allowed = on.some(({ allow }) => allow);
        expect(hit?.allowed ?? false).toBe(allowed);
        expect(hit?.feeds ?? []).toEqual(allowed ? [] : [...new Set(on.map(({ feed }) => feed))].sort());
        expect(hit?.score ?? 0).toBe(allowed ? 0 : Math.max(0, ...on.map(({ score }) => score)));
      }),
      { seed: 7, numRuns: 500 }
    );
  });
});
