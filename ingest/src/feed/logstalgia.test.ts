import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACTIONS, logstalgiaLine } from './logstalgia.js';

const DROP = {
  epoch: 1795305600,
  source: '::ffff:198.51.100.7',
  proto: 6,
  port: 22,
  action: 'drop',
  size: 44,
} as const;

test('an event is epoch, source, protocol and port, code and size', () => {
  expect(logstalgiaLine(DROP)).toBe('1795305600|198.51.100.7|tcp:22|200|44');
  expect(logstalgiaLine({ ...DROP, source: '2001:db8::7', proto: 17, port: 53 })).toBe(
    '1795305600|2001:db8::7|udp:53|200|44'
  );
  expect(logstalgiaLine({ ...DROP, proto: 1, port: 0, size: 0 })).toBe('1795305600|198.51.100.7|icmp:0|200|0');
});

test('a source that the log did not say is a word, and a protocol without a name its number', () => {
  expect(logstalgiaLine({ ...DROP, source: '::', proto: 200 })).toBe('1795305600|unknown|200:22|200|44');
});

test('what was turned away bounces off the paddle, what was let through passes it', () => {
  const code = (action: (typeof ACTIONS)[number]) => Number(logstalgiaLine({ ...DROP, action }).split('|')[3]);
  expect(['drop', 'reject', 'unknown'].every((action) => code(action as 'drop') < 400)).toBe(true);
  expect(code('allow')).toBeGreaterThanOrEqual(400);
  expect(new Set(ACTIONS.map(code)).size).toBe(ACTIONS.length);
});

test('every line has five fields, and nothing in them parts fields or lines', () => {
  const seen = fc.record({
    epoch: fc.nat(4_294_967_295),
    source: fc.oneof(
      fc.ipV6(),
      fc.ipV4().map((address) => `::ffff:${address}`)
    ),
    proto: fc.nat(255),
    port: fc.nat(65_535),
    action: fc.constantFrom(...ACTIONS),
    size: fc.maxSafeNat(),
  });
  fc.assert(
    fc.property(seen, (event) => {
      expect(logstalgiaLine(event)).toMatch(/^\d+\|[0-9a-fA-F:.]+\|[^|:\s]+:\d+\|\d{3}\|\d+$|^\d+\|unknown\|/);
    }),
    { seed: 7, numRuns: 2_000 }
  );
});
