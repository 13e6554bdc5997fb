import { createTheme } from '@grafana/data';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { readFrames } from './frames';
import { layOut, NO_LAYOUT } from './overlay/layout';
import { fromTop, portScale, rowMiddle } from './scale/port';
import { cellsFrame, FROM, TO } from './testing/panel';
import { scan } from './testing/scans';
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

  describe('on findings', () => {
    const [low, high] = ['low', 'high'].map((severity) => scan({ id: severity, severity, minPort: 20, maxPort: 30 }));
    const plane = { time: TIME, ports: PORTS, width: BOX.width, height: BOX.height };
    const layout = layOut([low!, high!], plane, { visibility: () => 'shown', label: () => '' });
    const onScan = (does: boolean) => {
      const chosen: string[] = [];
      const { result } = renderHook(() =>
        useHover(useView(first, TIME, PORTS, BOX, DEFAULTS, THEME, NONE), layout, 'utc', (one) => {
          chosen.push(one.id);
          return does;
        })
      );
      return { result, chosen };
    };
    const edge = { ...at(184, 24), x: 185 };

    it('tells of the one whose line is under the pointer, beside the cell there', () => {
      const { result } = onScan(true);
      act(() => result.current.onHover(edge));
      expect(result.current).toMatchObject({
        scanId: 'high',
        told: { cell: null, onScan: true, scans: [{ id: 'high' }] },
      });
      act(() => result.current.onHover(at(60, 22)));
      expect(result.current.told?.cell).not.toBeNull();
    });

    it('names those around a cell, and means none of them', () => {
      const { result } = onScan(true);
      act(() => result.current.onHover({ ...at(60, 22), x: 64 }));
      expect(result.current.scanId).toBeUndefined();
      expect(result.current.told).toMatchObject({ onScan: false, scans: [{ id: 'high' }, { id: 'low' }] });
      expect(result.current.told?.cell?.words.port).toBe('port 22 · ssh');
      act(() => result.current.onHover(at(120, 24)));
      expect(result.current.told).toBeNull();
    });

    it('does what a click on one does, and pins when there is nothing to do or the click shall keep', () => {
      const does = onScan(true);
      act(() => does.result.current.onHover(edge));
      act(() => does.result.current.onClick(false));
      expect([does.chosen, does.result.current.pinned]).toEqual([['high'], false]);
      act(() => does.result.current.onClick(true));
      expect([does.chosen, does.result.current.pinned]).toEqual([['high'], true]);
      const not = onScan(false);
      act(() => not.result.current.onHover(edge));
      act(() => not.result.current.onClick(false));
      expect([not.chosen, not.result.current.pinned]).toEqual([['high'], true]);
    });

    it('tells of one that has the focus in the list, until the pointer comes', () => {
      const { result } = onScan(true);
      act(() => result.current.onList({ scan: low!, place: edge }));
      expect(result.current.scanId).toBe('low');
      act(() => result.current.onHover(edge));
      expect(result.current.scanId).toBe('high');
      act(() => result.current.onList(undefined));
      expect(result.current.scanId).toBe('high');
    });
  });
});
