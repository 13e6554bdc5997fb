import { LoadingState, toDataFrame, type DataQueryRequest, type DataQueryResponse } from '@grafana/data';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { NEVER, Observable, of, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { askCell, detailOf, OWN_TYPE } from './askCell';

const RANGE = { from: 0, to: 60_000, portFrom: 22, portTo: 23, classes: [0] };
const REQUEST = {
  requestId: 'Q1',
  scopedVars: {},
  targets: [
    { refId: 'A', datasource: { type: 'loki', uid: 'l' } },
    { refId: 'B', datasource: { type: OWN_TYPE, uid: 'f' }, filters: [{ key: 'sensor', operator: '=', value: 'gw' }] },
  ],
} as unknown as DataQueryRequest;

const FRAMES = [
  toDataFrame({
    name: 'summary',
    fields: [
      { name: 'events', values: [12] },
      { name: 'sources', values: [2] },
      { name: 'targets', values: [1] },
    ],
  }),
  toDataFrame({
    name: 'top',
    fields: [
      { name: 'source', values: ['192.0.2.1', '<img src=x>'] },
      { name: 'events', values: [11, 1] },
    ],
  }),
];

/** Answers every question with `answer`; `asked` are the questions, `left` how many were dropped. */
function serve(answer: Observable<DataQueryResponse> | Promise<DataQueryResponse>, type = OWN_TYPE) {
  const log = { asked: [] as DataQueryRequest[], left: 0 };
  const query = (request: DataQueryRequest) => {
    log.asked.push(request);
    return answer instanceof Promise
      ? answer
      : new Observable<DataQueryResponse>((subscriber) => {
          const inner = answer.subscribe(subscriber);
          return () => {
            log.left++;
            inner.unsubscribe();
          };
        });
  };
  const get = async (ref: { uid: string }) => ({ type, uid: ref.uid, query });
  setDataSourceSrv({ get } as unknown as DataSourceSrv);
  return log;
}

const ask = (refId = 'B', request = REQUEST) => new Promise((resolve) => askCell(request, refId, RANGE, resolve));

describe('askCell', () => {
  it('puts the question into the panel’s own query', async () => {
    const log = serve(of({ data: FRAMES, state: LoadingState.Done }));
    expect(await ask()).toEqual({
      sources: 2,
      targets: 1,
      top: [
        { source: '192.0.2.1', events: 11 },
        { source: '<img src=x>', events: 1 },
      ],
    });
    expect(log.asked[0]).toMatchObject({
      requestId: 'Q1-cell',
      targets: [{ refId: 'B', queryType: 'cell', cell: RANGE, filters: [{ key: 'sensor' }] }],
    });
  });

  it('waits for the answer after a loading state, and takes promises', async () => {
    serve(of({ data: [], state: LoadingState.Loading }, { data: FRAMES, state: LoadingState.Done }));
    expect(await ask()).toMatchObject({ sources: 2 });
    serve(Promise.resolve({ data: FRAMES }));
    expect(await ask()).toMatchObject({ sources: 2 });
  });

  it('stays quiet when it cannot be told', async () => {
    serve(of({ data: [], errors: [{ message: 'no' }] }));
    expect(await ask()).toBeUndefined();
    serve(of({ data: FRAMES, state: LoadingState.Error }));
    expect(await ask()).toBeUndefined();
    serve(throwError(() => new Error('away')));
    expect(await ask()).toBeUndefined();
    serve(of({ data: [] }));
    expect(await ask()).toBeUndefined();
    setDataSourceSrv({
      get() {
        throw new Error('no such data source');
      },
    } as unknown as DataSourceSrv);
    expect(await ask()).toBeUndefined();
    expect(await ask('B', { ...REQUEST, targets: [] })).toBeUndefined();
  });

  it('asks no other data source', async () => {
    const log = serve(of({ data: FRAMES }), 'loki');
    expect(await ask('A')).toBeUndefined();
    expect(log.asked).toEqual([]);
  });

  it('drops the question when the pointer leaves, and says nothing after', async () => {
    const log = serve(NEVER);
    let told = 0;
    const cancel = askCell(REQUEST, 'B', RANGE, () => told++);
    await new Promise((resolve) => setTimeout(resolve));
    expect(log.asked.length).toBe(1);
    cancel();
    expect([log.left, told]).toEqual([1, 0]);
  });
});

describe('detailOf', () => {
  it('needs the summary, and can do without the rest', () => {
    expect(detailOf(FRAMES.slice(1))).toBeUndefined();
    expect(detailOf(FRAMES.slice(0, 1))).toEqual({ sources: 2, targets: 1, top: [] });
  });
});
