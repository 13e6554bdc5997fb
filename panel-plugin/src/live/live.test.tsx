import React from 'react';
import {
  dateTime,
  FieldType,
  LoadingState,
  type DataFrame,
  type DataQueryRequest,
  type PanelData,
} from '@grafana/data';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveCanvas, shownPixels } from '../testing/canvas';
import { cellsFrame, FROM, Panel, TO } from '../testing/panel';
import { lacksText } from './LiveBar';
import { waitingSince } from './useLive';

giveCanvas();
const SPAN = TO - FROM;
const NAMES = ['time', 'yMin', 'yMax', 'class', 'count'];
const columns: number[][] = NAMES.map(() => []);

/** The picture of a day that ends now, with a log behind it that has one more row each time. */
const picture = cellsFrame([[10, 22, 23, 3, 0]]);
function grown(custom: object = {}, rows = 1): DataFrame {
  for (let i = 0; i < rows; i++) {
    [TO - 1000, 23, 24, 0, 5].forEach((value, c) => columns[c]!.push(value));
  }
  const fields = NAMES.map((name, c) => ({ name, type: FieldType.other, config: {}, values: columns[c]! }));
  const length = columns[0]!.length;
  const sent = columns[4]!.reduce((sum, n) => sum + n, 0);
  return { length, fields, meta: { custom: { fireplot: 'live', run: 1, sent, ...custom } } };
}

function shown(log: DataFrame | undefined, to = 'now') {
  const [from, end] = [dateTime(TO - SPAN), dateTime(TO)];
  const timeRange = { from, to: end, raw: { from: 'now-24h', to } };
  const request = { requestId: 'Q1', scopedVars: {}, targets: [{ refId: 'A' }], range: timeRange };
  const data: Partial<PanelData> = {
    state: LoadingState.Streaming,
    series: log ? [picture, log] : [picture],
    request: request as unknown as DataQueryRequest,
  };
  return <Panel data={data} timeRange={timeRange} />;
}

const root = () => screen.getByTestId('fireplot-panel');
const label = () => screen.getByRole('img', { name: /^Fireplot: / }).getAttribute('aria-label');
const wait = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
/** Renders, and lets uPlot tell the panel where its plot lies. */
async function open(first: React.JSX.Element) {
  const view = render(first);
  await wait(1_100);
  return view;
}

beforeEach(() => {
  vi.useFakeTimers({ now: TO, toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  columns.forEach((column) => (column.length = 0));
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('the panel, live', () => {
  it('adds what comes to the picture, and slides with the clock', async () => {
    const { rerender } = await open(shown(grown({}, 0)));
    expect(label()).toContain('3 events');
    const [before = 0, until = 0] = root().dataset.time!.split(',').map(Number);
    expect([until - before, until > TO]).toEqual([SPAN, true]);
    rerender(shown(grown()));
    rerender(shown(grown()));
    await wait(1_100);
    expect(label()).toContain('13 events');
    await wait(600_000);
    // A pixel of a day is some two minutes.
    expect(Number(root().dataset.time!.split(',')[1])).toBeGreaterThan(until + 400_000);
  });

  it('paused, stands still and counts what waits; then has all of it', async () => {
    const { rerender } = await open(shown(grown()));
    const time = root().dataset.time;
    const pause = screen.getByRole('button', { name: 'Pause' });
    expect(pause.getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(pause);
    expect(pause.getAttribute('aria-pressed')).toBe('true');
    rerender(shown(grown()));
    rerender(shown(grown()));
    await wait(600_000);
    expect([screen.getByTestId('fireplot-waiting').textContent, root().dataset.time, label()]).toEqual([
      '10 waiting',
      time,
      expect.stringContaining('8 events'),
    ]);
    fireEvent.click(pause);
    await wait(1_100);
    expect([label(), root().dataset.time === time]).toEqual([expect.stringContaining('18 events'), false]);
  });

  it('keeps what is paused while the picture is asked for anew, and goes on with the new one', async () => {
    const { rerender } = await open(shown(grown()));
    fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    rerender(shown(undefined));
    expect(screen.getByRole('button', { name: 'Pause' }).getAttribute('aria-pressed')).toBe('true');
    expect(label()).toContain('8 events');
  });

  it('says what was skipped and why nothing comes, for as long as it is so', async () => {
    const { rerender } = await open(shown(grown({ skipped: 1234, trouble: 'The store does not answer.' })));
    expect(screen.getByTestId('fireplot-skipped').textContent).toBe('1,234 skipped');
    expect(screen.getByTestId('fireplot-trouble').textContent).toBe('The store does not answer.');
    rerender(shown(grown()));
    expect([screen.queryByTestId('fireplot-skipped'), screen.queryByTestId('fireplot-trouble')]).toEqual([null, null]);
  });

  it('is a picture like any other in a range that does not end now', async () => {
    await open(shown(grown(), '2026-11-23T00:00:00Z'));
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
    expect(root().dataset.time).toBe(`${FROM},${TO}`);
    expect(shownPixels(screen.getByTestId('fireplot-canvas'))).not.toBe(0);
  });
});

describe('words', () => {
  it('what is lacking, in words, and nothing for nothing', () => {
    expect(lacksText({ skipped: 0, dropped: 0 })).toBe('');
    expect(lacksText({ skipped: 5, dropped: 1 })).toBe('5 skipped, 1 batch skipped');
  });

  it('what waits is counted within a run, and from its start in another', () => {
    const info = { skipped: 0, dropped: 0, trouble: '', skewMs: 0 };
    expect(waitingSince({ ...info, run: 1, sent: 7 }, { ...info, run: 1, sent: 9 })).toBe(2);
    expect(waitingSince({ ...info, run: 1, sent: 7 }, { ...info, run: 2, sent: 3 })).toBe(3);
    expect(waitingSince({ ...info, run: 1, sent: 7 }, { ...info, run: undefined, sent: undefined })).toBe(0);
  });
});
