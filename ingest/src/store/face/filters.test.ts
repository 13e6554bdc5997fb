import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFilters, parseFilters } from './filters.js';

describe('parseFilters', () => {
  test('reads back what formatFilters writes', () => {
    const text = fc.string().filter((s) => !s.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
        expect(parseFilters(formatFilters(pairs))).toEqual(pairs);
      }),
      { seed: 4 }
    );
  });

  test('takes space, doubled quotes and nothing at all', () => {
    expect(parseFilters(" { 'a.b' : 'x = ''1''' , 'c':'d' } ")).toEqual([
      ['a.b', "x = '1'"],
      ['c', 'd'],
    ]);
    expect(parseFilters('{}')).toEqual([]);
    expect(parseFilters('')).toEqual([]);
  });

  test.each([
    "{'a':'\\x66ile(1)'}",
    "{'a':'b'",
    "{'a'}",
    "{'a':'b'} OR 1",
    "'a':'b'",
    '{a:b}',
    "{'a':'b',}",
    "{'a':'b\\'}",
    '{"a":"b"}',
  ])('refuses %s', (value) => {
    expect(() => parseFilters(value)).toThrow('additional_table_filters');
  });
});
