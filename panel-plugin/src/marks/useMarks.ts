import { useMemo, useState } from 'react';
import type { DataFrame } from '@grafana/data';
import type { PlotBox } from '../components/Plot';
import type { Input } from '../frames';
import type { Rect } from '../overlay/plane';
import type { PortScale } from '../scale/port';
import type { TimeScale } from '../scale/time';
import { framesOf } from './paintMarks';
import { readMarks, type Marks } from './readMarks';
import { onlyMarked } from './under';

/** What the viewer wants: marks over the cells, the marked cells alone, or neither. */
export type MarkWish = 'shown' | 'only' | 'off';

const NEXT: Readonly<Record<MarkWish, MarkWish>> = { shown: 'only', only: 'off', off: 'shown' };

export interface MarkView {
  /** Undefined when the query asks for no marks. */
  readonly marks: Marks | undefined;
  readonly wish: MarkWish;
  /** Shown, then only, then off. */
  readonly cycle: () => void;
  /** Where they are drawn, CSS pixels. */
  readonly frames: readonly Rect[];
}

/** Marks of the panel's frames on the plot; what the viewer wishes is state of the panel, as the legend's is. */
export function useMarks(series: readonly DataFrame[], time: TimeScale, ports: PortScale, box: PlotBox): MarkView {
  const [wish, setWish] = useState<MarkWish>('shown');
  const marks = useMemo(() => readMarks(series), [series]);
  const { width, height } = box;
  const frames = useMemo(
    () => (marks && wish !== 'off' ? framesOf(marks, { time, ports, width, height }) : []),
    [marks, wish, time, ports, width, height]
  );
  return { marks, wish, cycle: () => setWish(NEXT[wish]), frames };
}

/** The input with the marked cells alone, where that is wished. */
export function useMarkedInput(input: Input, { marks, wish }: Pick<MarkView, 'marks' | 'wish'>): Input {
  return useMemo(
    () =>
      marks && wish === 'only' && input.kind === 'cells' ? { ...input, cells: onlyMarked(input.cells, marks) } : input,
    [input, marks, wish]
  );
}
