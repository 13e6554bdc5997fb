import { FieldType, LiveChannelScope, LoadingState, type DataFrameJSON, type DataQueryResponse } from '@grafana/data';
import { firstValueFrom, take, toArray } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WorkbenchLiveSrv } from './live';

const addr = {
  scope: LiveChannelScope.DataSource,
  stream: 'fireplot',
  namespace: 'fireplot',
  path: 'tail/abc',
  data: { q: 1 },
};
const packet = (n: number): DataFrameJSON => ({
  schema: {
    fields: [
      { name: 'time', type: FieldType.time },
      { name: 'n', type: FieldType.number },
    ],
  },
  data: { values: [[n], [n]] },
});

/** A server that a test feeds by hand. */
function server() {
  const joined: Array<{ body: unknown; signal: AbortSignal }> = [];
  let feed: ReadableStreamDefaultController<Uint8Array>;
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    joined.push({ body: JSON.parse(String(init.body)), signal: init.signal! });
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (feed = controller) });
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
  });
  const send = (name: string, data: unknown) =>
    feed.enqueue(new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
  return { joined, send, end: () => feed.close() };
}

const rows = (response: DataQueryResponse) => [response.state, [...(response.data[0]?.fields[1]?.values ?? [])]];
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('WorkbenchLiveSrv', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('appends the frames of a channel to one frame', async () => {
    const { joined, send } = server();
    const answer = firstValueFrom(new WorkbenchLiveSrv().getDataStream({ addr }).pipe(take(2), toArray()));
    await settled();
    expect(joined[0]?.body).toEqual({ channel: 'ds/fireplot/tail/abc', data: { q: 1 } });
    send('status', 'subscribed');
    send('message', packet(1));
    send('ping', 0);
    send('message', packet(2));
    const responses = await answer;
    expect(rows(responses[1]!)).toEqual([LoadingState.Streaming, [1, 2]]);
  });

  it('joins a channel once for two viewers, and leaves it with the last', async () => {
    const { joined, send } = server();
    const live = new WorkbenchLiveSrv();
    const seen: number[] = [];
    const one = live.getDataStream({ addr }).subscribe(() => seen.push(1));
    const two = live.getDataStream({ addr }).subscribe(() => seen.push(2));
    await settled();
    send('message', packet(1));
    await settled();
    expect([joined.length, seen]).toEqual([1, [1, 2]]);
    one.unsubscribe();
    expect(joined[0]?.signal.aborted).toBe(false);
    two.unsubscribe();
    expect(joined[0]?.signal.aborted).toBe(true);
  });

  it('gives each viewer rows of its own', async () => {
    const { send } = server();
    const live = new WorkbenchLiveSrv();
    const [one, two] = [1, 2].map(() => firstValueFrom(live.getDataStream({ addr }).pipe(take(2), toArray())));
    await settled();
    send('message', packet(1));
    send('message', packet(2));
    expect(rows((await one!)[1]!)).toEqual([LoadingState.Streaming, [1, 2]]);
    expect(rows((await two!)[1]!)).toEqual([LoadingState.Streaming, [1, 2]]);
  });

  it('ends in an error that says why, when the channel is refused', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"message":"no such channel"}', { status: 404 })));
    const response = await firstValueFrom(new WorkbenchLiveSrv().getDataStream({ addr }));
    expect([response.state, response.errors?.[0]?.message]).toEqual([
      LoadingState.Error,
      expect.stringContaining('no such channel'),
    ]);
  });
});
