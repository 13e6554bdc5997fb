import { LoadingState, toDataFrame, type PanelData } from '@grafana/data';
import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { act, cleanup, renderHook } from '@testing-library/react';
import { Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OWN_TYPE } from './askCell';
import { NO_CELLS } from './cells';
import type { CellRange } from './detail';
import type { Input } from './frames';
import { useCellDetail } from './useCellDetail';

const CELLS: Input = { kind: 'cells', cells: NO_CELLS, grid: {}, refId: 'A', skipped: 0 };
const A: CellRange = { from: 0, to: 1000, portFrom: 22, portTo: 23, classes: [0] };
const B: CellRange = { ...A, portFrom: 23, portTo: 24 };

const data = (series: PanelData['series'] = []): PanelData =>
  ({
    series,
    request: { requestId: 'Q', targets: [{ refId: 'A', datasource: { type: OWN_TYPE } }] },
  }) as unknown as PanelData;

/** A data source that answers after 100 ms, with as many sources as questions so far. */
function slowSource() {
  const log = { asked: 0, dropped: 0 };
  const query = () =>
    new Observable((subscriber) => {
      const sources = ++log.asked;
      const timer = setTimeout(() => {
        const fields = [{ name: 'sources', values: [sources] }];
        subscriber.next({ data: [toDataFrame({ name: 'summary', fields })], state: LoadingState.Done });
        subscriber.complete();
      }, 100);
      return () => {
        clearTimeout(timer);
        log.dropped += subscriber.closed ? 0 : 1;
      };
    });
  setDataSourceSrv({ get: async () => ({ type: OWN_TYPE, query }) } as unknown as DataSourceSrv);
  return log;
}

function open(input: Input, first: CellRange | null) {
  const series: PanelData['series'] = [];
  const start = { range: first, data: data(series) };
  const { result, rerender } = renderHook((props) => useCellDetail(input, props.data, props.range), {
    initialProps: start,
  });
  return { result, go: (range: CellRange | null, next = start.data) => rerender({ range, data: next }) };
}

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('useCellDetail', () => {
  it('asks only after the pointer has rested for 150 ms', async () => {
    const log = slowSource();
    const { result, go } = open(CELLS, A);
    await pass(140);
    go(B);
    await pass(140);
    expect([log.asked, result.current.state]).toEqual([0, 'waiting']);
    await pass(20);
    expect(log.asked).toBe(1);
    await pass(100);
    expect(result.current).toEqual({ state: 'ready', detail: { sources: 1, targets: undefined, top: [] } });
  });

  it('drops the question when the pointer leaves', async () => {
    const log = slowSource();
    const { result, go } = open(CELLS, A);
    await pass(200);
    expect(log.asked).toBe(1);
    go(null);
    await pass(500);
    expect([log.asked, result.current.state]).toEqual([1, 'none']);
  });

  it('remembers answers while the data stays, and forgets them with it', async () => {
    const log = slowSource();
    const { result, go } = open(CELLS, A);
    await pass(300);
    go(B);
    await pass(300);
    go(A);
    expect(result.current).toMatchObject({ state: 'ready', detail: { sources: 1 } });
    await pass(300);
    expect(log.asked).toBe(2);
    go(A, data([]));
    expect(result.current.state).toBe('waiting');
    await pass(300);
    expect([log.asked, result.current]).toMatchObject([3, { detail: { sources: 3 } }]);
  });

  it('says nothing, once, when there is no answer', async () => {
    const get = vi.fn(async () => ({ type: 'loki' }));
    setDataSourceSrv({ get } as unknown as DataSourceSrv);
    const { result, go } = open(CELLS, A);
    await pass(300);
    expect(result.current.state).toBe('none');
    go(null);
    go(A);
    await pass(300);
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('counts the panel’s own rows and asks nobody', async () => {
    const log = slowSource();
    const probes = {
      length: 2,
      time: Float64Array.of(1, 2),
      port: Int32Array.of(22, 22),
      klass: Uint8Array.of(0, 0),
      source: Uint32Array.of(1, 2),
      sources: ['', '192.0.2.1', '192.0.2.2'],
      filterBy: undefined,
    };
    const { result } = open({ kind: 'points', probes, skipped: 0 }, A);
    await pass(200);
    expect(result.current).toMatchObject({ state: 'ready', detail: { sources: 2 } });
    expect(log.asked).toBe(0);
  });
});
