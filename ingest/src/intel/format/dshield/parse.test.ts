import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { dshield } from './parse.js';

const BLOCK = [
  '# made by hand',
  'Start\tEnd\tNetmask\tAttacks\tName\tCountry\temail',
  '198.51.100.0\t198.51.100.255\t24\t4711\tEXAMPLE-NET\tNL\tabuse@example.net',
  '192.0.2.0\t192.0.2.255\t24\t12\t-\tNone\t',
  '192.0.2.9\t192.0.2.1\t24\t12\t-\t-\t-',
].join('\n');

describe('dshield', () => {
  test('reads the block list', () => {
    expect(found(dshield, BLOCK)).toEqual(['198.51.100.0/24', '192.0.2.0/24']);
    expect(counts(dshield.parse([BLOCK], {}))).toEqual([1, 0, undefined]);
    const [first, second] = dshield.parse([BLOCK], {}).indicators;
    expect([first?.comment, first?.tags, second?.comment, second?.tags]).toEqual(['EXAMPLE-NET', ['NL'], '', []]);
  });

  test('reads lists of sources; padded numbers are decimal', () => {
    const text =
      '198.051.100.007\t1200\t99\t2026-11-01\t2026-11-24\n061.067.077.098\t80\t6\t10\t3\t\t2026-11-24\n999.1.1.1\t1\n';
    expect(found(dshield, text)).toEqual(['198.51.100.7', '61.67.77.98']);
    expect(dshield.parse([text], {}).indicators[0]).toMatchObject({
      firstSeen: Date.UTC(2026, 10, 1),
      lastSeen: Date.UTC(2026, 10, 24),
    });
    expect(counts(dshield.parse([text], {}))).toEqual([1, 0, undefined]);
  });

  test('holds on any text', () => holdsOnAnyText(dshield, BLOCK));
});
