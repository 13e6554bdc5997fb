import type { GrafanaTheme2 } from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleOrientation } from '@grafana/schema';
import { UPLOT_AXIS_FONT_SIZE, type UPlotConfigBuilder } from '@grafana/ui';
import { octave, type PortScale } from '../scale/port';
import { portTicks } from '../scale/ticks';
import type { TimeScale } from '../scale/time';
import type { UPlot } from './Plot';

/** Least distance of two port labels: a line of text and a hair. */
const LABEL_GAP = UPLOT_AXIS_FONT_SIZE + 2;

/** Scales and axes: x is time in ms, y octaves above port 1, so that uPlot's linear scale is our log scale. */
export function addAxes(
  builder: UPlotConfigBuilder,
  theme: GrafanaTheme2,
  timeZone: string,
  frame: string | null,
  view: () => { readonly time: TimeScale; readonly ports: PortScale }
): void {
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [view().time.from, view().time.to],
  });
  builder.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [view().ports.low, view().ports.high],
  });
  builder.addSeries({ scaleKey: 'y', theme, show: true, pathBuilder: () => null, pointsBuilder: () => false });
  const grid = { show: frame === null };
  builder.addAxis({ scaleKey: 'x', isTime: true, placement: AxisPlacement.Bottom, timeZone, theme, grid });
  builder.addAxis({
    scaleKey: 'y',
    placement: AxisPlacement.Left,
    theme,
    grid,
    splits: (u: UPlot) => ticksOf(u, view().ports).map((tick) => tick.octave),
    values: (u: UPlot) => ticksOf(u, view().ports).map((tick) => tick.label),
  });
  if (frame !== null) {
    builder.addHook('draw', (u: UPlot) => {
      const { left, top, width, height } = u.bbox;
      u.ctx.save();
      u.ctx.strokeStyle = frame;
      u.ctx.strokeRect(left - 0.5, top - 0.5, width + 1, height + 1);
      u.ctx.restore();
    });
  }
}

/** The lowest split is the axis' own end: uPlot sizes the axis before it knows its height, and wants a label then too. */
function ticksOf(u: UPlot, ports: PortScale) {
  const height = u.over?.clientHeight || u.height;
  const ticks = portTicks(ports, height, LABEL_GAP);
  return ticks.length > 0 ? ticks : [{ port: ports.from, label: String(ports.from), octave: octave(ports.from) }];
}
