import React from 'react';
import {
  createDataFrame,
  DashboardCursorSync,
  DataFrameType,
  dateTime,
  EventBusSrv,
  FieldType,
  LoadingState,
  type DataFrame,
  type DataQueryRequest,
  type PanelData,
  type PanelProps,
  type TimeRange,
} from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { PanelContextProvider, type PanelContext } from '@grafana/ui';
import { OWN_TYPE } from '../askCell';
import { FireplotPanel } from '../FireplotPanel';
import { DEFAULTS, type Options } from '../types';

export const FROM = Date.parse('2026-11-22T00:00:00Z');
export const TO = Date.parse('2026-11-23T00:00:00Z');
const MINUTE = 60_000;

/** Cells as the data source sends them, from [minute of the day, first port, end of ports, TCP/IPv4, UDP/IPv4]. */
export function cellsFrame(
  rows: ReadonlyArray<readonly [number, number, number, number, number]>,
  custom: object = {}
): DataFrame {
  const all = [[0, 1, 2, 0, 0] as const, [1, 1, 2, 0, 0] as const, ...rows];
  const number = (name: string, values: number[], labels?: Record<string, string>) => ({
    name,
    type: FieldType.number,
    values,
    labels,
  });
  return createDataFrame({
    refId: 'A',
    meta: { type: DataFrameType.HeatmapCells, custom: { stepMs: MINUTE, rowsPerOctave: 64, ...custom } },
    fields: [
      { name: 'xMax', type: FieldType.time, values: all.map((row) => FROM + (row[0] + 1) * MINUTE) },
      number('yMin', all.map((row) => row[1])), // prettier-ignore
      number('yMax', all.map((row) => row[2])), // prettier-ignore
      number('count', all.map((row) => row[3] + row[4])), // prettier-ignore
      number('TCP/IPv4', all.map((row) => row[3]), { class: '0' }), // prettier-ignore
      number('UDP/IPv4', all.map((row) => row[4]), { class: '1' }), // prettier-ignore
    ],
  });
}

export interface Shown {
  readonly data?: Partial<PanelData>;
  readonly options?: Partial<Options>;
  readonly context?: Partial<PanelContext>;
  readonly timeZone?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly timeRange?: TimeRange;
  readonly onChangeTimeRange?: PanelProps['onChangeTimeRange'];
  readonly onOptionsChange?: PanelProps['onOptionsChange'];
}

/** The panel as a dashboard shows it, 800 × 400 pixels, over the whole day of `FROM`. */
export function Panel({ data, options, context, timeZone = 'utc', variables = {}, ...handlers }: Shown) {
  const [from, to] = [dateTime(FROM), dateTime(TO)];
  const timeRange = { from, to, raw: { from, to } };
  const eventBus = new EventBusSrv();
  const replace = (text = '') => text.replace(/\$\{(\w+)\}/g, (whole, name: string) => variables[name] ?? whole);
  setTemplateSrv({
    getVariables: () => Object.keys(variables).map((name) => ({ name })),
    replace,
  } as unknown as TemplateSrv);
  const request = {
    requestId: 'Q1',
    scopedVars: {},
    targets: [{ refId: 'A', datasource: { type: OWN_TYPE, uid: 'fireplot' } }],
  } as unknown as DataQueryRequest;
  return (
    <PanelContextProvider
      value={{ eventsScope: 'test', eventBus, sync: () => DashboardCursorSync.Crosshair, ...context }}
    >
      <FireplotPanel
        id={1}
        title="Fireplot"
        data={{ state: LoadingState.Done, series: [], timeRange, request, ...data }}
        timeRange={timeRange}
        timeZone={timeZone}
        options={{ ...DEFAULTS, ...options }}
        transparent={false}
        width={800}
        height={400}
        fieldConfig={{ defaults: {}, overrides: [] }}
        renderCounter={0}
        eventBus={eventBus}
        replaceVariables={replace}
        onChangeTimeRange={() => {}}
        onFieldConfigChange={() => {}}
        onOptionsChange={() => {}}
        {...handlers}
      />
    </PanelContextProvider>
  );
}
