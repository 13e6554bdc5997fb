import { type DataQueryRequest, type DataQueryResponse, StreamingFrameAction } from '@grafana/data';
import { getGrafanaLiveSrv } from '@grafana/runtime';
import { map, merge, type Observable } from 'rxjs';
import type { FirewallQuery } from '../query';
import { channelOf } from './channel';

/** Rows that stay on the screen; a push has 2,000 and a row about the rest at most. */
const KEPT = 2_500;

/** Whether a query can be followed: the backend streams events as log lines. */
export function isTail({ queryType, format }: FirewallQuery): boolean {
  return queryType === 'events' && (format === undefined || format === 'logs');
}

/**
 * Explore's live tail: events as they are stored, each query on a channel that all who ask the same share. A public
 * dashboard or a rule never asks for it.
 * @param queries with their variables in place
 */
export function tail(
  request: DataQueryRequest<FirewallQuery>,
  queries: readonly FirewallQuery[],
  uid: string
): Observable<DataQueryResponse> {
  return merge(
    ...queries.map((query) => {
      const addr = channelOf(uid, query);
      const key = `${request.requestId}-${query.refId}`;
      return getGrafanaLiveSrv()
        .getDataStream({
          addr,
          key,
          buffer: { maxLength: KEPT, maxDelta: Infinity, action: StreamingFrameAction.Append },
        })
        .pipe(map((response) => ({ ...response, key, data: response.data.map((frame) => named(frame, query.refId)) })));
    })
  );
}

/** The frame itself, since it is a class that grows: only told whose answer it is. */
function named(frame: DataQueryResponse['data'][number], refId: string): DataQueryResponse['data'][number] {
  frame.refId = refId;
  return frame;
}
