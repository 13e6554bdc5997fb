import React, { useCallback, useMemo, useRef, useState } from 'react';
import { LoadingState, type PanelProps } from '@grafana/data';
import { Button, usePanelContext, useTheme2 } from '@grafana/ui';
import { CellCanvas } from './components/CellCanvas';
import { DayStepper } from './components/DayStepper';
import { HoverLayer } from './components/HoverLayer';
import { Legend } from './components/Legend';
import { Plot, type Place, type PlotBox, type Selection } from './components/Plot';
import { EmptyNotice, ErrorNotice, errorText, MissingField, Notice } from './components/States';
import { readFrames } from './frames';
import { dayOf } from './scale/day';
import { octaveAt, portAt } from './scale/port';
import type { TimeScale } from './scale/time';
import type { Options } from './types';
import { usePortZoom } from './usePortZoom';
import { useView } from './useView';

const BAR = 26;
const NO_BOX: PlotBox = { left: 0, top: 0, width: 0, height: 0 };
const HOURS_20 = 20 * 3_600_000;

/** The fireplot: reads frames, holds what the viewer zoomed and hid, and lays out plot, legend and notices. */
export function FireplotPanel(props: PanelProps<Options>) {
  const { data, options, width, height, timeRange, timeZone, onChangeTimeRange, replaceVariables, eventBus } = props;
  const theme = useTheme2();
  const { onAddAdHocFilter } = usePanelContext();
  const [box, setBox] = useState(NO_BOX);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const [hover, setHover] = useState<Place | null>(null);
  const [pinned, setPinned] = useState<Place | null>(null);
  const root = useRef<HTMLDivElement>(null);

  const { timeField, portField, protocolField, sourceField, countField } = options;
  const input = useMemo(
    () =>
      readFrames(data.series, {
        time: timeField,
        port: portField,
        protocol: protocolField,
        source: sourceField,
        count: countField,
      }),
    [data.series, timeField, portField, protocolField, sourceField, countField]
  );
  const from = timeRange.from.valueOf();
  const to = timeRange.to.valueOf();
  const time = useMemo(() => ({ from, to: Math.max(to, from + 1) }), [from, to]);
  const strip = options.noPortStrip === 'auto' ? hasPortless(input) : options.noPortStrip === 'always';
  const { ports, label: portLabel, zoom, reset } = usePortZoom(data.request, replaceVariables, strip);
  const drawn = useView(input, time, ports, box, options, theme, hidden);
  const { picture, view, ink, palette, scheme } = drawn;
  const home = useRef<{ before: TimeScale; after: TimeScale } | null>(null);

  const changeTime = useCallback((range: TimeScale) => onChangeTimeRange(range), [onChangeTimeRange]);
  const onSelect = (selection: Selection) => {
    setPinned(null);
    if (selection.down) {
      const [top, bottom] = selection.down.map((y) => portAt(octaveAt(ports, y / box.height))) as [number, number];
      zoom(bottom, top + 1);
    }
    if (selection.across) {
      const [start, end] = selection.across.map((x) => Math.round(from + (x / box.width) * (to - from))) as [
        number,
        number,
      ];
      const after = { from: start, to: Math.max(end, start + 1) };
      home.current = { before: home.current?.before ?? time, after };
      changeTime(after);
    }
  };
  const onReset = () => {
    const way = home.current;
    home.current = null;
    reset();
    if (way && way.after.from === from && way.after.to === to) {
      changeTime(way.before);
    } else if (!portLabel) {
      changeTime({ from: from - (to - from) / 2, to: to + (to - from) / 2 });
    }
  };

  const failed = errorText(data);
  const bar = options.dayStepper || portLabel !== undefined;
  const total = picture.cells.classes.reduce((sum, one) => sum + (hidden.has(one.id) ? 0 : one.total), 0);
  const legend = options.showLegend && picture.cells.classes.length > 0;
  const caption = options.showCaption ? [picture.grid, picture.leftOut].filter(Boolean).join(' · ') : '';
  const below = legend || caption !== '';
  const plotHeight = Math.max(40, height - (bar ? BAR : 0) - (below ? BAR : 0));

  return (
    <div
      ref={root}
      data-testid="fireplot-panel"
      data-plot={[box.left, box.top + (bar ? BAR : 0), box.width, box.height].join(',')}
      data-time={`${from},${to}`}
      data-ports={`${ports.from},${ports.to}`}
      style={{ position: 'relative', width, height, overflow: 'hidden' }}
    >
      {bar && (
        <div style={{ display: 'flex', alignItems: 'center', gap: 8, height: BAR }}>
          {options.dayStepper && <DayStepper time={time} timeZone={timeZone} now={Date.now} onChange={changeTime} />}
          {portLabel && (
            <Button
              size="sm"
              variant="secondary"
              icon="times"
              data-testid="fireplot-zoom"
              aria-label={`Show all ports, not only ${portLabel}`}
              onClick={reset}
            >
              {portLabel}
            </Button>
          )}
        </div>
      )}
      <div style={{ position: 'relative', height: plotHeight }}>
        <CellCanvas
          cells={picture.cells}
          view={view}
          ink={ink}
          box={box}
          ground={scheme.ground}
          label={`Fireplot: ${total.toLocaleString('en-US')} events in ${picture.cells.length.toLocaleString('en-US')} cells`}
        />
        <Plot
          width={width}
          height={plotHeight}
          time={time}
          ports={ports}
          timeZone={timeZone}
          eventBus={eventBus}
          frame={scheme.frame}
          onBox={(next) => setBox((old) => (sameBox(old, next) ? old : next))}
          onHover={setHover}
          onClick={(place) => setPinned(pinned ? null : place)}
          onSelect={onSelect}
          onReset={onReset}
        />
        <State {...props} input={input} failed={failed} empty={picture.cells.length === 0} changeTime={changeTime} />
      </div>
      {below && (
        <div style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', height: BAR, gap: 8 }}>
          {legend ? (
            <Legend
              classes={picture.cells.classes}
              hidden={hidden}
              colour={(id) => palette.css(id, 0.3)}
              onChange={setHidden}
            />
          ) : (
            <span />
          )}
          <span
            data-testid="fireplot-caption"
            style={{
              color: theme.colors.text.secondary,
              fontSize: theme.typography.bodySmall.fontSize,
              whiteSpace: 'nowrap',
            }}
          >
            {caption}
          </span>
        </div>
      )}
      <HoverLayer
        place={pinned ?? hover}
        pinned={pinned !== null}
        onUnpin={() => setPinned(null)}
        root={root}
        offset={{ x: box.left, y: box.top + (bar ? BAR : 0) }}
        drawn={drawn}
        input={input}
        data={data}
        timeZone={timeZone}
        onFilter={onAddAdHocFilter && ((source) => onAddAdHocFilter({ key: 'src_ip', operator: '=', value: source }))}
      />
    </div>
  );
}

interface StateProps extends PanelProps<Options> {
  readonly input: ReturnType<typeof readFrames>;
  readonly failed: string | undefined;
  readonly empty: boolean;
  readonly changeTime: (range: TimeScale) => void;
}

/** What to say over an empty plot: the error first, then loading, a missing field, no events. */
function State({ data, input, failed, empty, timeRange, timeZone, changeTime }: StateProps) {
  if (failed !== undefined) {
    return <ErrorNotice text={failed} />;
  }
  if (!empty) {
    return null;
  }
  if (data.state === LoadingState.Loading) {
    return <Notice testId="fireplot-loading">Loading …</Notice>;
  }
  if (input.kind === 'none' && input.missing !== 'data') {
    return <MissingField missing={input.missing} fields={input.fields} />;
  }
  const span = timeRange.to.valueOf() - timeRange.from.valueOf();
  return (
    <EmptyNotice
      newestMs={input.kind === 'cells' ? input.grid.newestMs : undefined}
      timeZone={timeZone}
      onJump={(ms) => changeTime(span >= HOURS_20 ? dayOf(ms, timeZone) : { from: ms - span + 1000, to: ms + 1000 })}
    />
  );
}

function sameBox(a: PlotBox, b: PlotBox): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}

function hasPortless(input: ReturnType<typeof readFrames>): boolean {
  return input.kind === 'cells' ? input.cells.y0.includes(0) : input.kind === 'points' && input.probes.port.includes(0);
}
