import { locationUtil, type DataQueryRequest } from '@grafana/data';
import { config, getDataSourceSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { OWN_TYPE } from './askCell';
import type { CellRange } from './detail';
import { sourceFilter } from './overlay/filter';
import type { Scan } from './overlay/scan';

interface EventsQuery extends DataQuery {
  queryType: string;
  format: string;
  filters: unknown[];
}

/** What Explore shall show: epoch ms, half-open, and conditions in Grafana's ad-hoc shape. */
export interface Rows {
  readonly from: number;
  readonly to: number;
  readonly filters: readonly object[];
}

/** The rows of one cell. */
export function cellRows(range: CellRange): Rows {
  return { from: range.from, to: range.to, filters: portFilters(range) };
}

/** What the sources of a finding did while it went on; of a finding that tells no sources, its ports. */
export function scanRows(scan: Scan): Rows {
  const sources = sourceFilter(scan, 'src_ip');
  const { minPort, maxPort } = scan;
  const filters = sources ? [sources] : portFilters({ portFrom: minPort, portTo: maxPort + 1 });
  return { from: Math.floor(scan.start), to: Math.floor(scan.end) + 1, filters };
}

/**
 * A link to Explore with rows behind the plot: the panel's query with its variables and ad-hoc filters written out,
 * since Explore has neither. Undefined where there is nobody to follow it (public dashboards), or where the query is
 * not of our data source.
 */
export async function exploreUrl(
  request: DataQueryRequest | undefined,
  refId: string | undefined,
  rows: Rows
): Promise<string | undefined> {
  const target = request?.targets.find((one) => one.refId === refId) ?? request?.targets.find(isOwn);
  if (!request || !target || !isOwn(target) || config.publicDashboardAccessToken) {
    return undefined;
  }
  const source = await getDataSourceSrv().get(target.datasource, request.scopedVars);
  const [plain] = source.interpolateVariablesInQueries?.([target], request.scopedVars, request.filters) ?? [target];
  const query: EventsQuery = {
    ...withoutPorts(plain ?? target),
    queryType: 'events',
    format: 'logs',
    filters: [...filtersOf(plain ?? target), ...rows.filters],
  };
  const pane = {
    datasource: source.uid,
    queries: [query],
    range: { from: String(rows.from), to: String(rows.to - 1) },
  };
  const panes = encodeURIComponent(JSON.stringify({ fireplot: pane }));
  return locationUtil.assureBaseUrl(
    `/explore?schemaVersion=1&orgId=${config.bootData?.user?.orgId ?? 1}&panes=${panes}`
  );
}

function isOwn(target: DataQuery): boolean {
  return target.datasource?.type === OWN_TYPE;
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
function portFilters({ portFrom, portTo }: Pick<CellRange, 'portFrom' | 'portTo'>) {
  const single = portTo - portFrom <= 1;
  return single
    ? [{ key: 'dst_port', operator: '=', value: String(portFrom) }]
    : [
        { key: 'dst_port', operator: '>', value: String(portFrom - 1) },
        { key: 'dst_port', operator: '<', value: String(portTo) },
      ];
}
