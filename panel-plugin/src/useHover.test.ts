import { createTheme } from '@grafana/data';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { readFrames } from './frames';
import { NO_LAYOUT } from './overlay/layout';
import { fromTop, portScale, rowMiddle } from './scale/port';
import { cellsFrame, FROM, TO } from './testing/panel';
import { DEFAULTS } from './types';
import { useHover } from './useHover';
import { useView } from './useView';

afterEach(cleanup);

const TIME = { from: FROM, to: TO };
const PORTS = portScale(1, 65536);
const BOX = { left: 0, top: 0, width: 1440, height: 1600 };
const NONE: ReadonlySet<number> = new Set();
const THEME = createTheme({ colors: { mode: 'dark' } });
const first = readFrames([cellsFrame([[60, 22, 23, 5, 2]])]);
const second = readFrames([cellsFrame([[61, 22, 23, 9, 0]])]);

function open() {
  return renderHook(
    ({ input, hidden }) => useHover(useView(input, TIME, PORTS, BOX, DEFAULTS, THEME, hidden), NO_LAYOUT, 'utc'),
    {
      initialProps: { input: first, hidden: NONE },
    }
  );
}

const at = (minute: number, port: number) => ({
  x: minute + 0.5,
  y: fromTop(PORTS, rowMiddle(port)) * BOX.height,
  windowX: 0,
  windowY: 0,
});

describe('useHover', () => {
  it('tells of the cell under the pointer, in words', () => {
    const { result } = open();
    expect(result.current.told).toBeNull();
    act(() => result.current.onHover(at(60, 22)));
    expect(result.current.told?.cell?.words).toMatchObject({
      time: '2026-11-22 01:00:00 – 01:01:00',
      port: 'port 22 · ssh',
      classes: [
        { name: 'TCP/IPv4', count: '5' },
        { name: 'UDP/IPv4', count: '2' },
      ],
    });
    act(() => result.current.onHover(at(200, 22)));
    expect(result.current.told).toBeNull();
    act(() => result.current.onHover(null));
    expect(result.current.told).toBeNull();
  });

  it('pins a cell by a click, through other data and places, until the next click', () => {
    const { result, rerender } = open();
    act(() => result.current.onHover(at(60, 22)));
    act(() => result.current.onClick(false));
    expect(result.current.pinned).toBe(true);
    rerender({ input: second, hidden: NONE });
    act(() => result.current.onHover(at(300, 80)));
    expect(result.current.told?.cell?.words.time).toBe('2026-11-22 01:00:00 – 01:01:00');
    act(() => result.current.onClick(false));
    expect([result.current.pinned, result.current.told]).toEqual([false, null]);
  });

  it('pins nothing where there is nothing', () => {
    const { result } = open();
    act(() => result.current.onHover(at(300, 80)));
    act(() => result.current.onClick(false));
    expect(result.current.pinned).toBe(false);
  });

  it('speaks only of classes that are shown', () => {
    const { result, rerender } = open();
    act(() => result.current.onHover(at(60, 22)));
    rerender({ input: first, hidden: new Set([0]) });
    expect(result.current.told?.cell?.words.classes.map((one) => one.name)).toEqual(['UDP/IPv4']);
    rerender({ input: first, hidden: new Set([0, 1]) });
    expect(result.current.told).toBeNull();
  });
});
