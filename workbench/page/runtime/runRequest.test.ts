import {
  dateTime,
  FieldType,
  LoadingState,
  toDataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { lastValueFrom, NEVER, of, Subject, take, throwError, toArray, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runRequest } from './runRequest';

const at = dateTime(1_795_305_600_000);
const request = {
  targets: [{ refId: 'A' }],
  range: { from: at, to: at, raw: { from: at, to: at } },
  app: 'dashboard',
} as unknown as DataQueryRequest;

const ds = (query: () => Observable<DataQueryResponse>) => ({ query }) as unknown as DataSourceApi;
const frame = (name: string, meta = {}) =>
  toDataFrame({ name, meta, fields: [{ name: 'n', type: FieldType.number, values: [1] }] });
const names = (data: PanelData) => data.series.map((each) => each.name);

describe('runRequest', () => {
  beforeEach(() => void vi.useFakeTimers({ now: at.valueOf() }));
  afterEach(() => void vi.useRealTimers());

  it('is done at once without queries', async () => {
    const data = await lastValueFrom(
      runRequest(
        ds(() => NEVER),
        { ...request, targets: [] }
      )
    );
    expect([data.state, data.series]).toEqual([LoadingState.Done, []]);
  });

  it('says that it loads after 200 ms, not before', async () => {
    const states: LoadingState[] = [];
    const subscription = runRequest(
      ds(() => NEVER),
      request
    ).subscribe(({ state }) => states.push(state));
    vi.advanceTimersByTime(199);
    expect(states).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(states).toEqual([LoadingState.Loading]);
    subscription.unsubscribe();
  });

  it('keeps the last packet of each key, and annotations apart', async () => {
    const packets = new Subject<DataQueryResponse>();
    const answer = lastValueFrom(
      runRequest(
        ds(() => packets),
        request
      ).pipe(take(4), toArray())
    );
    packets.next({ key: 'a', data: [frame('a1')], state: LoadingState.Streaming });
    packets.next({ key: 'b', data: [frame('b1')], state: LoadingState.Streaming });
    packets.next({ key: 'a', data: [frame('a2')], state: LoadingState.Streaming });
    packets.next({ data: [frame('scan', { dataTopic: 'annotations' })] });
    const all = await answer;
    expect(all.map(names)).toEqual([['a1'], ['a1', 'b1'], ['a2', 'b1'], ['a2', 'b1']]);
    expect(all[3]?.annotations?.map((each) => each.name)).toEqual(['scan']);
    expect(all[3]?.state).toBe(LoadingState.Done);
  });

  it('turns an error of one query into an error beside the data of the others', async () => {
    const errors = [{ refId: 'B', message: 'wrong' }];
    const data = await lastValueFrom(
      runRequest(
        ds(() => of({ data: [frame('a')], errors })),
        request
      )
    );
    expect([data.state, names(data), data.errors]).toEqual([LoadingState.Error, ['a'], errors]);
  });

  it.each([
    ['fails', () => throwError(() => new Error('broken'))],
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
  ])('ends in an error state when the data source %s', async (_, query) => {
    const data = await lastValueFrom(runRequest(ds(query), request));
    expect([data.state, data.error?.message]).toEqual([LoadingState.Error, 'broken']);
  });
});
