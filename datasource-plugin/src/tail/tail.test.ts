import { type DataQueryRequest, LoadingState, dateTime, toLiveChannelId } from '@grafana/data';
import { type LiveDataStreamOptions, setGrafanaLiveSrv, setTemplateSrv } from '@grafana/runtime';
import { firstValueFrom, of } from 'rxjs';
import { beforeEach, expect, it } from 'vitest';
import type { FirewallQuery } from '../query';
import { backendAnswering } from '../testing/backend';
import { dashboardWith } from '../testing/dashboard';
import { channelOf, channelPath } from './channel';

const { datasource } = backendAnswering({});
const drops: FirewallQuery = {
  refId: 'A',
  queryType: 'events',
  filters: [{ key: 'action', operator: '=', value: 'drop' }],
};
let joined: LiveDataStreamOptions[] = [];

beforeEach(() => {
  joined = [];
  setTemplateSrv(dashboardWith({ host: { kind: 'text', value: 'gw' } }) as Parameters<typeof setTemplateSrv>[0]);
  setGrafanaLiveSrv({
    getDataStream: (options: LiveDataStreamOptions) => {
      joined.push(options);
      return of({ state: LoadingState.Streaming, data: [{ fields: [], length: 0 }] });
    },
  } as unknown as Parameters<typeof setGrafanaLiveSrv>[0]);
});

function asked(targets: FirewallQuery[], liveStreaming = true): DataQueryRequest<FirewallQuery> {
  const [from, to] = [dateTime('2026-11-22T00:00:00Z'), dateTime('2026-11-23T00:00:00Z')];
  const range = { from, to, raw: { from, to } };
  const rest = { interval: '1s', intervalMs: 1000, scopedVars: {}, timezone: 'utc', app: 'explore', startTime: 0 };
  return { ...rest, requestId: 'Q', range, targets, liveStreaming };
}

it('names a channel as the backend does', () => {
  // The same vector stands in pkg/stream/stream_test.go.
  expect(channelPath('{"queryType":"events","größe":"→"}')).toBe('tail/add3b06c43bd2b1ae7b0ca488efdfae4');
});

it('equal questions share a channel, others do not', () => {
  const path = (query: Partial<FirewallQuery>) => channelOf('fireplot', { ...drops, ...query }).path;
  expect(path({ refId: 'B', limit: 7, adhoc: [] })).toBe(path({}));
  expect(path({ adhoc: drops.filters ?? [] })).not.toBe(path({}));
  expect(path({ filters: [] })).not.toBe(path({}));
});

it('Explore live is answered by a stream of the query, its variables in place', async () => {
  const query = { ...drops, filters: [{ key: 'sensor', operator: '=' as const, value: '$host' }] };
  const answer = await firstValueFrom(datasource.query(asked([query])));
  expect(answer).toMatchObject({ key: 'Q-A', state: LoadingState.Streaming, data: [{ refId: 'A' }] });
  const [{ addr } = { addr: undefined }] = joined;
  expect(addr && toLiveChannelId(addr)).toBe(`ds/fireplot/${addr?.path}`);
  const text = (addr?.data as { query: string }).query;
  expect(addr?.path).toBe(channelPath(text));
  expect(JSON.parse(text)).toEqual({
    queryType: 'events',
    filters: [{ key: 'sensor', operator: '=', value: 'gw' }],
  });
});

it('only queries for log rows that are shown are followed', async () => {
  await firstValueFrom(
    datasource.query(asked([drops, { ...drops, refId: 'B', hide: true }, { ...drops, refId: 'C', format: 'table' }]))
  );
  expect(joined.map(({ key }) => key)).toEqual(['Q-A']);
});

it('nothing is streamed that was not asked for as live', () => {
  datasource.query(asked([drops], false));
  datasource.query(asked([{ ...drops, format: 'table' }]));
  expect(joined).toEqual([]);
});
