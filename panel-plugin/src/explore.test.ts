import type { DataQueryRequest } from '@grafana/data';
import { config, setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OWN_TYPE } from './askCell';
import { cellRows, exploreUrl, scanRows } from './explore';
import { scan } from './testing/scans';

const CELL = { from: 60_000, to: 120_000, portFrom: 1024, portTo: 1036, classes: [0] };
const RANGE = cellRows(CELL);

function request(target: object): DataQueryRequest {
  return { targets: [{ refId: 'A', datasource: { type: OWN_TYPE, uid: 'fireplot' }, ...target }] } as DataQueryRequest;
}

function paneOf(url: string | undefined) {
  const panes: unknown = JSON.parse(new URL(url!, 'http://grafana').searchParams.get('panes')!);
  return (panes as { fireplot: { datasource: string; range: object; queries: Array<Record<string, unknown>> } })
    .fireplot;
}

/** Writes variables out as the data source does: every `$sensor` becomes `gw`. */
beforeEach(() => {
  const interpolateVariablesInQueries = (queries: object[], _: object, adhoc: object[] = []) =>
    queries.map((query) => {
      const plain: { filters?: object[] } = JSON.parse(JSON.stringify(query).replaceAll('$sensor', 'gw'));
      return { ...plain, filters: [...(plain.filters ?? []), ...adhoc] };
    });
  const get = async () => ({ uid: 'fireplot', interpolateVariablesInQueries });
  setDataSourceSrv({ get } as unknown as DataSourceSrv);
});

afterEach(() => {
  config.publicDashboardAccessToken = '';
});

describe('exploreUrl', () => {
  it('asks for the rows of the cell, with the filters of the query', async () => {
    const filters = [{ key: 'sensor', operator: '=', value: 'gw & "co"' }];
    const pane = paneOf(await exploreUrl(request({ queryType: 'fireplot', filters }), 'A', RANGE));
    expect(pane.datasource).toBe('fireplot');
    expect(pane.range).toEqual({ from: '60000', to: '119999' });
    expect(pane.queries).toMatchObject([
      {
        queryType: 'events',
        format: 'logs',
        filters: [
          ...filters,
          { key: 'dst_port', operator: '>', value: '1023' },
          { key: 'dst_port', operator: '<', value: '1036' },
        ],
      },
    ]);
  });

  it('writes out variables and ad-hoc filters, and drops the port range of the plot', async () => {
    const filters = [{ key: 'sensor', operator: '=', value: '$sensor' }];
    const asked = { ...request({ filters, portFrom: '${port_from}', portTo: '' }), filters: [{ key: 'src_ip' }] };
    const [query] = paneOf(await exploreUrl(asked as DataQueryRequest, 'A', RANGE)).queries;
    expect(query!.filters).toMatchObject([{ value: 'gw' }, { key: 'src_ip' }, {}, {}]);
    expect(Object.keys(query!)).not.toContain('portFrom');
  });

  it('asks for one port by name, also for none', async () => {
    const ports = async (portFrom: number, portTo: number) =>
      paneOf(await exploreUrl(request({}), 'A', cellRows({ ...CELL, portFrom, portTo }))).queries[0]!.filters;
    expect(await ports(22, 23)).toEqual([{ key: 'dst_port', operator: '=', value: '22' }]);
    expect(await ports(0, 1)).toEqual([{ key: 'dst_port', operator: '=', value: '0' }]);
  });

  it('is not there for other data sources, without a query, and on public dashboards', async () => {
    expect(await exploreUrl(request({ datasource: { type: 'loki', uid: 'x' } }), 'A', RANGE)).toBeUndefined();
    expect(await exploreUrl(undefined, 'A', RANGE)).toBeUndefined();
    config.publicDashboardAccessToken = 'abc';
    expect(await exploreUrl(request({}), 'A', RANGE)).toBeUndefined();
  });

  it('finds the query of our data source when the cells are of another one', async () => {
    const asked = request({});
    asked.targets.unshift({ refId: 'L', datasource: { type: 'loki', uid: 'x' } });
    expect(paneOf(await exploreUrl(asked, undefined, RANGE)).datasource).toBe('fireplot');
  });
});

describe('scanRows', () => {
  const start = 60_000.5;

  it('is what its sources did while it went on', () => {
    const rows = scanRows(scan({ start, end: 120_000, sources: ['192.0.2.1', '192.0.2.2'] }));
    expect(rows).toMatchObject({ from: 60_000, to: 120_001 });
    expect(rows.filters).toMatchObject([{ key: 'src_ip', operator: '=|', values: ['192.0.2.1', '192.0.2.2'] }]);
  });

  it('is all that came to its ports when its sources are not told', () => {
    expect(scanRows(scan({ start, end: 120_000, minPort: 22, maxPort: 80 })).filters).toEqual([
      { key: 'dst_port', operator: '>', value: '21' },
      { key: 'dst_port', operator: '<', value: '81' },
    ]);
  });
});
