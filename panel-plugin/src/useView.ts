import { useMemo } from 'react';
import type { GrafanaTheme2 } from '@grafana/data';
import { fullCount, leveller } from './colour/level';
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
  const ink = useMemo(() => {
    const shown = (id: number) => !hidden.has(id);
    const full = options.fullCount > 0 ? options.fullCount : fullCount(picture.cells, shown);
    return { palette: colours, level: leveller(full), shown };
  }, [colours, hidden, options.fullCount, picture]);
  return { picture, view, ink, palette: colours, scheme: look, ratio };
}
