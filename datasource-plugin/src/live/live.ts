import { type DataQueryRequest, type DataQueryResponse, dateTime } from '@grafana/data';
import { map, merge, type Observable } from 'rxjs';
import type { FirewallQuery } from '../query';
import { cellsChannelOf } from '../tail/channel';
import { follow } from './follow';

type Request = DataQueryRequest<FirewallQuery>;

export interface Asking {
  /** Asks the backend. */
  ask(request: Request): Observable<DataQueryResponse>;
  /** Puts variables in place. */
  prepare(query: FirewallQuery): FirewallQuery;
}

/** Whether a query goes on by itself: it is told to, and the range in view ends now. */
export function isLive(query: FirewallQuery, request: Request): boolean {
  return query.queryType === 'fireplot' && query.live === true && request.range.raw.to === 'now';
}

/**
 * Answers a request; its live fireplots as pictures that a stream goes on from. All who ask the same share the stream.
 * In a range that has ended a live query is as any other.
 */
export function live(request: Request, uid: string, { ask, prepare }: Asking): Observable<DataQueryResponse> {
  const shown = request.targets.filter((query) => !query.hide);
  const followed = shown.filter((query) => isLive(query, request));
  const rest = request.targets.filter((query) => !followed.includes(query)).map(still);
  if (followed.length === 0) {
    return ask({ ...request, targets: rest });
  }
  const answers = followed.map((query) => {
    const key = `${request.requestId}-live-${query.refId}`;
    const picture = () => ask({ ...request, range: upToNow(request), requestId: key, targets: [query] });
    return follow({ addr: cellsChannelOf(uid, prepare(query), stepOf(request)), key, refId: query.refId, picture });
  });
  if (rest.some((query) => !query.hide)) {
    const key = `${request.requestId}-rest`;
    answers.push(ask({ ...request, targets: rest }).pipe(map((response) => ({ ...response, key }))));
  }
  return merge(...answers);
}

function still({ live: _live, ...query }: FirewallQuery): FirewallQuery {
  return query;
}

/** The range as it is by now: a picture is asked for again long after the request was made. */
function upToNow({ range }: Request): Request['range'] {
  const span = range.to.valueOf() - range.from.valueOf();
  const now = Math.max(Date.now(), range.to.valueOf());
  return { from: dateTime(now - span), to: dateTime(now), raw: range.raw };
}

/** Steps of streamed cells, longest first; each is a whole part of every longer step that a picture may have. */
const STEPS = [10_000, 1000, 100] as const;

/** As fine as the screen shows: few steps, so that screens of about a size share a stream. */
function stepOf({ range, maxDataPoints = 1500 }: Request): number {
  const pixel = (range.to.valueOf() - range.from.valueOf()) / Math.max(1, maxDataPoints);
  return STEPS.find((step) => step <= pixel) ?? 100;
}
