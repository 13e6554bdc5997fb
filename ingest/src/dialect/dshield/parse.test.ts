import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { formatFiles, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { dshield, reasons } from './parse.js';

describeDialect({
  dialect: dshield,
  reasons,
  url: import.meta.url,
  cutMayChange: { tcpFlags: 'they stand last' },
});

const icmp = (first: number, second: number, proto = 1): readonly number[] => {
  const line = `2026-11-22 03:04:05 +00:00\t1\t1\t192.0.2.1\t${first}\t203.0.113.9\t${second}\t${proto}\t`;
  const { event } = parsed(dshield, line);
  return [event.icmpType, event.icmpCode];
};

test.each([
  // Only one of the two orders is a message that anybody sends.
  [0, 8, [8, 0]],
  [8, 0, [8, 0]],
  [3, 1, [3, 1]],
  [1, 3, [3, 1]],
  [11, 0, [11, 0]],
  // Both are: DShield's own order.
  [3, 5, [5, 3]],
  [0, 0, [0, 0]],
  // Neither is.
  [200, 201, [201, 200]],
] as const)('dshield: ICMP with the ports %d and %d is type and code %j', (first, second, want) => {
  expect(icmp(first, second)).toEqual(want);
});

test('dshield: ICMPv6 has types of its own', () => {
  expect(icmp(128, 0, 58)).toEqual([128, 0]);
  expect(icmp(0, 128, 58)).toEqual([128, 0]);
});

describe.skipIf(!hasFormats)(`dshield: real lines${WHERE}`, () => {
  test('of lists that DShield publishes are no submission', () => {
    for (const file of formatFiles('dshield'))
      expect(Object.keys(verdicts(dshield, 'dshield', file))).toEqual(['unclaimed']);
  });
});
