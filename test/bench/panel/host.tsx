// The whole panel on a page of its own, with a frame of many cells: what a hover costs is React's and uPlot's too.
import './boot';
import React from 'react';
import { createRoot } from 'react-dom/client';
import {
  createDataFrame,
  createTheme,
  DataFrameType,
  dateTime,
  EventBusSrv,
  FieldType,
  LoadingState,
  ThemeContext,
  type PanelProps,
} from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { PortalContainer } from '@grafana/ui';
import { logRows } from '../../../panel-plugin/src/bin';
import { FireplotPanel } from '../../../panel-plugin/src/FireplotPanel';
import { DEFAULTS, type Options } from '../../../panel-plugin/src/types';

const FROM = Date.UTC(2026, 10, 22);
const MINUTE = 60_000;

/** About `wanted` cells of a day, as the data source sends them. */
function frame(wanted: number) {
  const rows = logRows(64);
  const share = wanted / (1440 * rows.length);
  const columns: number[][] = [[], [], [], [], []];
  let state = 1;
  for (let minute = 0; minute < 1440; minute++) {
    for (let row = 0; row < rows.length; row++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      if (state / 4_294_967_296 < share) {
        const n = 1 + (state % 7);
        const values = [FROM + (minute + 1) * MINUTE, rows.edges[row]! || 0.5, rows.edges[row + 1]!, n, n];
        values.forEach((value, i) => columns[i]!.push(value));
      }
    }
  }
  return createDataFrame({
    refId: 'A',
    meta: { type: DataFrameType.HeatmapCells, custom: { stepMs: MINUTE, rowsPerOctave: 64 } },
    fields: ['xMax', 'yMin', 'yMax', 'count', 'TCP/IPv4'].map((name, i) => ({
      name,
      type: i === 0 ? FieldType.time : FieldType.number,
      labels: i === 4 ? { class: '0' } : undefined,
      values: columns[i],
    })),
  });
}

/** Findings all over the day, of every form: half of them curves, a quarter boxes, a quarter bands. */
function scans(wanted: number) {
  const one = Array.from({ length: wanted }, (_, i) => {
    const start = FROM + ((i * 37) % 1300) * MINUTE;
    const end = start + (5 + ((i * 53) % 400)) * MINUTE;
    const port = 1 + ((i * 7919) % 30_000);
    const kind = ['vertical', 'synchronised', 'block', 'horizontal'][i % 4]!;
    const max = kind === 'horizontal' ? port : port * 2;
    const curve = Array.from({ length: 32 }, (_, k) => [
      start + ((end - start) * k) / 31,
      Math.round(port * 2 ** (k / 31)),
    ]);
    return [start, end, port, max, kind, 'ascending', JSON.stringify(curve), i % 5 === 0 ? 'high' : 'low'] as const;
  });
  const names = ['start', 'end', 'min_port', 'max_port', 'kind', 'order', 'curve', 'severity'];
  return createDataFrame({
    refId: 'S',
    fields: names.map((name, i) => ({
      name,
      type: i < 2 ? FieldType.time : i < 4 ? FieldType.number : FieldType.string,
      values: one.map((row) => row[i]),
    })),
  });
}

const noVariables: TemplateSrv = {
  getVariables: () => [],
  replace: (text?: string) => text ?? '',
  containsTemplate: () => false,
  updateTimeRange: () => {},
};
setTemplateSrv(noVariables);

const asked = new URLSearchParams(location.search);
const from = dateTime(FROM);
const to = dateTime(FROM + 1440 * MINUTE);
const timeRange = { from, to, raw: { from, to } };
const props: PanelProps<Options> = {
  id: 1,
  title: '',
  data: {
    state: LoadingState.Done,
    series: [frame(Number(asked.get('cells'))), scans(Number(asked.get('scans')))],
    timeRange,
  },
  timeRange,
  timeZone: 'utc',
  options: DEFAULTS,
  transparent: false,
  width: 1500,
  height: 640,
  fieldConfig: { defaults: {}, overrides: [] },
  renderCounter: 0,
  eventBus: new EventBusSrv(),
  onOptionsChange: () => {},
  onFieldConfigChange: () => {},
  replaceVariables: (text) => text,
  onChangeTimeRange: () => {},
};
createRoot(document.getElementById('root')!).render(
  <ThemeContext.Provider value={createTheme({ colors: { mode: 'dark' } })}>
    <FireplotPanel {...props} />
    <PortalContainer />
  </ThemeContext.Provider>
);
