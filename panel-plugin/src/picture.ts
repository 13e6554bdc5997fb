import { bin, logRows, type Refused } from './bin';
import { NO_CELLS, type Cells } from './cells';
import { coarsen } from './coarsen';
import type { Input } from './frames';
import type { PortScale } from './scale/port';
import { binWidth, formatWidth, type TimeScale } from './scale/time';

/** What is painted for the range in view, and what to say about it. */
export interface Picture {
  readonly cells: Cells;
  /** The grid in words, such as `2 min × 64/octave`; '' when it is not told. */
  readonly grid: string;
  /** Rows that could not be placed, in words; '' when there are none. */
  readonly leftOut: string;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

/** Finest grid the browser bins into: rows and columns together, about 16 MB while binning. */
const MOST_SLOTS = 4_000_000;

/**
 * Cells for a plot of a size in CSS pixels. Cells from a data source pass through, rows merged where they are finer
 * than the screen; rows of other sources are binned as fine as `dot` (least cell size in CSS pixels) makes sense of.
 */
export function pictureOf(input: Input, time: TimeScale, ports: PortScale, size: PlotSize, dot: number): Picture {
  if (input.kind === 'none' || size.width < 1 || size.height < 1) {
    return { cells: NO_CELLS, grid: '', leftOut: '' };
  }
  const finest = rowsFor(ports, size.height, dot);
  if (input.kind === 'cells') {
    const { stepMs, rowsPerOctave } = input.grid;
    const leftOut = input.skipped > 0 ? `${plural(input.skipped, 'more query')} not shown` : '';
    if (stepMs === undefined || rowsPerOctave === undefined) {
      return { cells: input.cells, grid: '', leftOut };
    }
    const merged = coarsen(input.cells, stepMs, rowsPerOctave, finest);
    return { cells: merged.cells, grid: gridText(stepMs, merged.rowsPerOctave), leftOut };
  }
  const rows = logRows(finest, ports.from, ports.to);
  // As with rows, half a dot give or take: overlapping dots make no stripes, see paint.ts.
  const wide = Math.min((size.width / (dot / 2)) * 1.4, MOST_SLOTS / rows.length);
  const step = binWidth(time, wide);
  const from = Math.floor(time.from / step) * step;
  const columns = { from, step, length: Math.ceil((time.to - from) / step) };
  const { cells, refused } = bin(input.probes, columns, rows);
  const frames = input.skipped > 0 ? `${plural(input.skipped, 'frame')} without time and port` : '';
  return { cells, grid: gridText(step, finest), leftOut: [refusedText(refused), frames].filter(Boolean).join(', ') };
}

/** Rows an octave, so that a row is about half a dot tall; a power of two, since those nest in each other. */
export function rowsFor(ports: PortScale, height: number, dot: number): number {
  const perOctave = height / (ports.high - ports.low) / (dot / 2);
  return 2 ** Math.min(16, Math.max(0, Math.round(Math.log2(perOctave))));
}

function gridText(stepMs: number, rowsPerOctave: number): string {
  return `${formatWidth(stepMs)} × ${rowsPerOctave}/octave`;
}

/** `12 rows left out: 3 without time, 9 without a port`. */
export function refusedText(refused: Refused): string {
  const parts = [
    refused.time > 0 ? `${refused.time.toLocaleString('en-US')} without time` : '',
    refused.port > 0 ? `${refused.port.toLocaleString('en-US')} without a port` : '',
    refused.count > 0 ? `${refused.count.toLocaleString('en-US')} without a count` : '',
  ].filter(Boolean);
  const sum = refused.time + refused.port + refused.count;
  return sum === 0 ? '' : `${plural(sum, 'row')} left out: ${parts.join(', ')}`;
}

function plural(n: number, word: string): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? word : word.replace(/y$/, 'ie') + 's'}`;
}
