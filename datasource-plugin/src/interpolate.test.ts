import { describe, expect, it } from 'vitest';
import { interpolateForExplore, interpolateFilters, interpolateQuery } from './interpolate';
import type { Filter, FirewallQuery } from './query';
import { readVariables } from './template/variables';
import { dashboardWith } from './testing/dashboard';

const dashboard = dashboardWith({
  src: { kind: 'choice', value: ['192.0.2.1', '192.0.2.2'] },
  net: { kind: 'choice', value: ['1', '2'] },
  one: { kind: 'choice', value: ['22'] },
  every: { kind: 'choice', value: ['$__all'], options: ['a', 'b'] },
  everything: { kind: 'choice', value: ['$__all'], options: ['a', 'b'], allValue: '.*' },
  nothing: { kind: 'text', value: '' },
  port_from: { kind: 'text', value: '1024' },
  typed: { kind: 'text', value: 'drop.*' },
  evil: { kind: 'text', value: "' OR 1=1 --" },
  many: { kind: 'choice', value: Array.from({ length: 101 }, (_, i) => `v${i}`) },
});
const variables = readVariables(dashboard);
const filtered = (filter: Filter) => interpolateFilters([filter], variables);

describe('interpolateFilters', () => {
  it.each<[string, Filter, Filter[]]>([
    [
      'one value stays "equals"',
      { key: 'dst_port', operator: '=', value: '$one' },
      [{ key: 'dst_port', operator: '=', value: '22' }],
    ],
    [
      'several values become "one of"',
      { key: 'src_ip', operator: '=', value: '$src' },
      [{ key: 'src_ip', operator: '=|', value: '192.0.2.1', values: ['192.0.2.1', '192.0.2.2'] }],
    ],
    [
      'and "differs" becomes "none of"',
      { key: 'src_ip', operator: '!=', value: '${src}' },
      [{ key: 'src_ip', operator: '!=|', value: '192.0.2.1', values: ['192.0.2.1', '192.0.2.2'] }],
    ],
    [
      'every combination of values inside a text counts',
      { key: 'src_ip', operator: '=', value: '10.$net.$net.0/24' },
      [
        {
          key: 'src_ip',
          operator: '=|',
          value: '10.1.1.0/24',
          values: ['10.1.1.0/24', '10.1.2.0/24', '10.2.1.0/24', '10.2.2.0/24'],
        },
      ],
    ],
    [
      'a list may hold variables among texts, and says each value once',
      { key: 'src_ip', operator: '=|', value: '', values: ['192.0.2.9', '$src', '192.0.2.9'] },
      [{ key: 'src_ip', operator: '=|', value: '192.0.2.9', values: ['192.0.2.9', '192.0.2.1', '192.0.2.2'] }],
    ],
    [
      'several chosen values match any of them, as they are written',
      { key: 'rule', operator: '=~', value: '$src' },
      [{ key: 'rule', operator: '=~', value: '(?:192\\.0\\.2\\.1)|(?:192\\.0\\.2\\.2)' }],
    ],
    [
      'a format of Grafana is kept',
      { key: 'rule', operator: '=~', value: '^${src:pipe}$' },
      [{ key: 'rule', operator: '=~', value: '^192.0.2.1|192.0.2.2$' }],
    ],
    [
      'an expression that was typed stays one',
      { key: 'rule', operator: '=~', value: '^$typed' },
      [{ key: 'rule', operator: '=~', value: '^drop.*' }],
    ],
    ['All is no condition', { key: 'sensor', operator: '=', value: '$every' }, []],
    ['nor with a text of its own', { key: 'sensor', operator: '=', value: '$everything' }, []],
    ['an empty variable is no condition', { key: 'sensor', operator: '=', value: '$nothing' }, []],
    [
      'an empty value that was asked for is one',
      { key: 'rule', operator: '=', value: '' },
      [{ key: 'rule', operator: '=', value: '' }],
    ],
    [
      'an unknown variable stays as written',
      { key: 'rule', operator: '=', value: '$nobody' },
      [{ key: 'rule', operator: '=', value: '$nobody' }],
    ],
    [
      'no value is quoted or changed: it is a value, not SQL',
      { key: 'rule', operator: '=', value: '$evil' },
      [{ key: 'rule', operator: '=', value: "' OR 1=1 --" }],
    ],
    [
      'an order keeps its number',
      { key: 'dst_port', operator: '<=', value: '$one' },
      [{ key: 'dst_port', operator: '<=', value: '22' }],
    ],
  ])('%s', (_, given, expected) => {
    expect(filtered(given)).toEqual(expected);
  });

  it('refuses a value that stands for too many, and says what to do', () => {
    expect(() => filtered({ key: 'rule', operator: '=', value: '$many $many' })).toThrow(
      /more than 10000 values.*fewer/
    );
  });
});

describe('interpolateQuery', () => {
  const query: FirewallQuery = {
    refId: 'A',
    queryType: 'fireplot',
    portFrom: '${port_from}',
    portTo: '${port_to}',
    filters: [{ key: 'dst_port', operator: '=', value: '$one' }],
  };

  it('puts variables in, leaves unknown ones, and does not change what it was given', () => {
    const before = structuredClone(query);
    expect(interpolateQuery(query, variables, undefined)).toEqual({
      ...query,
      portFrom: '1024',
      filters: [{ key: 'dst_port', operator: '=', value: '22' }],
    });
    expect(query).toEqual(before);
  });

  it('takes ad-hoc filters of every operator, and none without a column or with an operator nobody knows', () => {
    const adhoc = [
      { key: 'src_ip', operator: '=', value: '192.0.2.0/24' },
      { key: 'dst_port', operator: '=|', value: '22', values: ['22', '23'] },
      { key: 'dst_port', operator: '>=', value: '1024' },
      { key: '', operator: '=', value: 'x' },
      { key: 'rule', operator: '~~', value: 'x' },
    ];
    expect(interpolateQuery(query, variables, adhoc).adhoc).toEqual([
      { key: 'src_ip', operator: '=', value: '192.0.2.0/24' },
      { key: 'dst_port', operator: '=|', value: '22', values: ['22', '23'] },
      { key: 'dst_port', operator: '>=', value: '1024' },
    ]);
  });

  it('keeps ad-hoc filters the query carries already', () => {
    const carried: FirewallQuery = { ...query, adhoc: [{ key: 'rule', operator: '=', value: 'x' }] };
    expect(interpolateQuery(carried, variables, undefined).adhoc).toEqual(carried.adhoc);
    expect(interpolateQuery(carried, variables, [{ key: 'ttl', operator: '<', value: '9' }]).adhoc).toHaveLength(2);
  });

  it('quotes in SQL', () => {
    const sql: FirewallQuery = { refId: 'A', queryType: 'sql', rawSql: 'SELECT $evil WHERE $__timeFilter(time)' };
    expect(interpolateQuery(sql, variables, undefined).rawSql).toBe("SELECT '\\' OR 1=1 --' WHERE $__timeFilter(time)");
  });
});

describe('interpolateForExplore', () => {
  const adhoc = [{ key: 'src_ip', operator: '=', value: '192.0.2.1' }];

  it('shows ad-hoc filters among the others, where they can be taken away', () => {
    const query: FirewallQuery = {
      refId: 'A',
      queryType: 'events',
      filters: [{ key: 'ttl', operator: '<', value: '9' }],
    };
    const out = interpolateForExplore(query, variables, adhoc);
    expect(out.filters?.map((filter) => filter.key)).toEqual(['ttl', 'src_ip']);
    expect(out.adhoc).toBeUndefined();
  });

  it('leaves them beside SQL, which is not rewritten', () => {
    const query: FirewallQuery = { refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' };
    expect(interpolateForExplore(query, variables, adhoc)).toEqual({ ...query, adhoc });
  });
});
