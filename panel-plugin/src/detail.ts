import type { Cells } from './cells';
import type { Probes } from './frames/points';

/** What lies in one cell of the picture: what hover shows at once, and what is asked for after it. */
export interface CellRange {
  /** Epoch ms and ports, both half-open. */
  readonly from: number;
  readonly to: number;
  readonly portFrom: number;
  readonly portTo: number;
  readonly classes: readonly number[];
}

export interface CellDetail {
  readonly sources: number;
  /** Undefined when the answer does not tell. */
  readonly targets?: number;
  readonly top: readonly TopSource[];
}

export interface TopSource {
  readonly source: string;
  readonly events: number;
}

/** The range of a cell and the classes that are shown and present in it. */
export function rangeOf(cells: Cells, index: number, shown: (id: number) => boolean): CellRange {
  return {
    from: cells.x0[index]!,
    to: cells.x1[index]!,
    portFrom: cells.y0[index]!,
    portTo: cells.y1[index]!,
    classes: cells.classes.filter((one) => shown(one.id) && one.counts[index]! > 0).map((one) => one.id),
  };
}

/** Counts distinct and top sources of a cell from the rows the panel holds; undefined when they name no source. */
export function countSources(probes: Probes, range: CellRange, most = 10): CellDetail | undefined {
  const { time, port, klass, source, count } = probes;
  if (source === undefined) {
    return undefined;
  }
  const events = new Map<number, number>();
  for (let i = 0; i < probes.length; i++) {
    const t = time[i]!;
    const p = port[i]!;
    if (t >= range.from && t < range.to && p >= range.portFrom && p < range.portTo && source[i] !== 0) {
      if (range.classes.includes(klass[i]!)) {
        const n = count === undefined ? 1 : count[i]!;
        events.set(source[i]!, (events.get(source[i]!) ?? 0) + (n > 0 ? n : 0));
      }
    }
  }
  const top = [...events].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most);
  return { sources: events.size, top: top.map(([index, n]) => ({ source: probes.sources[index]!, events: n })) };
}
