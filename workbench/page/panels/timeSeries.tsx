import { DashboardCursorSync, FieldType, type DataFrame, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import {
  LegendDisplayMode,
  SortOrder,
  TooltipDisplayMode,
  type OptionsWithLegend,
  type OptionsWithTooltip,
} from '@grafana/schema';
import { EventBusPlugin, TimeSeries, TooltipPlugin2, usePanelContext, type GraphNGLegendEvent } from '@grafana/ui';
import { useMemo } from 'react';
import { AnnotationMarks } from './AnnotationMarks';
import { graphDefaults } from './graphDefaults';
import { standIn } from './standIn';
import { SeriesTooltip } from './SeriesTooltip';

type Options = OptionsWithLegend & OptionsWithTooltip;

const NONE: DataFrame[] = [];

// Values of a const enum that @grafana/ui does not export.
const HOVER_ONE = 0;
const HOVER_ALL = 1;

function TimeSeriesPanel(props: PanelProps<Options>) {
  const { data, width, height, timeRange, timeZone, options, fieldConfig, id, onChangeTimeRange } = props;
  const { sync, eventsScope, eventBus, onToggleSeriesVisibility } = usePanelContext();
  const frames = useMemo(() => graphable(data.series), [data.series]);
  if (frames.length === 0) {
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} needsTimeField needsNumberField />;
  }
  const toggle = (event: GraphNGLegendEvent) => {
    const field = event.fieldIndex && frames[event.fieldIndex.frameIndex]?.fields[event.fieldIndex.fieldIndex];
    const name = field && field.state?.displayName;
    if (name) onToggleSeriesVisibility?.(name, event.mode);
  };
  const mode = options.tooltip.mode;
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={options.legend}
      options={options}
      onLegendClick={toggle}
    >
      {(config, aligned) => (
        <>
          <AnnotationMarks config={config} frames={data.annotations ?? NONE} />
          <EventBusPlugin config={config} eventBus={eventBus} frame={aligned} />
          {mode !== TooltipDisplayMode.None && (
            <TooltipPlugin2
              config={config}
              hoverMode={mode === TooltipDisplayMode.Single ? HOVER_ONE : HOVER_ALL}
              queryZoom={onChangeTimeRange}
              clientZoom
              syncMode={sync?.() ?? DashboardCursorSync.Off}
              syncScope={eventsScope}
              maxWidth={options.tooltip.maxWidth}
              render={(_plot, indices, seriesIndex, isPinned) => (
                <SeriesTooltip
                  frame={aligned}
                  indices={indices}
                  seriesIndex={seriesIndex}
                  mode={mode}
                  sort={options.tooltip.sort}
                  isPinned={isPinned}
                />
              )}
            />
          )}
        </>
      )}
    </TimeSeries>
  );
}

/** Frames with a time and a number; fields of other kinds are left out. */
function graphable(series: DataFrame[]): DataFrame[] {
  const frames: DataFrame[] = [];
  for (const frame of series) {
    const time = frame.fields.find((field) => field.type === FieldType.time);
    const numbers = frame.fields.filter((field) => field.type === FieldType.number);
    if (time && numbers.length > 0 && frame.length > 0) frames.push({ ...frame, fields: [time, ...numbers] });
  }
  return frames;
}

export const timeSeries = standIn<Options>({
  id: 'timeseries',
  name: 'Time series',
  panel: TimeSeriesPanel,
  annotations: true,
  color: 'palette-classic',
  custom: graphDefaults,
  defaults: {
    legend: { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] },
    tooltip: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
  },
});
