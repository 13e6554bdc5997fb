import type { PanelPlugin } from '@grafana/data';
import { barChart } from './barChart';
import { barGauge } from './barGauge';
import { logs } from './logs';
import { stat } from './stat';
import { table } from './table';
import { text } from './text';
import { timeSeries } from './timeSeries';

/** What stands in for Grafana's core panels, which are not published; by Grafana's id. */
export const standIns: Record<string, PanelPlugin> = {
  timeseries: timeSeries,
  table,
  logs,
  stat,
  barchart: barChart,
  bargauge: barGauge,
  text,
};
