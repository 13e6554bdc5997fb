import { DataFrameView, type DataFrame, type GrafanaTheme2 } from '@grafana/data';
import { type UPlotConfigBuilder, useTheme2 } from '@grafana/ui';
import { useLayoutEffect, useRef } from 'react';
import type uPlot from 'uplot';

/** What annotation frames hold, after Grafana's mapping. Times are ms. */
interface Mark {
  time?: number;
  timeEnd?: number;
  isRegion?: boolean;
  color?: string;
}

/** Annotations as dashed lines, regions shaded: drawn only, without Grafana's marker and text at the foot of each. */
export function AnnotationMarks({ config, frames }: { config: UPlotConfigBuilder; frames: DataFrame[] }) {
  const theme = useTheme2();
  const shown = useRef({ frames, theme });
  const plot = useRef<uPlot | null>(null);
  shown.current = { frames, theme };
  useLayoutEffect(() => {
    config.addHook('ready', (u) => {
      plot.current = u;
    });
    config.addHook('draw', (u) => draw(u, shown.current.frames, shown.current.theme));
  }, [config]);
  useLayoutEffect(() => {
    plot.current?.redraw(false);
  }, [frames]);
  return null;
}

function draw(u: uPlot, frames: DataFrame[], theme: GrafanaTheme2): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = Math.max(1, window.devicePixelRatio);
  ctx.setLineDash([4, 4].map((length) => length * window.devicePixelRatio));
  for (const frame of frames) {
    const view = new DataFrameView<Mark>(frame);
    for (let i = 0; i < view.length; i++) {
      const { time, timeEnd, color } = view.get(i);
      if (time === undefined) continue;
      ctx.strokeStyle = ctx.fillStyle = theme.visualization.getColorByName(color ?? 'red');
      const from = Math.round(u.valToPos(time, 'x', true));
      const to = timeEnd && timeEnd > time ? Math.round(u.valToPos(timeEnd, 'x', true)) : from;
      ctx.globalAlpha = 0.1;
      if (to > from) ctx.fillRect(from, bbox.top, to - from, bbox.height);
      ctx.globalAlpha = 1;
      for (const x of to > from ? [from, to] : [from]) {
        ctx.beginPath();
        ctx.moveTo(x, bbox.top);
        ctx.lineTo(x, bbox.top + bbox.height);
        ctx.stroke();
      }
    }
  }
  ctx.restore();
}
