import { CoreApp, dateTime } from '@grafana/data';
import { setTemplateSrv } from '@grafana/runtime';
import { describe, expect, it } from 'vitest';
import { FirewallDataSource } from './datasource';
import type { FirewallQuery } from './query';
import { backendAnswering } from './testing/backend';
import { dashboardWith } from './testing/dashboard';

const [from, to] = [dateTime('2026-11-22T00:00:00Z'), dateTime('2026-11-23T00:00:00Z')];
const timeRange = { from, to, raw: { from, to } };

describe('a new query', () => {
  const { datasource } = backendAnswering({});
  it.each<[CoreApp, Partial<FirewallQuery>]>([
    [CoreApp.Explore, { queryType: 'events' }],
    [CoreApp.PanelEditor, { queryType: 'fireplot' }],
    [CoreApp.Dashboard, { queryType: 'fireplot' }],
    [CoreApp.UnifiedAlerting, { queryType: 'top', format: 'numeric' }],
  ])('in %s is %j', (app, query) => expect(datasource.getDefaultQuery(app)).toEqual(query));
});

describe('a new annotation', () => {
  const { datasource } = backendAnswering({});
  const prepared = (target: FirewallQuery) =>
    datasource.annotations?.prepareQuery?.({ name: 'a', enable: true, iconColor: 'red', target });

  it('marks the scans that detection found', () => {
    expect(datasource.annotations?.getDefaultQuery?.()).toEqual({ queryType: 'scans', format: 'annotations' });
  });

  it('asks for regions where findings were asked for as a table, and leaves other queries alone', () => {
    expect(prepared({ refId: 'A', queryType: 'spikes' })).toMatchObject({ queryType: 'spikes', format: 'annotations' });
    const sql: FirewallQuery = { refId: 'A', queryType: 'sql', rawSql: 'SELECT 1', format: 'table' };
    expect(prepared(sql)).toEqual(sql);
  });
});

describe('a query without a type', () => {
  it('is a fireplot', () => {
    const { datasource } = backendAnswering({});
    setTemplateSrv(dashboardWith({}) as Parameters<typeof setTemplateSrv>[0]);
    const written = JSON.parse('{ "refId": "A" }') as FirewallQuery;
    expect(datasource.applyTemplateVariables(written, {})).toEqual({ refId: 'A', queryType: 'fireplot' });
  });
});

describe('filterQuery', () => {
  const { datasource } = backendAnswering({});
  it.each<[boolean, FirewallQuery]>([
    [true, { refId: 'A', queryType: 'fireplot' }],
    [true, { refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' }],
    [false, { refId: 'A', queryType: 'sql', rawSql: ' \n' }],
    [false, { refId: 'A', queryType: 'sql' }],
    [false, { refId: 'A', queryType: 'variable' }],
    [true, { refId: 'A', queryType: 'variable', rawSql: 'SELECT 1' }],
    [false, { refId: 'A', queryType: 'cell' }],
  ])('is %s for %j', (complete, query) => expect(datasource.filterQuery(query)).toBe(complete));
});

describe('ad-hoc filters', () => {
  it('have the columns as keys, asked for once', async () => {
    const { datasource, asked } = backendAnswering({
      columns: [
        { name: 'src_ip', kind: 'address', type: 'IPv6', about: '' },
        { name: 'attrs', kind: 'attributes', type: 'Map', about: '' },
      ],
    });
    expect(await datasource.getTagKeys()).toEqual([{ text: 'src_ip', value: 'src_ip' }]);
    await datasource.getTagKeys();
    expect(asked).toHaveLength(1);
  });

  it('have values in the range and under the other filters, at most 1,000', async () => {
    const { datasource, asked } = backendAnswering({ values: [{ value: '22', text: '22 ssh' }, { value: '23' }] });
    const filters = [
      { key: 'dst_port', operator: '=', value: '80' },
      { key: 'action', operator: '!=', value: 'allow' },
    ];
    expect(await datasource.getTagValues({ key: 'dst_port', filters, timeRange })).toEqual([
      { text: '22 ssh', value: '22' },
      { text: '23', value: '23' },
    ]);
    expect(asked).toEqual([
      {
        path: 'values',
        params: {
          column: 'dst_port',
          limit: 1000,
          from: from.valueOf(),
          to: to.valueOf(),
          filters: JSON.stringify([filters[1]]),
        },
      },
    ]);
  });

  it('fail with the backend, and ask again after it', async () => {
    const { datasource, asked } = backendAnswering({});
    await expect(datasource.getTagKeys()).rejects.toMatchObject({ status: 404 });
    await expect(datasource.getTagKeys()).rejects.toMatchObject({ status: 404 });
    expect(asked).toHaveLength(2);
  });
});

describe('variables of the dashboard', () => {
  it('are in place in what the backend gets, and in what Explore gets', () => {
    const { datasource } = backendAnswering({});
    setTemplateSrv(dashboardWith({ port: { kind: 'text', value: '22' } }) as Parameters<typeof setTemplateSrv>[0]);
    const query: FirewallQuery = {
      refId: 'A',
      queryType: 'events',
      filters: [{ key: 'dst_port', operator: '=', value: '$port' }],
    };
    const adhoc = [{ key: 'action', operator: '=', value: 'drop' }];
    const [port, action] = [
      { key: 'dst_port', operator: '=', value: '22' },
      { key: 'action', operator: '=', value: 'drop' },
    ];
    expect(datasource.applyTemplateVariables(query, {}, adhoc)).toEqual({ ...query, filters: [port], adhoc: [action] });
    expect(datasource.interpolateVariablesInQueries([query], {}, adhoc)).toEqual([
      { ...query, filters: [port, action], datasource: { type: 'fireplot-firewall-datasource', uid: 'fireplot' } },
    ]);
    expect(datasource.applyTemplateVariables(query, { port: { text: '23', value: '23' } }).filters).toEqual([
      { key: 'dst_port', operator: '=', value: '23' },
    ]);
  });
});

describe('getQueryDisplayText', () => {
  const { datasource } = backendAnswering({});
  it.each<[FirewallQuery, string]>([
    [{ refId: 'A', queryType: 'fireplot' }, 'fireplot'],
    [{ refId: 'A', queryType: 'fireplot', portTo: '1023' }, 'fireplot of ports 1 to 1023'],
    [{ refId: 'A', queryType: 'events', format: 'table' }, 'events as table'],
    [{ refId: 'A', queryType: 'sql', rawSql: 'SELECT 1' }, 'SELECT 1'],
    [{ refId: 'A', queryType: 'variable', column: 'sensor' }, 'values of sensor'],
    [
      {
        refId: 'A',
        queryType: 'top',
        limit: 5,
        filters: [{ key: 'dst_port', operator: '=|', value: '22', values: ['22', '23'] }],
        adhoc: [{ key: 'ttl', operator: '<', value: '9' }],
      },
      'top 5 dst_port by events where dst_port one of (22, 23) and ttl < 9',
    ],
  ])('of %j is %s', (query, text) => expect(datasource.getQueryDisplayText(query)).toBe(text));
});

it("leaves the health check to the base class, whose message is the backend's", () => {
  expect(Object.hasOwn(FirewallDataSource.prototype, 'testDatasource')).toBe(false);
});
