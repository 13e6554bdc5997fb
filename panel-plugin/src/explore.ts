import { locationUtil, type DataQueryRequest } from '@grafana/data';
import { config } from '@grafana/runtime';
import { OWN_TYPE } from './askCell';
import type { CellRange } from './detail';

/**
 * A link to Explore with the rows of one cell; undefined where there is nobody to follow it (public dashboards) or
 * the panel's query is not of our data source.
 */
export function exploreUrl(
  request: DataQueryRequest | undefined,
  refId: string | undefined,
  range: CellRange
): string | undefined {
  const target = request?.targets.find((one) => one.refId === refId) ?? request?.targets[0];
  if (target?.datasource?.type !== OWN_TYPE || config.publicDashboardAccessToken) {
    return undefined;
  }
  const query = {
    ...target,
    queryType: 'events',
    format: 'logs',
    filters: [...filtersOf(target), ...portFilters(range)],
  };
  const pane = {
    datasource: target.datasource.uid,
    queries: [query],
    range: { from: String(range.from), to: String(range.to - 1) },
  };
  const panes = encodeURIComponent(JSON.stringify({ fireplot: pane }));
  return locationUtil.assureBaseUrl(
    `/explore?schemaVersion=1&orgId=${config.bootData?.user?.orgId ?? 1}&panes=${panes}`
  );
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
