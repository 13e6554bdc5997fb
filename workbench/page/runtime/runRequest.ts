import {
  CoreApp,
  dateTime,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, from, isObservable, map, merge, type Observable, of, share, takeUntil, timer, mapTo } from 'rxjs';

/** Until then a panel keeps showing its last answer instead of a loading bar. */
const LOADING_AFTER_MS = 200;

type QueryFunction = (request: DataQueryRequest) => Promise<DataQueryResponse> | Observable<DataQueryResponse>;

/**
 * Runs a request and reduces what arrives to panel data: packets with a key replace the packet of that key, the rest is
 * one packet. Grafana's own is not published.
 */
export function runRequest(ds: DataSourceApi, request: DataQueryRequest, query?: QueryFunction): Observable<PanelData> {
  const started: DataQueryRequest = { ...request, startTime: Date.now() };
  const empty: PanelData = { state: LoadingState.Loading, series: [], request: started, timeRange: request.range };
  if (request.targets.length === 0) return of({ ...empty, state: LoadingState.Done });
  const packets = new Map<string, DataQueryResponse>();
  const answers = answer(ds, started, query).pipe(
    map((packet) => {
      started.endTime = Date.now();
      packets.set(packet.key ?? 'A', packet);
      return combine(packets, packet, started);
    }),
    catchError((error: unknown) => {
      const failure = toDataQueryError(error as Error);
      return of({ ...empty, state: LoadingState.Error, error: failure, errors: [failure] });
    }),
    share()
  );
  return merge(timer(LOADING_AFTER_MS).pipe(mapTo(empty), takeUntil(answers)), answers);
}

function answer(ds: DataSourceApi, request: DataQueryRequest, query?: QueryFunction): Observable<DataQueryResponse> {
  try {
    const result = query ? query(request) : ds.query(request);
    return isObservable(result) ? (result as Observable<DataQueryResponse>) : from(result);
  } catch (error) {
    return from(Promise.reject(error));
  }
}

/** Annotations come as frames of their own topic; everything else is series. */
function combine(
  packets: Map<string, DataQueryResponse>,
  last: DataQueryResponse,
  request: DataQueryRequest
): PanelData {
  const series: DataFrame[] = [];
  const annotations: DataFrame[] = [];
  for (const packet of packets.values()) {
    for (const data of packet.data ?? []) {
      const frame = toDataFrame(data);
      (frame.meta?.dataTopic === 'annotations' ? annotations : series).push(frame);
    }
  }
  const errors = [...packets.values()].flatMap((packet) => packet.errors ?? (packet.error ? [packet.error] : []));
  const state = errors.length > 0 ? LoadingState.Error : (last.state ?? LoadingState.Done);
  const timeRange = followsNow(request, state) ? relative(request) : request.range;
  return { state, series, annotations, error: errors[0], errors, request, timeRange };
}

const followsNow = (request: DataQueryRequest, state: LoadingState) =>
  state === LoadingState.Streaming && request.app !== CoreApp.Unknown && request.range.raw.to === 'now';

/** A stream's range moves with the clock and keeps its length. */
function relative(request: DataQueryRequest) {
  const { from, to, raw } = request.range;
  const passed = Date.now() - to.valueOf();
  return { from: dateTime(from).add(passed, 'ms'), to: dateTime(to).add(passed, 'ms'), raw };
}
