import type { DataFrame } from '@grafana/data';
import { PORTS_END, type Cells } from '../cells';
import { classFrom, UNTOLD } from '../classes';
import { LiveGrid } from './grid';

/** Cells at most; beyond, cells become twice as long, so that hours of a flood do not fill the memory. */
const MOST_CELLS = 300_000;

/** A picture's cells with what came since added to them, and which cells that changed. */
export class LiveFeed {
  grid: LiveGrid;
  /** Time of the newest event that was taken, epoch ms. */
  newest = -Infinity;
  /** Counts up when the cells' numbers or widths changed: what was painted of them does not count any more. */
  generation = 0;
  private log: unknown;
  private taken = 0;
  private changed = new Int32Array(1024);
  private marks = new Uint8Array(1024);
  private changes = 0;

  constructor(picture: Cells, step: number, perOctave: number) {
    this.grid = new LiveGrid(step, perOctave);
    this.grid.addAll(picture);
    this.bound();
  }

  /**
   * Takes rows that were not taken before. @param most rows, so that a long absence is made up for in turns
   * @returns whether there are more
   */
  take(log: DataFrame, most: number): boolean {
    const [time, yMin, , klass, count] = log.fields.map((field) => field.values) as number[][];
    if (!time || !yMin || !klass || !count) {
      return false;
    }
    if (time !== this.log) {
      this.log = time;
      this.taken = 0;
    }
    const end = Math.min(log.length, this.taken + most);
    for (let i = this.taken; i < end; i++) {
      const at = time[i]!;
      const port = Math.min(Math.max(Math.floor(yMin[i]!), 0), PORTS_END - 1);
      this.mark(this.grid.add(at, port, classFrom(klass[i]) ?? UNTOLD, count[i]!));
      this.newest = at > this.newest ? at : this.newest;
    }
    this.taken = end;
    this.bound();
    return end < log.length;
  }

  /** The cells that changed since this was asked last, sorted by time. */
  fresh(): Cells {
    const numbers = this.changed.slice(0, this.changes);
    for (let i = 0; i < this.changes; i++) {
      this.marks[numbers[i]!] = 0;
    }
    this.changes = 0;
    return this.grid.pick(numbers);
  }

  /** Lets go of what has left the window. */
  forget(before: number): void {
    this.fresh();
    this.grid.forget(before);
    this.generation++;
  }

  private mark(cell: number): void {
    if (cell >= this.marks.length) {
      const marks = new Uint8Array(Math.max(cell + 1, this.marks.length * 2));
      marks.set(this.marks);
      this.marks = marks;
    }
    if (this.marks[cell] === 1) {
      return;
    }
    this.marks[cell] = 1;
    if (this.changes === this.changed.length) {
      const changed = new Int32Array(this.changes * 2);
      changed.set(this.changed);
      this.changed = changed;
    }
    this.changed[this.changes++] = cell;
  }

  private bound(): void {
    while (this.grid.length > MOST_CELLS) {
      const coarser = new LiveGrid(this.grid.step * 2, this.grid.perOctave);
      coarser.addAll(this.grid.sorted());
      if (coarser.length === this.grid.length && coarser.step > 86_400_000) {
        return;
      }
      this.grid = coarser;
      this.changes = 0;
      this.marks.fill(0);
      this.generation++;
    }
  }
}
