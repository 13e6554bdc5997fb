import { describe, expect, it } from 'vitest';
import type { FirewallQuery } from '../query';
import { FIRST_SQL, withField, withType } from './queryChange';

const filters: FirewallQuery['filters'] = [{ key: 'dst_port', operator: '=', value: '22' }];
const adhoc: FirewallQuery['adhoc'] = [{ key: 'action', operator: '=', value: 'drop' }];

describe('withField', () => {
  const query: FirewallQuery = { refId: 'A', queryType: 'top', by: 'src_ip' };
  it('sets and takes away, and leaves the query it got', () => {
    expect(withField(query, 'limit', 5)).toEqual({ ...query, limit: 5 });
    expect(withField(query, 'by', undefined)).toEqual({ refId: 'A', queryType: 'top' });
    expect(query).toEqual({ refId: 'A', queryType: 'top', by: 'src_ip' });
  });
});

describe('withType', () => {
  it('begins SQL with a statement that answers', () => {
    expect(withType({ refId: 'A', queryType: 'events' }, 'sql').rawSql).toBe(FIRST_SQL);
  });

  it('brings back the SQL that was written before', () => {
    const there = withType({ refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' }, 'events');
    expect(withType(there, 'sql').rawSql).toBe('SELECT 1');
  });

  it('puts conditions beside SQL, where they can be seen', () => {
    const sql = withType({ refId: 'A', queryType: 'events', filters }, 'sql');
    expect(sql).toEqual({ refId: 'A', queryType: 'sql', rawSql: FIRST_SQL, adhoc: filters });
  });

  it('makes the ad-hoc filters of SQL conditions like others, and leaves no trace of format and limit', () => {
    const sql: FirewallQuery = { refId: 'A', queryType: 'sql', rawSql: 'SELECT 1', format: 'numeric', limit: 5, adhoc };
    expect(withType({ ...sql, filters }, 'top')).toEqual({
      refId: 'A',
      queryType: 'top',
      rawSql: 'SELECT 1',
      filters: [...filters!, ...adhoc!],
    });
  });

  it('changes nothing where the type is the same', () => {
    const query: FirewallQuery = { refId: 'A', queryType: 'top', format: 'numeric' };
    expect(withType(query, 'top')).toBe(query);
  });
});
