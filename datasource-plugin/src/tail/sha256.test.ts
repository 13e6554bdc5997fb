import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from './sha256';

const known = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

it('is SHA-256, also where a text ends with a block', () => {
  for (let length = 0; length <= 130; length++) {
    expect(sha256('q'.repeat(length))).toBe(known('q'.repeat(length)));
  }
});

it('is SHA-256 of any text as UTF-8', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 });
  fc.assert(
    fc.property(text, (any) => {
      expect(sha256(any)).toBe(known(any));
    }),
    { seed: 7, numRuns: 300 }
  );
});
