import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { spamhaus } from './parse.js';

const TEXT = '; made by hand\n198.51.100.0/24 ; SBL1\n192.0.2.0/24 ; SBL2\nnobody ; SBL3\n';
const JSON_LINES =
  '{"cidr":"198.51.100.0/24","sblid":"SBL1","rir":"x"}\n{"cidr":"2001:db8::/32","sblid":"SBL2"}\n{"type":"metadata","records":2}\n';

describe('spamhaus', () => {
  test('reads the text', () => {
    expect(found(spamhaus, TEXT)).toEqual(['198.51.100.0/24', '192.0.2.0/24']);
    expect(counts(spamhaus.parse([TEXT], {}))).toEqual([1, 0, undefined]);
    expect(spamhaus.parse([TEXT], {}).indicators[0]?.tags).toEqual(['SBL1']);
  });

  test('reads JSON lines, which end by counting themselves', () => {
    expect(found(spamhaus, JSON_LINES)).toEqual(['198.51.100.0/24', '2001:db8::/32']);
    expect(counts(spamhaus.parse([JSON_LINES], {}))).toEqual([0, 0, undefined]);
  });

  test('sees that JSON lines are cut', () => {
    const [first = '', , last = ''] = JSON_LINES.split('\n');
    expect(spamhaus.parse([`${first}\n`], {}).truncated).toMatch(/metadata that ends the list is missing/);
    expect(spamhaus.parse([`${first}\n${last}\n`], {}).truncated).toBe('it holds 1 entries and says it has 2');
  });

  test('holds on any text', () => {
    holdsOnAnyText(spamhaus, TEXT);
    holdsOnAnyText(spamhaus, JSON_LINES);
  });
});
