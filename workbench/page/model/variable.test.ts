import { describe, expect, it } from 'vitest';
import { parseVariable } from './variable';

const common = { label: undefined, hide: 0, skipUrlSync: false, description: undefined };

describe('parseVariable', () => {
  it('reads a query variable with its object query, selection and All', () => {
    const variable = parseVariable({
      name: 'sensor',
      type: 'query',
      label: 'Sensor',
      datasource: { type: 't', uid: '${datasource}' },
      query: { queryType: 'variable', column: 'sensor' },
      includeAll: true,
      allValue: '',
      multi: true,
      current: { text: ['All'], value: ['$__all'] },
      refresh: 2,
      sort: 1,
    });
    expect(variable).toEqual({
      ...common,
      type: 'query',
      name: 'sensor',
      label: 'Sensor',
      datasource: { type: 't', uid: '${datasource}' },
      query: { queryType: 'variable', column: 'sensor', refId: 'sensor' },
      definition: '',
      regex: '',
      refresh: 2,
      sort: 1,
      multi: true,
      includeAll: true,
      allValue: '',
      value: ['$__all'],
      text: ['All'],
    });
  });

  it('tells an empty All value from none', () => {
    const allValue = (json: object) => {
      const variable = parseVariable({ name: 'a', type: 'custom', ...json });
      return variable?.type === 'custom' ? variable.allValue : 'no custom variable';
    };
    expect(allValue({ allValue: '' })).toBe('');
    expect(allValue({ allValue: null })).toBeUndefined();
  });

  it.each([
    ['textbox', { query: '80', current: { value: '443' } }, { value: '443' }],
    ['textbox', { query: '80' }, { value: '80' }],
    ['constant', { query: 'x' }, { value: 'x', hide: 2 }],
    ['datasource', { query: 'loki', regex: '/a/' }, { pluginId: 'loki', regex: '/a/' }],
    ['custom', { query: 'a,b', current: { value: 1, text: 'one' } }, { query: 'a,b', value: '1', text: 'one' }],
    [
      'interval',
      { query: '1m, 10m,', auto: true },
      { intervals: ['1m', '10m'], autoEnabled: true, autoMinInterval: '10s' },
    ],
    ['adhoc', { filters: [{ key: 'k', value: 'v' }] }, { filters: [{ key: 'k', operator: '=', value: 'v' }] }],
  ])('reads a %s variable from %j', (type, json, expected) => {
    expect(parseVariable({ name: 'v', type, ...json })).toMatchObject({ type, name: 'v', ...expected });
  });

  it('leaves out what has no name and what it does not know', () => {
    expect(parseVariable({ type: 'custom' })).toBeNull();
    expect(parseVariable({ name: 'a', type: 'snapshot' })).toBeNull();
  });
});
