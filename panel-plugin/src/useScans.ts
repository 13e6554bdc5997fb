import { useMemo, useState } from 'react';
import type { DataFrame } from '@grafana/data';
import type { PlotBox } from './components/Plot';
import { layOut, type Layout } from './overlay/layout';
import { readScans } from './overlay/readScans';
import { kindsOf, type Scan } from './overlay/scan';
import { labelOf } from './overlay/scanWords';
import { ALL_SHOWN, visibilityOf, type Wishes } from './overlay/visibility';
import type { PortScale } from './scale/port';
import type { TimeScale } from './scale/time';
import type { Options } from './types';

export interface Scans {
  /** All of the frames' findings that the options let through, in sight or not. */
  readonly all: readonly Scan[];
  readonly kinds: readonly string[];
  readonly layout: Layout;
  readonly wishes: Wishes;
  readonly onChange: (wishes: Wishes) => void;
  /** What is not drawn, in words; '' when all is. */
  readonly leftOut: string;
}

/** Findings of the panel's frames on the plot, and what the viewer wants to see of them. */
export function useScans(
  series: readonly DataFrame[],
  options: Options,
  time: TimeScale,
  ports: PortScale,
  { width, height }: PlotBox
): Scans {
  const { showScans, scanKinds, scanLabels } = options;
  const [wishes, onChange] = useState(ALL_SHOWN);
  const read = useMemo(() => readScans(showScans ? series : []), [series, showScans]);
  const all = useMemo(
    () => (scanKinds.length === 0 ? read.scans : read.scans.filter((scan) => scanKinds.includes(scan.kind))),
    [read, scanKinds]
  );
  const kinds = useMemo(() => kindsOf(all), [all]);
  const layout = useMemo(
    () =>
      layOut(
        all,
        { time, ports, width, height },
        { visibility: (kind) => visibilityOf(wishes, kind), label: scanLabels ? labelOf : () => '' }
      ),
    [all, time, ports, width, height, wishes, scanLabels]
  );
  return { all, kinds, layout, wishes, onChange, leftOut: leftOutText(layout, read.refused) };
}

/** `300 of 512 scans drawn, 2 scans without time or ports`. */
export function leftOutText({ items, inSight }: Layout, refused: number): string {
  const parts = [];
  if (inSight > items.length) {
    parts.push(`${count(items.length)} of ${count(inSight)} scans drawn`);
  }
  if (refused > 0) {
    parts.push(`${count(refused)} ${refused === 1 ? 'scan' : 'scans'} left out: no kind, time or ports`);
  }
  return parts.join(', ');
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
