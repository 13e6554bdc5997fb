import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { zeek } from './parse.js';

const SAMPLE = [
  '#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc',
  '198.51.100.7\tIntel::ADDR\tlab\tscans telnet',
  '2001:db8::/32\tIntel::SUBNET\tlab\t-',
  'bad.example\tIntel::DOMAIN\tlab\t-',
  'bad.example/x\tIntel::URL\tlab\t-',
  'nobody\tIntel::ADDR\tlab\t-',
  'no columns here',
].join('\n');

describe('zeek', () => {
  test('reads addresses, subnets and domains by the names of the columns', () => {
    expect(found(zeek, SAMPLE)).toEqual(['198.51.100.7', '2001:db8::/32', 'bad.example']);
    expect(counts(zeek.parse([SAMPLE], {}))).toEqual([2, 1, undefined]);
    expect(zeek.parse([SAMPLE], {}).indicators[0]).toMatchObject({ comment: 'scans telnet', tags: ['lab'] });
  });

  test('knows no columns without their names', () => {
    expect(found(zeek, '192.0.2.1\tIntel::ADDR\tx\n')).toEqual([]);
    expect(found(zeek, '#fields indicator_type indicator\nIntel::ADDR\t192.0.2.1\n')).toEqual(['192.0.2.1']);
  });

  test('holds on any text', () => holdsOnAnyText(zeek, SAMPLE));
});
