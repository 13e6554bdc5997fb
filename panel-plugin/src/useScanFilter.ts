import { useCallback } from 'react';
import { CoreApp, type DataQueryRequest } from '@grafana/data';
import { config, getDataSourceSrv } from '@grafana/runtime';
import { usePanelContext } from '@grafana/ui';
import { OWN_TYPE } from './askCell';
import type { ScanFilter } from './components/ScanTip';
import type { Input } from './frames';
import { isFiltered, MOST_FILTERED, sourceFilter } from './overlay/filter';
import type { Scan } from './overlay/scan';

/**
 * The filter of a finding's sources, as the dashboard's ad-hoc filter. Undefined where there can be none: without
 * sources, on public dashboards, outside of dashboards, or when the dashboard is filtered so already.
 * @param key the column of the sources; undefined when nothing can be filtered by it
 */
export function useScanFilter(
  request: DataQueryRequest | undefined,
  key: string | undefined
): (scan: Scan) => ScanFilter | undefined {
  const { app, onAddAdHocFilter } = usePanelContext();
  return useCallback(
    (scan) => {
      const present = request?.filters;
      const filter = key === undefined ? undefined : sourceFilter(scan, key, present);
      if (!filter || !onAddAdHocFilter || config.publicDashboardAccessToken || isFiltered(filter, present)) {
        return undefined;
      }
      // Explore puts a filter into the query by its value alone
      if (filter.values && (app === CoreApp.Explore || !takesLists(request))) {
        return undefined;
      }
      // Grafana hands the object on as it is, with its list, from 12.3 to 13; only its type knows a single value
      return { text: filterText(scan), apply: () => onAddAdHocFilter({ ...filter, operator: filter.operator as '=' }) };
    },
    [app, onAddAdHocFilter, request, key]
  );
}

/** Whether the data source that is filtered knows "one of". */
function takesLists(request: DataQueryRequest | undefined): boolean {
  const sources = (request?.targets ?? []).map((target) => target.datasource);
  return sources.some(
    (source) =>
      source?.type === OWN_TYPE ||
      getDataSourceSrv().getInstanceSettings(source)?.meta.multiValueFilterOperators === true
  );
}

/** `only its 2 sources`, `only the first 50 of 1,134 sources`. */
function filterText({ sources, sourceCount }: Scan): string {
  const filtered = Math.min(sources.length, MOST_FILTERED);
  const all = Math.max(sourceCount ?? 0, sources.length);
  if (filtered < all) {
    return `only the first ${filtered.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} sources`;
  }
  return all === 1 ? 'only its source' : `only its ${all.toLocaleString('en-US')} sources`;
}

/** The column that sources can be filtered by; undefined when there is none. */
export function filterKey(input: Input, request: DataQueryRequest | undefined): string | undefined {
  if (input.kind === 'points') {
    return input.probes.filterBy;
  }
  const own = request?.targets.some((target) => target.datasource?.type === OWN_TYPE);
  return input.kind === 'cells' || own ? 'src_ip' : undefined;
}
