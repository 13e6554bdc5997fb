import {
  type DataFrame,
  type DataFrameJSON,
  type DataQueryRequest,
  type DataQueryResponse,
  dateTime,
  FieldType,
  type LiveChannelAddress,
  LiveChannelConnectionState,
  type LiveChannelEvent,
  LiveChannelEventType,
  LoadingState,
} from '@grafana/data';
import { setGrafanaLiveSrv } from '@grafana/runtime';
import { Observable, Subject } from 'rxjs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FirewallQuery } from '../query';
import { live } from './live';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const query: FirewallQuery = { refId: 'A', queryType: 'fireplot', live: true };

let channel: Subject<LiveChannelEvent<DataFrameJSON>>;
let joined: LiveChannelAddress[];
let left: number;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  channel = new Subject();
  joined = [];
  left = 0;
  const getStream = (addr: LiveChannelAddress) =>
    new Observable((subscriber) => {
      joined.push(addr);
      const inner = channel.subscribe(subscriber);
      return () => {
        left++;
        inner.unsubscribe();
      };
    });
  setGrafanaLiveSrv({ getStream } as unknown as Parameters<typeof setGrafanaLiveSrv>[0]);
});
afterEach(() => void vi.useRealTimers());

function request(targets: FirewallQuery[], to = 'now'): DataQueryRequest<FirewallQuery> {
  const range = { from: dateTime(NOW - 900_000), to: dateTime(NOW), raw: { from: 'now-15m', to } };
  const rest = { interval: '1s', intervalMs: 1000, scopedVars: {}, timezone: 'utc', app: 'dashboard', startTime: 0 };
  return { ...rest, requestId: 'Q', range, targets, maxDataPoints: 1500 };
}

function connect(): void {
  channel.next({
    type: LiveChannelEventType.Status,
    id: 'x',
    timestamp: NOW,
    state: LiveChannelConnectionState.Connected,
  });
}

/** [batch, stamp, count] a row. */
function push(n: number, rows: Array<[number, number, number]>, state: object = {}): void {
  const told = { run: 1, n, sent: 0, skipped: 0, dropped: 0, trouble: '', ...state };
  const column = (first: unknown, of: (row: [number, number, number]) => unknown) => [first, ...rows.map(of)];
  channel.next({
    type: LiveChannelEventType.Message,
    message: {
      data: {
        values: [
          column(NOW, () => NOW),
          column(0, () => 22),
          column(0, () => 23),
          column(0, () => 0),
          column(0, (row) => row[2]),
          column(0, (row) => row[0]),
          column(0, (row) => row[1]),
          column(JSON.stringify(told), () => null),
        ] as unknown[][],
      },
    },
  });
}

const frameOf = (told: number[], atMs = NOW): DataFrame => ({
  name: 'fireplot',
  length: 0,
  fields: [{ name: 'xMax', type: FieldType.time, config: {}, values: [] }],
  meta: { custom: { live: { atMs, slackMs: 60_000, told } } },
});

/** A data source whose pictures the test hands out. */
function following(targets: FirewallQuery[] = [query], to?: string) {
  const asked: Array<{
    request: DataQueryRequest<FirewallQuery>;
    answer: (frame: DataFrame) => void;
    fail: () => void;
  }> = [];
  const seen: DataQueryResponse[] = [];
  const ask = (one: DataQueryRequest<FirewallQuery>) =>
    new Observable<DataQueryResponse>((subscriber) => {
      asked.push({
        request: one,
        answer: (frame) => subscriber.next({ data: [frame], state: LoadingState.Done }),
        fail: () =>
          subscriber.next({ data: [], state: LoadingState.Error, errors: [{ message: 'the store is away' }] }),
      });
    });
  const all = live(request(targets, to), 'fireplot', { ask, prepare: (one) => one }).subscribe((response) =>
    seen.push(response)
  );
  const last = () => seen.at(-1)!;
  const log = () => last().data.at(-1) as DataFrame;
  const counts = () => log().fields[4]!.values.slice(0, log().length);
  return { asked, seen, last, log, counts, stop: () => all.unsubscribe() };
}

it('asks for the picture when the channel is joined, and not before', () => {
  const { asked } = following();
  expect([joined.length, asked.length]).toEqual([1, 0]);
  connect();
  expect(asked.map((one) => one.request.targets)).toEqual([[query]]);
});

it('shows what came while the picture was on its way, and of each batch what the picture lacks', () => {
  const { asked, last, counts } = following();
  connect();
  push(1, [[7, NOW, 1], [8, NOW, 2], [9, NOW - 60_001, 4]]); // prettier-ignore
  asked[0]!.answer(frameOf([8]));
  expect([last().state, counts()]).toEqual([LoadingState.Streaming, [1]]);
  push(2, [[8, NOW, 8], [10, NOW, 16]]); // prettier-ignore
  expect(counts()).toEqual([1, 16]);
});

it('a missed push, a new run and a connection that comes back bring a new picture', () => {
  const { asked, counts } = following();
  connect();
  asked[0]!.answer(frameOf([]));
  push(1, [[1, NOW, 1]]);
  vi.advanceTimersByTime(6_000);
  push(3, [[3, NOW, 1]]);
  expect([asked.length, counts()]).toEqual([2, [1, 1]]);
  push(4, [[4, NOW, 64]]);
  asked[1]!.answer(frameOf([1, 2, 3]));
  expect(counts()).toEqual([64]);
  vi.advanceTimersByTime(6_000);
  push(1, [], { run: 2 });
  expect(asked).toHaveLength(3);
  connect();
  expect(asked).toHaveLength(4);
});

it('who misses push after push is shown what comes, and a new picture every few seconds', () => {
  const { asked, counts } = following();
  connect();
  asked[0]!.answer(frameOf([]));
  push(1, []);
  for (let n = 3; n < 40; n += 2) {
    push(n, [[n, NOW, 1]]);
    vi.advanceTimersByTime(500);
    asked.slice(1).forEach((one) => one.answer(frameOf([])));
  }
  expect(asked).toHaveLength(2);
  expect(counts().length).toBeGreaterThan(5);
});

it('asks for the range as it is by then', () => {
  const { asked } = following();
  connect();
  asked[0]!.answer(frameOf([]));
  vi.setSystemTime(NOW + 3_600_000);
  connect();
  const { range } = asked[1]!.request;
  expect([range.from.valueOf(), range.to.valueOf()]).toEqual([NOW + 3_600_000 - 900_000, NOW + 3_600_000]);
});

it('says what was left out since the picture, and asks for it after a while', () => {
  const { asked, log } = following();
  connect();
  asked[0]!.answer(frameOf([]));
  push(1, [], { skipped: 100 });
  expect([log().meta?.custom?.skipped, asked.length]).toEqual([100, 1]);
  vi.setSystemTime(NOW + 31_000);
  push(2, [], { skipped: 120 });
  expect(asked).toHaveLength(2);
  asked[1]!.answer(frameOf([]));
  expect(log().meta?.custom?.skipped).toBe(0);
});

it('says why the stream stands still for as long as it does, and keeps what it shows', () => {
  const { asked, log, counts } = following();
  connect();
  asked[0]!.answer(frameOf([]));
  push(1, [[1, NOW, 1]]);
  push(2, [], { trouble: 'no store' });
  expect([log().meta?.custom?.trouble, counts()]).toEqual(['no store', [1]]);
  push(3, []);
  expect(log().meta?.custom?.trouble).toBe('');
  vi.advanceTimersByTime(16_000);
  expect(log().meta?.custom?.trouble).toContain('silent');
});

it('shows the failure of the first picture, asks again, and goes on', () => {
  const { asked, last, counts } = following();
  connect();
  asked[0]!.fail();
  expect([last().state, last().errors?.[0]?.message]).toEqual([LoadingState.Error, 'the store is away']);
  vi.advanceTimersByTime(5_000);
  asked[1]!.answer(frameOf([]));
  push(1, [[1, NOW, 1]]);
  expect(counts()).toEqual([1]);
});

it('without Grafana Live shows the picture, and says that nothing new comes', () => {
  const { asked, log } = following();
  channel.next({
    type: LiveChannelEventType.Status,
    id: 'x',
    timestamp: NOW,
    state: LiveChannelConnectionState.Invalid,
    error: 'Live is off',
  });
  asked[0]!.answer(frameOf([]));
  expect(log().meta?.custom?.trouble).toBe('Nothing new is shown: Live is off.');
});

it('leaves the channel when nobody looks any more', () => {
  const { stop } = following();
  connect();
  stop();
  expect([left, vi.getTimerCount()]).toEqual([1, 0]);
});

it('asks as ever what is not live, and what is in a range that has ended', () => {
  const scans: FirewallQuery = { refId: 'B', queryType: 'scans' };
  const both = following([query, scans]);
  expect(both.asked.map((one) => one.request.targets)).toEqual([[scans]]);
  const ended = following([query, scans], '2026-11-25T12:00:00Z');
  expect(ended.asked.map((one) => one.request.targets)).toEqual([[{ refId: 'A', queryType: 'fireplot' }, scans]]);
  expect(joined).toHaveLength(1);
});

it('screens of about a size share a channel, filters and ports part them', () => {
  const path = (one: Partial<FirewallQuery>) => {
    joined = [];
    following([{ ...query, ...one }]).stop();
    return joined[0]?.path;
  };
  expect(path({ refId: 'Z', maxCells: 5000 })).toBe(path({}));
  expect(path({ portFrom: '20' })).not.toBe(path({}));
  expect(path({ filters: [{ key: 'sensor', operator: '=', value: 'gw' }] })).not.toBe(path({}));
});
