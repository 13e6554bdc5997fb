import { locationUtil, type DataQueryRequest } from '@grafana/data';
import { config, getDataSourceSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { OWN_TYPE } from './askCell';
import type { CellRange } from './detail';

interface EventsQuery extends DataQuery {
  queryType: string;
  format: string;
  filters: unknown[];
}

/**
 * A link to Explore with the rows of one cell: the panel's query with its variables and ad-hoc filters written out,
 * since Explore has neither. Undefined where there is nobody to follow it (public dashboards), or where the query is
 * not of our data source.
 */
export async function exploreUrl(
  request: DataQueryRequest | undefined,
  refId: string | undefined,
  range: CellRange
): Promise<string | undefined> {
  const target = request?.targets.find((one) => one.refId === refId) ?? request?.targets[0];
  if (!request || target?.datasource?.type !== OWN_TYPE || config.publicDashboardAccessToken) {
    return undefined;
  }
  const source = await getDataSourceSrv().get(target.datasource, request.scopedVars);
  const [plain] = source.interpolateVariablesInQueries?.([target], request.scopedVars, request.filters) ?? [target];
  const query: EventsQuery = {
    ...withoutPorts(plain ?? target),
    queryType: 'events',
    format: 'logs',
    filters: [...filtersOf(plain ?? target), ...portFilters(range)],
  };
  const pane = {
    datasource: source.uid,
    queries: [query],
    range: { from: String(range.from), to: String(range.to - 1) },
  };
  const panes = encodeURIComponent(JSON.stringify({ fireplot: pane }));
  return locationUtil.assureBaseUrl(
    `/explore?schemaVersion=1&orgId=${config.bootData?.user?.orgId ?? 1}&panes=${panes}`
  );
}

/** The query without the range of ports it was plotted for: the cell's is narrower. */
function withoutPorts(query: DataQuery): DataQuery {
  return Object.assign({}, query, { portFrom: undefined, portTo: undefined });
}

function filtersOf(target: object): unknown[] {
  const filters: unknown = 'filters' in target ? target.filters : undefined;
  return Array.isArray(filters) ? filters : [];
}

/** Conditions on `dst_port`; the strip without port is port 0. */
function portFilters({ portFrom, portTo }: CellRange) {
  const single = portTo - portFrom <= 1;
  return single
    ? [{ key: 'dst_port', operator: '=', value: String(portFrom) }]
    : [
        { key: 'dst_port', operator: '>', value: String(portFrom - 1) },
        { key: 'dst_port', operator: '<', value: String(portTo) },
      ];
}
