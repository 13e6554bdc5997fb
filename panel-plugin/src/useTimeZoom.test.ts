import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { TimeScale } from './scale/time';
import { useTimeZoom } from './useTimeZoom';

afterEach(cleanup);

/** A dashboard whose range is `time()`, and which takes every change. */
function open() {
  let time: TimeScale = { from: 0, to: 1000 };
  const view = renderHook(() => useTimeZoom(time, (range) => (time = range)));
  const move = (range: TimeScale) => {
    time = range;
    view.rerender();
  };
  const zoom = (from: number, to: number) => {
    act(() => view.result.current.zoom({ from, to }));
    view.rerender();
  };
  const back = () => {
    let went = false;
    act(() => {
      went = view.result.current.back();
    });
    view.rerender();
    return went;
  };
  return { zoom, back, move, time: () => time };
}

describe('useTimeZoom', () => {
  it('goes back at once to the range before the first of several zooms', () => {
    const { zoom, back, time } = open();
    zoom(100, 500);
    zoom(200, 300);
    expect(time()).toEqual({ from: 200, to: 300 });
    expect(back()).toBe(true);
    expect(time()).toEqual({ from: 0, to: 1000 });
    expect(back()).toBe(false);
  });

  it('does not undo a range that came from elsewhere', () => {
    const { zoom, back, move, time } = open();
    zoom(100, 500);
    move({ from: 5000, to: 6000 });
    expect(back()).toBe(false);
    zoom(5100, 5200);
    expect(back()).toBe(true);
    expect(time()).toEqual({ from: 5000, to: 6000 });
  });
});
