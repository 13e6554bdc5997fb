import type { DataQueryRequest } from '@grafana/data';
import { config } from '@grafana/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { OWN_TYPE } from './askCell';
import { exploreUrl } from './explore';

const RANGE = { from: 60_000, to: 120_000, portFrom: 1024, portTo: 1036, classes: [0] };

function request(target: object): DataQueryRequest {
  return { targets: [{ refId: 'A', datasource: { type: OWN_TYPE, uid: 'fireplot' }, ...target }] } as DataQueryRequest;
}

function paneOf(url: string | undefined) {
  const panes: unknown = JSON.parse(new URL(url!, 'http://grafana').searchParams.get('panes')!);
  return (panes as { fireplot: { datasource: string; range: object; queries: Array<Record<string, unknown>> } })
    .fireplot;
}

afterEach(() => {
  config.publicDashboardAccessToken = '';
});

describe('exploreUrl', () => {
  it('asks for the rows of the cell, with the filters of the query', () => {
    const filters = [{ key: 'sensor', operator: '=', value: 'gw & "co"' }];
    const pane = paneOf(exploreUrl(request({ queryType: 'fireplot', filters }), 'A', RANGE));
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

  it('asks for one port by name, also for none', () => {
    const ports = ({ portFrom, portTo }: { portFrom: number; portTo: number }) =>
      paneOf(exploreUrl(request({}), 'A', { ...RANGE, portFrom, portTo })).queries[0]!.filters;
    expect(ports({ portFrom: 22, portTo: 23 })).toEqual([{ key: 'dst_port', operator: '=', value: '22' }]);
    expect(ports({ portFrom: 0, portTo: 1 })).toEqual([{ key: 'dst_port', operator: '=', value: '0' }]);
  });

  it('is not there for other data sources, without a query, and on public dashboards', () => {
    expect(exploreUrl(request({ datasource: { type: 'loki', uid: 'x' } }), 'A', RANGE)).toBeUndefined();
    expect(exploreUrl(undefined, 'A', RANGE)).toBeUndefined();
    config.publicDashboardAccessToken = 'abc';
    expect(exploreUrl(request({}), 'A', RANGE)).toBeUndefined();
  });
});
