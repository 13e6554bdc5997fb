import { PluginType } from '@grafana/data';
import { type BackendSrvRequest, type FetchResponse, setBackendSrv } from '@grafana/runtime';
import { of, throwError } from 'rxjs';
import { FirewallDataSource } from '../datasource';

export interface Backend {
  datasource: FirewallDataSource;
  /** Requests made, as method, path below `/resources/`, and parameters. */
  asked: Array<{ path: string; params: Record<string, unknown> }>;
}

/**
 * A data source whose resource routes answer as given; a route that is not given fails with 404. Only Grafana's HTTP
 * client is stood in for.
 */
export function backendAnswering(routes: Record<string, unknown>): Backend {
  const asked: Backend['asked'] = [];
  const fetch = (request: BackendSrvRequest) => {
    const path = request.url.slice(request.url.indexOf('/resources/') + '/resources/'.length);
    asked.push({ path, params: request.params ?? {} });
    return path in routes
      ? of({ data: routes[path] } as FetchResponse)
      : throwError(() => ({ status: 404, data: { message: `no route ${path}` } }));
  };
  setBackendSrv({ fetch } as unknown as Parameters<typeof setBackendSrv>[0]);
  return { datasource: makeDataSource(), asked };
}

function makeDataSource(): FirewallDataSource {
  return new FirewallDataSource({
    id: 1,
    uid: 'fireplot',
    name: 'Fireplot',
    type: 'fireplot-firewall-datasource',
    access: 'proxy',
    readOnly: false,
    jsonData: {},
    meta: {
      id: 'fireplot-firewall-datasource',
      name: 'Fireplot',
      type: PluginType.datasource,
      module: '',
      baseUrl: '',
      info: {
        author: { name: '' },
        description: '',
        links: [],
        logos: { small: '', large: '' },
        screenshots: [],
        updated: '',
        version: '',
      },
    },
  });
}
