import { describe, expect, it } from 'vitest';
import type { SchemaInfo } from '../resources';
import { completions, typedWord } from './sqlCompletion';

const SCHEMA: SchemaInfo = {
  tables: [
    { name: 'events', columns: [{ name: 'time', type: "DateTime64(3, 'UTC')" }] },
    {
      name: 'batches',
      columns: [
        { name: 'time', type: 'DateTime' },
        { name: 'token', type: 'String' },
      ],
    },
  ],
  functions: ['uniqExact'],
  macros: [
    { name: '$__timeFilter', signature: '$__timeFilter(col)', about: 'the range of the dashboard' },
    { name: '$__adHoc', signature: "$__adHoc or $__adHoc('events')", about: 'ad-hoc filters' },
  ],
};

describe('completions', () => {
  it('offers macros as they are called, tables, and each column once with all its tables', () => {
    const offered = completions(SCHEMA).filter(({ kind }) => kind !== 'keyword');
    expect(offered.map(({ kind, label, insert, about }) => [kind, label, insert, about])).toEqual([
      ['macro', '$__timeFilter', '$__timeFilter(col)', 'the range of the dashboard'],
      ['macro', '$__adHoc', '$__adHoc', 'ad-hoc filters'],
      ['table', 'events', 'events', ''],
      ['table', 'batches', 'batches', ''],
      ['column', 'time', 'time', 'events, batches'],
      ['column', 'token', 'token', 'batches'],
      ['function', 'uniqExact', 'uniqExact', ''],
    ]);
  });
});

describe('typedWord', () => {
  it.each([
    ['SELECT count(dst', 'dst'],
    ['WHERE $__ti', '$__ti'],
    ['FROM fireplot.ev', 'fireplot.ev'],
    ['SELECT ', ''],
    ['', ''],
  ])('of %j is %j', (line, word) => expect(typedWord(line)).toBe(word));
});
