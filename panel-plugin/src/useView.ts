import { useMemo } from 'react';
import type { GrafanaTheme2 } from '@grafana/data';
import { leveller, survey } from './colour/level';
import { palette, type Palette } from './colour/palette';
import { scheme, type Scheme } from './colour/schemes';
import type { PlotBox } from './components/Plot';
import type { Input } from './frames';
import type { Ink, View } from './paint';
import { pictureOf, type Picture } from './picture';
import type { PortScale } from './scale/port';
import type { TimeScale } from './scale/time';
import type { Options } from './types';

/** How many dots tall a single port's row may be. */
const TALL = 4;

export interface Drawn {
  readonly picture: Picture;
  readonly view: View;
  readonly ink: Ink;
  /** Cells that hold a shown event. */
  readonly occupied: number;
  readonly palette: Palette;
  readonly scheme: Scheme;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
}

/** Everything the canvas, the hover and the legend share, recomputed only where its inputs changed. */
export function useView(
  input: Input,
  time: TimeScale,
  ports: PortScale,
  box: PlotBox,
  options: Options,
  theme: GrafanaTheme2,
  hidden: ReadonlySet<number>
): Drawn {
  const { dotSize } = options;
  const { width, height } = box;
  const picture = useMemo(
    () => pictureOf(input, time, ports, { width, height }, dotSize),
    [input, time, ports, width, height, dotSize]
  );
  const look = useMemo(() => scheme(options.scheme, theme.isDark), [options.scheme, theme.isDark]);
  const colours = useMemo(() => palette(look), [look]);
  const ratio = globalThis.devicePixelRatio || 1;
  const view = useMemo(
    () => ({
      time,
      ports,
      width: Math.round(width * ratio),
      height: Math.round(height * ratio),
      dot: Math.max(1, Math.round(dotSize * ratio)),
      tall: Math.max(1, Math.round(TALL * dotSize * ratio)),
    }),
    [time, ports, width, height, ratio, dotSize]
  );
  const { cells } = picture;
  const { ink, occupied } = useMemo(() => {
    const shown = (id: number) => !hidden.has(id);
    const { occupied, full } = survey(cells, shown);
    const level = leveller(options.fullCount > 0 ? options.fullCount : full);
    return { ink: { palette: colours, level, shown }, occupied };
  }, [colours, hidden, options.fullCount, cells]);
  return { picture, view, ink, occupied, palette: colours, scheme: look, ratio };
}
