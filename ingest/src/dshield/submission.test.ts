import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dshield } from '../dialect/dshield/parse.js';
import { parsed } from '../dialect/formats.case.js';
import { networkMatcher } from '../enrich/networks.js';
import { ABSENT } from '../event/event.js';
import { leftOut, lineOf, masked } from './submission.js';
import type { Submitted } from './submission.js';

const PROBE: Submitted = {
  second: Date.UTC(2026, 10, 22, 3, 4, 5) / 1000,
  source: '9.9.9.23',
  sourcePort: 40_112,
  target: '203.0.113.9',
  targetPort: 23,
  proto: 6,
  flags: 2,
  icmpType: null,
  icmpCode: null,
  count: 3,
};

test('a line is what DShield takes, the first number of its target 10', () =>
  expect(lineOf(PROBE, '110134201')).toBe(
    '2026-11-22 03:04:05 +00:00\t110134201\t3\t9.9.9.23\t40112\t10.0.113.9\t23\t6\tS'
  ));

const octet = fc.nat(255);
const address = fc.tuple(fc.integer({ min: 1, max: 223 }), octet, octet, octet).map((octets) => octets.join('.'));

test('our own dialect reads each line as what was written, the target masked', () => {
  const rows = fc.record({
    second: fc.integer({ min: 86_400, max: 4_000_000_000 }),
    source: address,
    target: address,
    sourcePort: fc.nat(65_535),
    targetPort: fc.nat(65_535),
    proto: fc.constantFrom(6, 17, 47, 132),
    flags: fc.option(fc.integer({ min: 1, max: 255 }), { nil: null }),
    icmpType: fc.constant(null),
    icmpCode: fc.constant(null),
    count: fc.integer({ min: 1, max: 0xffff_ffff }),
  });
  fc.assert(
    fc.property(rows, (row) => {
      const { verdict, event } = parsed(dshield, lineOf(row, '7'));
      const ports = row.proto !== 47;
      expect(verdict).toBe('ok');
      expect(event).toMatchObject({
        time: row.second * 1000,
        srcIp: row.source,
        dstIp: masked(row.target),
        srcPort: ports ? row.sourcePort : 0,
        dstPort: ports ? row.targetPort : 0,
        proto: row.proto,
        count: row.count,
        tcpFlags: row.proto === 6 && row.flags !== null ? row.flags : ABSENT,
      });
    }),
    { seed: 3, numRuns: 500 }
  );
});

test.each([
  [8, 0],
  [3, 13],
  [null, null],
])('ICMP of type %s and code %s is read back; where they are not known neither is told', (icmpType, icmpCode) => {
  const { event } = parsed(dshield, lineOf({ ...PROBE, proto: 1, flags: null, icmpType, icmpCode }, '7'));
  expect([event.icmpType, event.icmpCode]).toEqual([icmpType ?? ABSENT, icmpCode ?? ABSENT]);
});

describe('what stays here', () => {
  const own = networkMatcher(['9.9.9.0/28']);
  test.each([
    [{}, undefined],
    [{ source: '9.9.9.3' }, 'own source'],
    [{ source: '10.1.2.3' }, 'source not public'],
    [{ source: '100.64.0.1' }, 'source not public'],
    [{ source: '224.0.0.1' }, 'source not public'],
    [{ source: '2001:db8::1' }, 'IPv6'],
    [{ target: '2001:db8::1' }, 'IPv6'],
    [{ target: '::' }, 'no target'],
  ] as const)('%j: %s', (change, why) => expect(leftOut({ ...PROBE, ...change }, own)).toBe(why));
});
