import {
  isLiveChannelMessageEvent,
  LiveChannelConnectionState,
  LiveChannelEventType,
  LoadingState,
  StreamingDataFrame,
  toLiveChannelId,
  type DataFrameJSON,
  type DataQueryResponse,
  type LiveChannelAddress,
  type LiveChannelEvent,
} from '@grafana/data';
import type { GrafanaLiveSrv, LiveDataStreamOptions } from '@grafana/runtime';
import { filter, finalize, map, Observable, of, share } from 'rxjs';
import { EventParser } from './sse';

/** Stands in for Grafana Live (a websocket) with server-sent events; one connection a channel. */
export class WorkbenchLiveSrv implements GrafanaLiveSrv {
  private readonly channels = new Map<string, Observable<LiveChannelEvent<DataFrameJSON>>>();

  getConnectionState(): Observable<boolean> {
    return of(true);
  }

  getStream<T>(address: LiveChannelAddress): Observable<LiveChannelEvent<T>> {
    return this.channel(address) as Observable<LiveChannelEvent<unknown>> as Observable<LiveChannelEvent<T>>;
  }

  getDataStream(options: LiveDataStreamOptions): Observable<DataQueryResponse> {
    const id = toLiveChannelId(options.addr);
    return new Observable((observer) => {
      const frame = options.frame
        ? StreamingDataFrame.fromDataFrameJSON(options.frame, options.buffer)
        : StreamingDataFrame.empty(options.buffer);
      const send = (state: LoadingState, message?: string) =>
        observer.next({
          key: options.key ?? id,
          state,
          data: [frame],
          ...(message ? { errors: [{ message }] } : {}),
        });
      if (frame.fields.length > 0) send(LoadingState.Streaming);
      return this.channel(options.addr).subscribe({
        next: (event) => {
          if (isLiveChannelMessageEvent(event)) {
            // A frame keeps the arrays of its first packet and appends to them: two viewers must not share those.
            frame.push(structuredClone(event.message));
            send(LoadingState.Streaming);
          }
        },
        error: (error: Error) => {
          send(LoadingState.Error, error.message);
          observer.complete();
        },
        complete: () => observer.complete(),
      });
    });
  }

  getPresence(): Promise<never> {
    return Promise.reject(new Error('The workbench does not count who is watching a channel.'));
  }

  publish(): Promise<never> {
    return Promise.reject(new Error('The workbench publishes nothing to channels.'));
  }

  private channel(address: LiveChannelAddress): Observable<LiveChannelEvent<DataFrameJSON>> {
    const id = toLiveChannelId(address);
    const known = this.channels.get(id);
    if (known) return known;
    const shared = connect(id, address.data).pipe(
      finalize(() => this.channels.delete(id)),
      share()
    );
    this.channels.set(id, shared);
    return shared;
  }
}

function connect(id: string, data: unknown): Observable<LiveChannelEvent<DataFrameJSON>> {
  return new Observable<LiveChannelEvent<DataFrameJSON> | null>((observer) => {
    const abort = new AbortController();
    read(id, data, abort.signal, (name, text) => {
      if (name === 'message') {
        observer.next({ type: LiveChannelEventType.Message, message: JSON.parse(text) as DataFrameJSON });
      } else if (name === 'status') {
        const state = LiveChannelConnectionState.Connected;
        observer.next({ type: LiveChannelEventType.Status, id, timestamp: Date.now(), state });
      }
    }).then(
      () => observer.complete(),
      (error: Error) => !abort.signal.aborted && observer.error(error)
    );
    return () => abort.abort();
  }).pipe(
    filter((event) => event !== null),
    map((event) => event)
  );
}

async function read(
  channel: string,
  data: unknown,
  signal: AbortSignal,
  take: (name: string, text: string) => void
): Promise<void> {
  const response = await fetch('/api/live/subscribe', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ channel, data }),
    signal,
  });
  if (!response.ok || !response.body) {
    const text = await response.text();
    throw new Error(`Joining the channel ${channel} failed (${response.status}): ${text.slice(0, 300)}`);
  }
  const parser = new EventParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    for (const event of parser.push(value)) take(event.name, event.data);
  }
}
