import React, { useMemo, useState } from 'react';
import { css } from '@emotion/css';
import type { DataFrame, PanelProps } from '@grafana/data';
import { config } from '@grafana/runtime';
import { Button, usePanelContext, useTheme2 } from '@grafana/ui';
import { CellCanvas } from './components/CellCanvas';
import { DayStepper } from './components/DayStepper';
import { Footer } from './components/Footer';
import { HoverLayer } from './components/HoverLayer';
import { MarkLegend } from './components/MarkLegend';
import { Plot, type PlotBox, type Selection } from './components/Plot';
import { ScanCanvas } from './components/ScanCanvas';
import { ScanLegend } from './components/ScanLegend';
import { ScanList } from './components/ScanList';
import { Sheet } from './components/Sheet';
import { State } from './components/State';
import { readFrames, type Input } from './frames';
import { LiveBar } from './live/LiveBar';
import { LiveCanvas } from './live/LiveCanvas';
import { useFeed } from './live/useFeed';
import { useLive } from './live/useLive';
import { paintMarks } from './marks/paintMarks';
import { useMarkedInput, useMarks } from './marks/useMarks';
import { scanInk } from './overlay/ink';
import type { Scan } from './overlay/scan';
import { rowsFor } from './picture';
import { octaveAt, portAt } from './scale/port';
import type { Options } from './types';
import { useHover } from './useHover';
import { useListed } from './useListed';
import { usePortZoom } from './usePortZoom';
import { filterKey, useScanFilter } from './useScanFilter';
import { useScans } from './useScans';
import { useTimeZoom } from './useTimeZoom';
import { useView } from './useView';

/** Heights of the line above and the line below the plot, CSS pixels. */
const BAR = 26;
/** Below this width the legend needs the line to itself; rows that were left out are told all the same. */
const NARROW = 480;
/** From this height on, findings of several kinds have a line of the legend to themselves. */
const TALL = 320;
/** Over a finding a click does something: the pointer says so. */
const CHOOSE = css({ '& .u-over': { cursor: 'pointer' } });
const NO_BOX: PlotBox = { left: 0, top: 0, width: 0, height: 0 };

/** The fireplot: reads frames, holds what the viewer zoomed and hid, and lays out plot, legend and notices. */
export function FireplotPanel(props: PanelProps<Options>) {
  const { data, options, width, height, timeRange, timeZone, onChangeTimeRange, replaceVariables, eventBus } = props;
  const theme = useTheme2();
  const { onAddAdHocFilter } = usePanelContext();
  const [box, setBox] = useState(NO_BOX);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());

  const live = useLive(data, timeRange, box.width);
  const read = useInput(live.still, options);
  const from = live.time?.from ?? timeRange.from.valueOf();
  const to = live.time?.to ?? timeRange.to.valueOf();
  const time = useMemo(() => ({ from, to: Math.max(to, from + 1) }), [from, to]);
  const portless = useMemo(() => hasPortless(read), [read]);
  const strip = options.noPortStrip === 'auto' ? portless : options.noPortStrip === 'always';
  const portZoom = usePortZoom(data.request, replaceVariables, strip);
  const timeZoom = useTimeZoom(time, onChangeTimeRange);
  const { ports } = portZoom;
  const marks = useMarks(live.still, time, ports, box);
  const picked = useMarkedInput(read, marks);
  const { feed, input } = useFeed(live, picked, rowsFor(ports, box.height, options.dotSize));
  const drawn = useView(input, time, ports, box, options, theme, hidden);
  const { picture, palette, scheme, occupied } = drawn;
  const scans = useScans(live.still, options, time, ports, box);
  const darkGround = scheme.ground !== null || theme.isDark;
  const lines = useMemo(() => scanInk(darkGround), [darkGround]);
  const filterBy = filterKey(input, data.request);
  const filterOf = useScanFilter(data.request, filterBy);
  const onScan = (scan: Scan) => {
    const filter = filterOf(scan);
    filter?.apply();
    return filter !== undefined;
  };
  const hover = useHover(drawn, scans.layout, timeZone, onScan);
  const onFilter =
    filterBy && onAddAdHocFilter && !config.publicDashboardAccessToken
      ? (value: string) => {
          hover.unpin();
          onAddAdHocFilter({ key: filterBy, operator: '=', value });
        }
      : undefined;

  const top = options.dayStepper ? BAR : 0;
  const plot = { ...box, top: box.top + top };
  const onListed = useListed(plot, scans.layout, hover.onList);

  const onSelect = ({ across, down }: Selection) => {
    hover.unpin();
    if (down) {
      const [top, bottom] = down.map((y) => portAt(octaveAt(ports, y / box.height))) as [number, number];
      portZoom.zoom(bottom, top + 1);
    }
    if (across) {
      const [start, end] = across.map((x) => Math.round(from + (x / box.width) * (to - from))) as [number, number];
      timeZoom.zoom({ from: start, to: Math.max(end, start + 1) });
    }
  };
  const onReset = () => {
    hover.unpin();
    portZoom.reset();
    if (!timeZoom.back() && portZoom.label === undefined) {
      const half = (to - from) / 2;
      onChangeTimeRange({ from: from - half, to: to + half });
    }
  };

  const { classes, length } = picture.cells;
  const total = classes.reduce((sum, one) => sum + (hidden.has(one.id) ? 0 : one.total), 0);
  const label = `Fireplot: ${total.toLocaleString('en-US')} events in ${occupied.toLocaleString('en-US')} cells`;
  const grid = width < NARROW ? '' : picture.grid;
  const caption = options.showCaption ? [grid, picture.leftOut, scans.leftOut].filter(Boolean).join(' · ') : '';
  const below =
    (options.showLegend && (marks.marks !== undefined || classes.length + scans.all.length > 0)) || caption !== '';
  const scanLine = options.showLegend && scans.kinds.length > 1 && height >= TALL;
  const plotHeight = Math.max(40, height - top - (below ? BAR : 0) - (scanLine ? BAR : 0));

  const look = { box, ink: lines, font: theme.typography.fontFamily, ratio: drawn.ratio };
  const scanLegend = options.showLegend && scans.all.length > 0 && (
    <ScanLegend
      scans={scans.all}
      kinds={scans.kinds}
      wishes={scans.wishes}
      ink={lines}
      inline={!scanLine && classes.length > 0}
      onChange={scans.onChange}
    />
  );

  return (
    <div
      data-testid="fireplot-panel"
      data-plot={[plot.left, plot.top, plot.width, plot.height].join(',')}
      data-time={`${from},${to}`}
      data-ports={`${ports.from || 0.5},${ports.to}`}
      data-cells={occupied}
      data-scans={scans.layout.items.length}
      data-marks={marks.frames.length}
      style={{ position: 'relative', width, height, overflow: 'hidden' }}
      onKeyDown={(event) => event.key === 'Escape' && hover.unpin()}
    >
      {options.dayStepper && (
        <DayStepper time={time} timeZone={timeZone} now={Date.now} height={BAR} onChange={onChangeTimeRange} />
      )}
      <div className={hover.scanId ? CHOOSE : undefined} style={{ position: 'relative', height: plotHeight }}>
        {feed && live.log ? (
          <LiveCanvas drawn={drawn} feed={feed} log={live.log} hidden={hidden} box={box} label={label} />
        ) : (
          <CellCanvas drawn={drawn} box={box} label={label} />
        )}
        {marks.marks && <Sheet {...look} testId="fireplot-marks" items={marks.frames} paint={paintMarks} />}
        {scans.all.length > 0 && <ScanCanvas {...look} layout={scans.layout} focus={hover.scanId} />}
        <Plot
          width={width}
          height={plotHeight}
          time={time}
          ports={ports}
          timeZone={timeZone}
          eventBus={eventBus}
          frame={scheme.frame}
          onBox={(next) => setBox((old) => (sameBox(old, next) ? old : next))}
          onHover={hover.onHover}
          onClick={hover.onClick}
          onSelect={onSelect}
          onReset={onReset}
        />
        {portZoom.label && (
          <div style={{ position: 'absolute', top: box.top + 6, right: width - box.left - box.width + 6 }}>
            <Button
              size="sm"
              variant="secondary"
              icon="times"
              data-testid="fireplot-zoom"
              tooltip="Show all ports"
              onClick={portZoom.reset}
            >
              {portZoom.label}
            </Button>
          </div>
        )}
        <LiveBar live={live} left={box.left + 6} top={box.top + 6} width={box.width / 2} />
        <State
          data={data}
          input={input}
          empty={length === 0 && !feed && !(input.kind === 'none' && scans.layout.items.length > 0)}
          time={time}
          timeZone={timeZone}
          onChangeTime={onChangeTimeRange}
        />
      </div>
      {below && (
        <Footer
          classes={options.showLegend ? classes : []}
          hidden={hidden}
          palette={palette}
          full={width < NARROW ? undefined : drawn.ink.level.full}
          onChange={setHidden}
          caption={caption}
          height={BAR}
          second={scanLine && scanLegend}
        >
          {options.showLegend && <MarkLegend view={marks} ink={lines} />}
          {!scanLine && scanLegend}
        </Footer>
      )}
      {scans.layout.items.length > 0 && (
        <ScanList layout={scans.layout} timeZone={timeZone} onFocus={onListed} onChoose={() => hover.onClick(false)} />
      )}
      <HoverLayer
        {...{ hover, input, data, timeZone, onFilter, filterOf }}
        ink={lines}
        marks={marks.wish === 'off' ? undefined : marks.marks}
      />
    </div>
  );
}

/** The frames, read again only when they or the chosen fields change. */
function useInput(series: readonly DataFrame[], options: Options): Input {
  const { timeField, portField, protocolField, sourceField, countField } = options;
  return useMemo(
    () =>
      readFrames(series, {
        time: timeField,
        port: portField,
        protocol: protocolField,
        source: sourceField,
        count: countField,
      }),
    [series, timeField, portField, protocolField, sourceField, countField]
  );
}

function sameBox(a: PlotBox, b: PlotBox): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}

function hasPortless(input: Input): boolean {
  return input.kind === 'cells' ? input.cells.y0.includes(0) : input.kind === 'points' && input.probes.port.includes(0);
}
