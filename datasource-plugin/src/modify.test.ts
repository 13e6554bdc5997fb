import { describe, expect, it } from 'vitest';
import { hasLabelFilter, modifyQuery, toggleFilter } from './modify';
import type { FirewallQuery } from './query';

const events: FirewallQuery = { refId: 'A', queryType: 'events' };
const port = { key: 'dst_port', value: '22' };

describe('modifyQuery', () => {
  it.each([
    ['ADD_FILTER', { key: 'dst_port', operator: '=', value: '22' }],
    ['ADD_FILTER_OUT', { key: 'dst_port', operator: '!=', value: '22' }],
  ])('%s adds a condition', (type, filter) => {
    expect(modifyQuery(events, { type, options: port })).toEqual({ ...events, filters: [filter] });
  });

  it.each([
    ['ADD_STRING_FILTER', '=~'],
    ['ADD_STRING_FILTER_OUT', '!~'],
  ])('%s looks for the text as it is, not as an expression', (type, operator) => {
    const out = modifyQuery(events, { type, options: { value: 'SRC=1.2 (x)' } });
    expect(out.filters).toEqual([{ key: 'message', operator, value: 'SRC=1\\.2 \\(x\\)' }]);
    expect(new RegExp(out.filters![0]!.value).test('a SRC=1.2 (x) b')).toBe(true);
  });

  it('adds a condition once, and puts the opposite out', () => {
    const once = modifyQuery(events, { type: 'ADD_FILTER', options: port });
    expect(modifyQuery(once, { type: 'ADD_FILTER', options: port })).toEqual(once);
    expect(modifyQuery(once, { type: 'ADD_FILTER_OUT', options: port }).filters).toEqual([
      { key: 'dst_port', operator: '!=', value: '22' },
    ]);
  });

  it('leaves SQL as written and puts the condition beside it', () => {
    const sql: FirewallQuery = { refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' };
    expect(modifyQuery(sql, { type: 'ADD_FILTER', options: port })).toEqual({
      ...sql,
      adhoc: [{ key: 'dst_port', operator: '=', value: '22' }],
    });
  });

  it('knows the label of a port', () => {
    expect(modifyQuery(events, { type: 'ADD_FILTER', options: { key: 'port', value: '22' } }).filters).toEqual([
      { key: 'dst_port', operator: '=', value: '22' },
    ]);
  });

  it.each([
    { type: 'ADD_FILTER', options: { key: 'no_such_column', value: '1' } },
    { type: 'ADD_FILTER' },
    { type: 'SOMETHING_ELSE', options: port },
  ])('leaves the query alone for %j', (action) => {
    expect(modifyQuery(events, action)).toBe(events);
  });
});

describe('toggleFilter', () => {
  it('adds, takes away, and turns round', () => {
    const on = toggleFilter(events, { type: 'FILTER_FOR', options: port });
    expect(hasLabelFilter(on, port)).toBe(true);
    expect(hasLabelFilter(on, { key: 'dst_port', value: '23' })).toBe(false);
    const out = toggleFilter(on, { type: 'FILTER_OUT', options: port });
    expect(out.filters).toEqual([{ key: 'dst_port', operator: '!=', value: '22' }]);
    expect(hasLabelFilter(out, port)).toBe(false);
    expect(toggleFilter(on, { type: 'FILTER_FOR', options: port }).filters).toBeUndefined();
  });
});
