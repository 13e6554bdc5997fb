import { describe, expect, it } from 'vitest';
import { scan } from '../testing/scans';
import { isFiltered, MOST_FILTERED, sourceFilter } from './filter';

const PAIR = scan({ sources: ['192.0.2.1', '192.0.2.2'] });

describe('sourceFilter', () => {
  it('asks for one source by its value, for several by their list', () => {
    expect(sourceFilter(scan({ sources: ['2001:db8::1'] }), 'src_ip')).toEqual({
      key: 'src_ip',
      operator: '=',
      value: '2001:db8::1',
    });
    expect(sourceFilter(PAIR, 'source.ip')).toEqual({
      key: 'source.ip',
      operator: '=|',
      value: '192.0.2.1',
      values: ['192.0.2.1', '192.0.2.2'],
      valueLabels: ['192.0.2.1', '192.0.2.2'],
    });
  });

  it('is none without sources, and bounded with many', () => {
    expect(sourceFilter(scan(), 'src_ip')).toBeUndefined();
    const many = scan({ sources: Array.from({ length: 500 }, (_, i) => `192.0.2.${i}`) });
    expect(sourceFilter(many, 'src_ip')?.values).toHaveLength(MOST_FILTERED);
  });

  it('is not taken for another one that begins with the same source', () => {
    const other = [{ key: 'src_ip', operator: '=|', value: '192.0.2.1', values: ['192.0.2.1', '192.0.2.9'] }];
    expect(sourceFilter(PAIR, 'src_ip', other)?.value).toBe('192.0.2.2');
  });
});

describe('isFiltered', () => {
  const wanted = sourceFilter(PAIR, 'src_ip')!;

  it('knows its own filter, however Grafana gives it back', () => {
    expect(isFiltered(wanted, [{ ...wanted, value: '192.0.2.2' }])).toBe(true);
    const one = sourceFilter(scan({ sources: ['192.0.2.1'] }), 'src_ip')!;
    expect(isFiltered(one, [{ key: 'src_ip', operator: '=', value: '192.0.2.1' }])).toBe(true);
  });

  it('knows none, other sources and other columns for what they are', () => {
    expect(isFiltered(wanted)).toBe(false);
    expect(isFiltered(wanted, [{ ...wanted, values: ['192.0.2.1'] }])).toBe(false);
    expect(isFiltered(wanted, [{ ...wanted, key: 'dst_ip' }])).toBe(false);
    expect(isFiltered(wanted, [{ ...wanted, operator: '!=|' }])).toBe(false);
  });
});
