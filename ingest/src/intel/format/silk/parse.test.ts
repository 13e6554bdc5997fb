import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { silk } from './parse.js';

const SAMPLE =
  '198.51.100.7\n198.51.100.0/30 # rack\n   4|   192.0.2.0|   192.0.2.3|\n2001:db8::1\n10.0.1,3.x\nnobody\n';

describe('silk', () => {
  test('reads addresses, blocks, ranges and wildcards', () => {
    expect(found(silk, SAMPLE)).toEqual([
      ...['198.51.100.7', '198.51.100.0/30', '192.0.2.0/30', '2001:db8::1', '10.0.1.0/24', '10.0.3.0/24'],
    ]);
    expect(counts(silk.parse([SAMPLE], {}))).toEqual([1, 0, undefined]);
  });

  test.each([
    ['192.0.2.1-192.0.2.2', ['192.0.2.1', '192.0.2.2']],
    ['192.0.2.0 192.0.2.3', ['192.0.2.0/30']],
    ['192.0.2.2-4', ['192.0.2.2', '192.0.2.3', '192.0.2.4']],
    ['10.x.x.x', ['10.0.0.0/8']],
    ['10.x.0.1', Array.from({ length: 256 }, (_, i) => `10.${i}.0.1`)],
  ])('reads %s', (text, networks) => {
    expect(found(silk, text)).toEqual(networks);
  });

  test.each(['x.x.x.1', '10.3-1.0.0', '10.0.0.256', '10.0.0', '192.0.2.9-192.0.2.1'])('%s is bad', (text) => {
    expect(counts(silk.parse([text], {}))).toEqual([1, 0, undefined]);
  });

  test('holds on any text', () => holdsOnAnyText(silk, SAMPLE));
});
