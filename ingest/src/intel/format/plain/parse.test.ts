import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { netset, plain } from './parse.js';

const SAMPLE =
  '# list\n198.51.100.7\n192.0.2.0/24 # rack\n2001:db8::/32;x\n192.0.2.1-192.0.2.2\nbad.example // c2\n?\n';

describe('plain', () => {
  test('reads addresses, networks, ranges and names', () => {
    expect(found(plain, SAMPLE)).toEqual([
      ...['198.51.100.7', '192.0.2.0/24', '2001:db8::/32', '192.0.2.1', '192.0.2.2', 'bad.example'],
    ]);
    expect(counts(plain.parse([SAMPLE], {}))).toEqual([1, 0, undefined]);
  });

  test('holds on any text', () => holdsOnAnyText(plain, SAMPLE));
});

describe('netset', () => {
  const head = (entries: string): string => `#\n# Entries         : ${entries}\n#\n`;

  test('is whole when it has as many subnets as its head says', () => {
    const text = `${head('2 subnets, 512 unique IPs')}192.0.2.0/24\n198.51.100.0/24\n`;
    expect(counts(netset.parse([text], {}))).toEqual([0, 0, undefined]);
  });

  test('is cut when it has fewer', () => {
    const text = `${head('3 subnets, 768 unique IPs')}192.0.2.0/24\n198.51.100.0/24\n`;
    expect(netset.parse([text], {}).truncated).toBe('it holds 2 entries and says it has 3');
  });
});
