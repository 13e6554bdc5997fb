import { describe, expect, test } from 'vitest';
import { collect } from './collect.js';
import type { Found, Limits } from './collect.js';
import type { Kept } from './guard.js';
import { guardOf, tellsPublic } from './guard.js';
import { networkText } from '../network.js';
import { NOW } from './list.case.js';

const DAY = 86_400_000;

const found = (sources: readonly string[], more: Partial<Found> = {}): Found => ({
  ...{ why: 'vertical', sources, minPort: 1, maxPort: 1_024, score: 0.7, informs: false, known: '' },
  ...{ start: NOW - 2 * DAY, end: NOW - DAY },
  ...more,
});

const NOBODY: Kept = { own: [], spoofed: [], allowed: [], suppressions: [] };
const LIMITS: Limits = { now: NOW, expire: 7 * DAY, minScore: 0, informing: false };

/** Who is on the list, and how many are not for what reason. */
function collected(findings: readonly Found[], kept: Partial<Kept> = {}, limits: Partial<Limits> = {}) {
  const { entries, leftOut } = collect(findings, guardOf({ ...NOBODY, ...kept }), { ...LIMITS, ...limits });
  return [entries.map(({ network }) => networkText(network)), leftOut];
}

const [A, B, C] = ['::ffff:198.51.100.7', '::ffff:198.51.100.8', '2001:db8:5::9'] as const;
const [a, b, c] = ['198.51.100.7', '198.51.100.8', '2001:db8:5::9'] as const;

describe('collect', () => {
  test('makes an entry an address out of all its findings, IPv4 first, ascending', () => {
    const findings = [
      found([C, B], { score: 0.91, end: NOW - 1 }),
      found([B], { why: 'spike', score: 0.2, start: NOW - 3 * DAY }),
      found([A]),
      found([B]),
    ];
    const { entries } = collect(findings, guardOf(NOBODY), LIMITS);
    expect(entries.map(({ network }) => networkText(network))).toEqual([a, b, c]);
    expect(entries[1]).toMatchObject({
      ...{ why: ['spike', 'vertical'], score: 91, firstSeen: NOW - 3 * DAY, lastSeen: NOW - 1 },
      expires: NOW - 1 + 7 * DAY,
    });
  });

  test.each<[string, Partial<Kept>, object]>([
    ['on the allow list', { allowed: ['198.51.100.0/29', '2001:db8::/32'] }, { allowed: 2 }],
    ['our own', { own: ['198.51.100.7', '2001:db8:5::/48'] }, { own: 2 }],
    ['a decoy or a victim of backscatter', { spoofed: [A, C] }, { spoofed: 2 }],
  ])('an address that is %s is not on it, and others are', (_, kept, leftOut) => {
    expect(collected([found([A, C]), found([A, '::ffff:198.51.101.8'])], kept)).toEqual([['198.51.101.8'], leftOut]);
  });

  test.each([
    ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1', '127.0.0.1', '169.254.1.1', '0.0.0.1', '224.0.0.1'],
    ...['255.255.255.255', '198.18.0.1', '192.0.0.9'],
  ])('%s, which is private or reserved, is not on it', (address) => {
    expect(collected([found([A, `::ffff:${address}`])])).toEqual([[a], { reserved: 1 }]);
  });

  test.each(['::', '::1', 'fd00::1', 'fe80::1', 'ff02::1', '64:ff9b::c633:6407', 'fec0::1'])(
    '%s, which is private or reserved, is not on it',
    (address) => {
      expect(collected([found([A, address])])).toEqual([[a], { reserved: 1 }]);
    }
  );

  test('a finding that was known when it was found gives nothing, and others of its sources do', () => {
    expect(collected([found([A, B], { known: 'our scanner' }), found([B])])).toEqual([[b], { suppressed: 1 }]);
  });

  test.each([
    ['of a source', { network: '198.51.100.7', kind: '', port: 0 }, [b], { suppressed: 1 }],
    ['of a port', { network: '', kind: '', port: 22 }, [], { suppressed: 2 }],
    ['of a kind', { network: '', kind: 'vertical', port: 0 }, [], { suppressed: 2 }],
    ['of another source', { network: '203.0.113.1', kind: '', port: 0 }, [a, b], {}],
    ['of another port', { network: '', kind: '', port: 2_000 }, [a, b], {}],
    ['of another kind', { network: '', kind: 'spike', port: 0 }, [a, b], {}],
  ])('a suppression %s that came later holds, too', (_, rule, listed, leftOut) => {
    const suppressions = [{ ...rule, reason: 'ours' }];
    expect(collected([found([A, B])], { suppressions })).toEqual([listed, leftOut]);
  });

  test('what only informs is left out unless it is asked for', () => {
    const findings = [found([A], { informs: true, why: 'spike' }), found([B])];
    expect(collected(findings)).toEqual([[b], { informs: 1 }]);
    expect(collected(findings, {}, { informing: true })).toEqual([[a, b], {}]);
  });

  test('a finding below the least score counts for nothing', () => {
    const findings = [found([A], { score: 0.694 }), found([B], { score: 0.695 })];
    expect(collected(findings, {}, { minScore: 70 })).toEqual([[b], { weak: 1 }]);
  });

  test('an address counts until its time after its last finding is over, not longer', () => {
    const findings = [found([A, B], { end: NOW - 7 * DAY }), found([B], { end: NOW - 7 * DAY + 1 })];
    expect(collected(findings)).toEqual([[b], { expired: 1 }]);
    expect(collected(findings, {}, { expire: undefined })).toEqual([[a, b], {}]);
  });

  test('what may never be handed on is told before what may not now', () => {
    const findings = [found(['::ffff:10.0.0.1', A], { known: 'x' }), found(['::ffff:10.0.0.1'], { end: 0 })];
    expect(collected(findings)).toEqual([[], { reserved: 1, suppressed: 1 }]);
  });

  test('a text that is no address or network ends it, rather than letting something out', () => {
    expect(() => collected([found(['198.51.100.7; drop'])])).toThrow('not an address');
    expect(() => collected([found([A])], { allowed: ['nobody'] })).toThrow('not a network');
  });
});

test.each([
  [[], false],
  [['192.168.0.0/16', 'fd00::/8'], false],
  [['192.168.0.0/16', '198.51.100.7'], true],
  [['0.0.0.0/0'], true],
])('own networks %j say which public addresses are ours: %s', (own, tells) => {
  expect(tellsPublic(own)).toBe(tells);
});
