import { describe, expect, test } from 'vitest';
import { plain } from './format/plain/parse.js';
import { mispWarninglist } from './format/misp/parse.js';
import { isHtml, judge } from './refuse.js';
import type { Leniency } from './refuse.js';

const own = ['203.0.113.0/24', '2001:db8:cafe::/48'];
const judged = (text: string, indicators = 0, lenient: Leniency = {}): unknown => {
  const verdict = judge(plain.parse([text], {}), { indicators, own }, lenient);
  return typeof verdict === 'string' ? verdict : verdict.length;
};
const many = (count: number): string => Array.from({ length: count }, (_, i) => `198.51.100.${i}\n`).join('');

describe('judge', () => {
  test('takes a feed of strangers', () => {
    expect(judged('198.51.100.7\n192.0.2.0/24\nbad.example\n2600::/16\n8.0.0.0/8\n')).toBe(5);
  });

  test.each([
    ['empty', '# nothing\n', 'the feed is empty'],
    ['of another format', '<a>\n<b>\n', 'none of its 2 entries could be read'],
    ['mostly broken', '?\n?\n192.0.2.1\n', '2 of its 3 entries could not be read'],
    ['all IPv4', '0.0.0.0/0\n', 'far more than any feed can mean'],
    ['all IPv6', '::/0\n', 'far more than any feed can mean'],
    ['wider than /8', '8.0.0.0/7\n', 'far more than any feed can mean'],
    ['around all IPv4 as IPv6 has it', '::/16\n', 'far more than any feed can mean'],
    ['wider than /16', '2600::/12\n', 'far more than any feed can mean'],
    ['of one of our addresses', '203.0.113.9\n', 'of our own network 203.0.113.0/24'],
    ['around our network', '203.0.0.0/16\n', 'of our own network 203.0.113.0/24'],
    ['within our IPv6', '2001:db8:cafe:1::/64\n', 'of our own network 2001:db8:cafe::/48'],
    ['private', '10.1.2.3\n', '--skip-reserved'],
    ['loopback', '::1\n', '--skip-reserved'],
    ['link-local', 'fe80::1\n', '--skip-reserved'],
  ])('refuses a feed that is %s', (_, text, words) => {
    expect(judged(`${text}`)).toContain(words);
  });

  test('refuses ten times the usual size, unless told', () => {
    expect(judged(many(99), 10)).toBe(99);
    expect(judged(many(100), 10)).toContain('ten times its usual size');
    expect(judged(many(100), 10, { anySize: true })).toBe(100);
  });

  test('leaves reserved ranges out when told, but not all that a feed has', () => {
    expect(judged('10.0.0.0/8\n224.0.0.0/3\n192.0.2.1\n', 0, { skipReserved: true })).toBe(1);
    expect(judged('10.0.0.0/8\n', 0, { skipReserved: true })).toContain('reserved ranges alone');
    expect(judged('0.0.0.0/0\n192.0.2.1\n', 0, { skipReserved: true })).toContain('far more');
  });

  test('lets an allow list name anything', () => {
    const parsed = mispWarninglist.parse(['{"type":"cidr","list":["10.0.0.0/8","203.0.113.9"]}'], {});
    expect(judge(parsed, { indicators: 0, own })).toHaveLength(2);
  });
});

test.each([
  ['<!DOCTYPE html><p>', true],
  ['\n <HTML>', true],
  ['{"a":"<html>"}', false],
  ['# <html>', false],
])('%j is a page: %s', (text, page) => {
  expect(isHtml(text)).toBe(page);
});
