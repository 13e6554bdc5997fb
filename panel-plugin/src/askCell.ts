import { defer, filter, from, isObservable, switchMap, take } from 'rxjs';
import { LoadingState, type DataFrame, type DataQueryRequest } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import type { CellDetail, CellRange } from './detail';

/** The only data source that answers what lies in a cell. */
export const OWN_TYPE = 'fireplot-firewall-datasource';

/** The panel's own query with the question put into it: filters and variables stay as they are. */
interface CellQuery extends DataQuery {
  queryType: string;
  cell: CellRange;
}

/**
 * Asks the data source of the panel's query what lies in a cell. Calls back once: with undefined when it cannot be
 * told (another data source, a public dashboard, an error), which is no reason to disturb the viewer.
 * @returns a function that cancels the question
 */
export function askCell(
  request: DataQueryRequest,
  refId: string | undefined,
  range: CellRange,
  done: (detail: CellDetail | undefined) => void
): () => void {
  const target = request.targets.find((one) => one.refId === refId) ?? request.targets[0];
  if (target === undefined) {
    done(undefined);
    return () => {};
  }
  const query: CellQuery = { ...target, queryType: 'cell', cell: range };
  const answer = defer(() => getDataSourceSrv().get(target.datasource, request.scopedVars)).pipe(
    filter((source) => source.type === OWN_TYPE),
    switchMap((source) => {
      const response = source.query({ ...request, requestId: `${request.requestId}-cell`, targets: [query] });
      return isObservable(response) ? response : from(response);
    }),
    filter((response) => response.state !== LoadingState.Loading),
    take(1)
  );
  let told = false;
  const tell = (detail: CellDetail | undefined) => {
    if (!told) {
      told = true;
      done(detail);
    }
  };
  const subscription = answer.subscribe({
    next: (response) =>
      tell(response.state === LoadingState.Error || response.errors?.length ? undefined : detailOf(response.data)),
    error: () => tell(undefined),
    complete: () => tell(undefined),
  });
  return () => {
    told = true;
    subscription.unsubscribe();
  };
}

/** Reads the frames `summary` and `top`; undefined when the first is not there. */
export function detailOf(frames: DataFrame[]): CellDetail | undefined {
  const value = (name: string, field: string): unknown[] | undefined =>
    frames.find((frame) => frame.name === name)?.fields.find((one) => one.name === field)?.values;
  const sources = value('summary', 'sources')?.[0];
  const targets = value('summary', 'targets')?.[0];
  if (typeof sources !== 'number') {
    return undefined;
  }
  const events = value('top', 'events') ?? [];
  const top = (value('top', 'source') ?? []).map((source, i) => ({
    source: String(source),
    events: Number(events[i]),
  }));
  return { sources, targets: typeof targets === 'number' ? targets : undefined, top };
}
