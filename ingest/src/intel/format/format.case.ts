import fc from 'fast-check';
import { expect } from 'vitest';
import type { Format, FormatOptions, Parsed } from '../feed.js';
import { networkText } from '../network.js';

/** What a feed's text comes to: networks as people write them and names, in the order found; allowed ones with `+`. */
export function found(format: Format, text: string, options: FormatOptions = {}): string[] {
  return format
    .parse([text], options)
    .indicators.map(({ network, domain, allow }) => `${allow ? '+' : ''}${network ? networkText(network) : domain}`);
}

/** Counts beside the indicators: bad, ignored, and why it is cut. */
export function counts({ badCount, ignored, truncated }: Parsed): unknown[] {
  return [badCount, ignored, truncated];
}

/**
 * The contract of every format: whatever bytes come, and wherever a feed is cut, nothing is thrown but SyntaxError, and
 * what is found is in range.
 */
export function holdsOnAnyText(format: Format, sample: string): void {
  const piece = fc.constantFrom(
    '\n',
    '\t',
    '|',
    '"',
    '{',
    '[',
    '}',
    '192.0.2.1',
    '/',
    '::',
    '-',
    ';',
    ',',
    'x',
    ':',
    '('
  );
  const made = fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }).map((pieces) => pieces.join(''));
  const cut = fc.nat({ max: sample.length }).map((at) => sample.slice(0, at));
  const changed = fc
    .tuple(fc.nat({ max: sample.length }), fc.oneof(piece, fc.string()))
    .map(([at, text]) => sample.slice(0, at) + text + sample.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(made, cut, changed), (text) => {
      let parsed: Parsed;
      try {
        parsed = format.parse([text], {});
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
        return;
      }
      for (const { network, domain, score } of parsed.indicators) {
        expect(network === undefined).toBe(domain !== '');
        expect(score ?? 0).toBeGreaterThanOrEqual(0);
        expect(score ?? 0).toBeLessThanOrEqual(100);
        if (network) expect(network.bits >= 0 && network.bits <= 128 && network.start >> 128n === 0n).toBe(true);
      }
      expect(parsed.bad.length).toBeLessThanOrEqual(100);
    }),
    { seed: 7, numRuns: 300 }
  );
}
