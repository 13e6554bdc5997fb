import React, { memo, useEffect, useLayoutEffect, useMemo, useRef, type ComponentProps } from 'react';
import { DashboardCursorSync, type EventBus } from '@grafana/data';
import {
  EventBusPlugin,
  KeyboardPlugin,
  UPlotChart,
  UPlotConfigBuilder,
  usePanelContext,
  useTheme2,
} from '@grafana/ui';
import type { PortScale } from '../scale/port';
import type { TimeScale } from '../scale/time';
import { addAxes } from './axes';

/** uPlot's instance, reached through Grafana's own copy of it. */
export type UPlot = Parameters<NonNullable<ComponentProps<typeof UPlotChart>['plotRef']>>[0];

/** The plotted rectangle inside the chart, CSS pixels. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A place in the plotted rectangle, CSS pixels from its left and top, and the same in the window. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly windowX: number;
  readonly windowY: number;
}

export interface Selection {
  /** Pixels from the left, when the drag had a width. */
  readonly across?: readonly [from: number, to: number];
  /** Pixels from the top, when the drag had a height. */
  readonly down?: readonly [from: number, to: number];
}

export interface PlotHandlers {
  onBox(box: PlotBox): void;
  /** Pointer over the plot; null when it left, or when the crosshair follows another panel. */
  onHover(place: Place | null): void;
  /** `keep`: with Ctrl, Cmd or Shift. */
  onClick(keep: boolean): void;
  onSelect(selection: Selection): void;
  onReset(): void;
}

interface Props extends PlotHandlers {
  readonly width: number;
  readonly height: number;
  readonly time: TimeScale;
  readonly ports: PortScale;
  readonly timeZone: string;
  readonly eventBus: EventBus;
  readonly frame: string | null;
}

/** Room around the plot for half a label, CSS pixels: top, right, bottom, left. */
const PADDING: [number, number, number, number] = [8, 20, 0, 0];

/** Axes, crosshair and selection: uPlot as Grafana ships it. It draws no data; the cells lie on a canvas beneath. */
export const Plot = memo(function Plot(props: Props) {
  const { width, height, time, ports, timeZone, frame, eventBus } = props;
  const theme = useTheme2();
  const { sync, eventsScope } = usePanelContext();
  const synced = (sync?.() ?? DashboardCursorSync.Off) !== DashboardCursorSync.Off;
  const latest = useRef(props);
  // uPlot asks for scales in a microtask, after this.
  useLayoutEffect(() => {
    latest.current = props;
  });
  const chart = useRef<UPlot | null>(null);

  const config = useMemo(() => {
    const builder = new UPlotConfigBuilder(timeZone);
    builder.setPadding(PADDING);
    addAxes(builder, theme, timeZone, frame, () => latest.current);
    addCursor(builder, synced ? eventsScope : undefined, () => latest.current);
    return builder;
  }, [theme, timeZone, frame, synced, eventsScope]);

  // One x a pixel, so that the crosshair other panels see moves as finely as the pointer.
  const data = useMemo(() => {
    const columns = Math.max(2, Math.floor(width));
    const step = (time.to - time.from) / (columns - 1);
    return [Array.from({ length: columns }, (_, i) => time.from + i * step), new Array<null>(columns).fill(null)] as [
      number[],
      null[],
    ];
  }, [time, width]);

  useEffect(() => {
    chart.current?.setScale('y', { min: ports.low, max: ports.high });
  }, [ports]);

  return (
    <UPlotChart config={config} data={data} width={width} height={height} plotRef={(u) => (chart.current = u)}>
      <KeyboardPlugin config={config} />
      {synced && <EventBusPlugin config={config} eventBus={eventBus} />}
    </UPlotChart>
  );
});

/** Below this a drag is a click; from `BOTH` on, a drag along one axis also selects on the other. */
const LEAST_DRAG = 6;
const BOTH = 40;

/** How to use the plot from the keyboard; the first half is Grafana's own. */
const KEYS =
  'Plot. Arrow keys move the crosshair, space with them selects a time range, Enter chooses what is under it, with Ctrl keeps its description.';

function addCursor(builder: UPlotConfigBuilder, syncKey: string | undefined, latest: () => PlotHandlers): void {
  builder.setCursor({
    drag: { setScale: false, x: true, y: true, uni: BOTH, dist: LEAST_DRAG },
    points: { show: false },
    focus: { prox: -1 },
    bind: {
      dblclick: () => () => {
        latest().onReset();
        return null;
      },
    },
    ...(syncKey === undefined ? {} : { sync: { key: syncKey, scales: ['x', null] } }),
  });
  builder.addHook('init', (u: UPlot) => {
    const keep = (event: MouseEvent | KeyboardEvent) => event.ctrlKey || event.metaKey || event.shiftKey;
    u.over.addEventListener('click', (event) => latest().onClick(keep(event)));
    u.root.addEventListener('keydown', (event) => event.key === 'Enter' && latest().onClick(keep(event)));
    u.root.setAttribute('role', 'group');
    u.root.setAttribute('aria-label', KEYS);
  });
  builder.addHook('draw', (u: UPlot) => {
    const ratio = u.over.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const { left, top, width, height } = u.bbox;
    latest().onBox({ left: left / ratio, top: top / ratio, width: width / ratio, height: height / ratio });
  });
  builder.addHook('setCursor', (u: UPlot) => {
    const { left = -1, top = -1, event } = u.cursor;
    // A move without an event follows another panel, or the arrow keys.
    const over = (event || u.root.matches(':focus-visible')) && left >= 0 && top >= 0;
    latest().onHover(over ? { x: left, y: top, windowX: u.rect.left + left, windowY: u.rect.top + top } : null);
  });
  builder.addHook('setSelect', (u: UPlot) => {
    const { left, top, width, height } = u.select;
    if (width === 0 && height === 0) {
      return;
    }
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    const across = width >= LEAST_DRAG && width < u.over.clientWidth;
    const down = height >= LEAST_DRAG && height < u.over.clientHeight;
    latest().onSelect({
      ...(across ? { across: [left, left + width] as const } : {}),
      ...(down ? { down: [top, top + height] as const } : {}),
    });
  });
}
