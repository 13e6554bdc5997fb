import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { cdb } from './parse.js';

const SAMPLE =
  '198.51.100.7:scanner\n10.1.:lab\n"2001:db8::1":six\n2001:db8::2:\n192.0.2.0/24\nbad.example:\nno body:x\n';

describe('cdb', () => {
  test('reads keys with and without values, prefixes and quoted keys', () => {
    expect(found(cdb, SAMPLE)).toEqual([
      ...['198.51.100.7', '10.1.0.0/16', '2001:db8::1', '2001:db8::2', '192.0.2.0/24', 'bad.example'],
    ]);
    expect(counts(cdb.parse([SAMPLE], {}))).toEqual([1, 0, undefined]);
    expect(cdb.parse([SAMPLE], {}).indicators.map(({ tags }) => tags[0])).toEqual([
      ...['scanner', 'lab', 'six', undefined, undefined, undefined],
    ]);
  });

  test('holds on any text', () => holdsOnAnyText(cdb, SAMPLE));
});
