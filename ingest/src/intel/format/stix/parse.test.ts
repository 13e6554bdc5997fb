import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { stix } from './parse.js';

const indicator = (pattern: string, more: object = {}): object => ({
  type: 'indicator',
  id: `indicator--${pattern}`,
  pattern,
  pattern_type: 'stix',
  ...more,
});
const bundle = (...objects: object[]): string => JSON.stringify({ type: 'bundle', id: 'bundle--1', objects });
const SAMPLE = bundle(
  indicator("[ipv4-addr:value = '198.51.100.7/32' OR ipv4-addr:value = '198.51.100.8']", { confidence: 85 }),
  indicator("[ipv6-addr:value = '2001:db8::1'] OR [domain-name:value IN ('a.example', 'b.example')]"),
  { type: 'ipv4-addr', value: '192.0.2.1' }
);

describe('stix', () => {
  test('reads patterns of addresses and names joined by OR', () => {
    expect(found(stix, SAMPLE)).toEqual(['198.51.100.7', '198.51.100.8', '2001:db8::1', 'a.example', 'b.example']);
    expect(stix.parse([SAMPLE], {}).indicators[0]).toMatchObject({ score: 85 });
  });

  test('reads the pages of a TAXII server, and of one id takes what was modified last', () => {
    const page = (modified: string, value: string, more: boolean): string =>
      JSON.stringify({
        more,
        objects: [{ ...indicator(`[ipv4-addr:value = '${value}']`), id: 'indicator--x', modified }],
      });
    const pages = [page('2026-11-02T00:00:00Z', '192.0.2.2', true), page('2026-11-01T00:00:00Z', '192.0.2.1', false)];
    expect(stix.parse(pages, {}).indicators).toHaveLength(1);
    expect(stix.parse(pages, {}).indicators[0]?.network?.start).toBe(0xffff_c000_0202n);
  });

  test('ignores what is revoked, in another language, about other things, or needs more than an address', () => {
    const pattern = "[ipv4-addr:value = '192.0.2.1']";
    const text = bundle(
      indicator(pattern, { revoked: true }),
      indicator('alert tcp any any', { pattern_type: 'snort' }),
      indicator("[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']"),
      indicator("[ipv4-addr:value = '192.0.2.1' AND network-traffic:dst_port = 22]"),
      indicator("[ipv4-addr:value = '192.0.2.1'] FOLLOWEDBY [ipv4-addr:value = '192.0.2.2']"),
      indicator("[ipv4-addr:value != '192.0.2.1']")
    );
    expect(found(stix, text)).toEqual([]);
    expect(counts(stix.parse([text], {}))).toEqual([0, 6, undefined]);
  });

  test('counts patterns and addresses that are none as bad', () => {
    const text = bundle(indicator("[ipv4-addr:value = '192.0.2"), indicator("[ipv4-addr:value = 'nobody']"));
    expect(counts(stix.parse([text], {}))).toEqual([2, 0, undefined]);
  });

  test('keeps when it counts no more', () => {
    const text = bundle(
      indicator("[ipv4-addr:value = '192.0.2.1']", { valid_until: '2026-12-01T00:00:00Z', indicator_types: ['benign'] })
    );
    expect(stix.parse([text], {}).indicators[0]).toMatchObject({ expires: Date.UTC(2026, 11, 1), allow: true });
  });

  test('holds on any text', () => holdsOnAnyText(stix, SAMPLE));
});
