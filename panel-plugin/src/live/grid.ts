import { logRows, type Rows } from '../bin';
import type { Cells, ClassCounts } from '../cells';
import { CLASS_IDS, className } from '../classes';

const FREE = -1;
/** Cells to begin with; columns double when they are full. */
const FIRST = 4096;

/**
 * Cells that grow: events are added one by one, in any order, each in a few steps and without an allocation. Cells keep
 * their number until `forget`.
 */
export class LiveGrid {
  /** Cells in the grid. */
  length = 0;
  /** Left edge of each cell, epoch ms. */
  private left = new Float64Array(FIRST);
  private row = new Uint32Array(FIRST);
  /** Counts by class; a class has a column from its first event on. */
  private readonly counts: Array<Float64Array | undefined> = Array.from({ length: CLASS_IDS });
  private readonly totals = new Float64Array(CLASS_IDS);
  /** Open addressing: number of a cell, or FREE. A power of two, twice the cells at least. */
  private slots = new Int32Array(FIRST * 2).fill(FREE);
  private readonly rows: Rows;

  /**
   * @param step width of a cell, ms
   * @param perOctave rows an octave of ports
   */
  constructor(
    readonly step: number,
    readonly perOctave: number
  ) {
    this.rows = logRows(perOctave);
  }

  /** Adds `n` events of a class. @returns the number of their cell */
  add(time: number, port: number, klass: number, n: number): number {
    const cell = this.cellOf(Math.floor(time / this.step) * this.step, this.rows.of[port]!);
    let column = this.counts[klass];
    if (column === undefined) {
      column = new Float64Array(this.left.length);
      this.counts[klass] = column;
    }
    column[cell]! += n;
    this.totals[klass]! += n;
    return cell;
  }

  addAll(cells: Cells): void {
    for (const { id, counts } of cells.classes) {
      for (let i = 0; i < cells.length; i++) {
        const n = counts[i]!;
        if (n > 0) {
          this.add(cells.x0[i]!, cells.y0[i]!, id, n);
        }
      }
    }
  }

  /** The cells that end after `from`, sorted by time. One pass to count a column's cells, one to place them. */
  sorted(from = -Infinity): Cells {
    const { left, length, step } = this;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < length; i++) {
      const x = left[i]!;
      if (x + step > from) {
        low = x < low ? x : low;
        high = x > high ? x : high;
      }
    }
    if (high < low) {
      return this.take(new Int32Array());
    }
    const columns = Math.round((high - low) / step) + 1;
    if (columns > 4 * length + 1_000_000) {
      // Times far apart (a sensor whose clock is years off): too many columns to count.
      const all = Int32Array.from({ length }, (_, i) => i).filter((i) => left[i]! + step > from);
      return this.take(all.sort((a, b) => left[a]! - left[b]!));
    }
    const starts = new Int32Array(columns + 1);
    for (let i = 0; i < length; i++) {
      if (left[i]! + step > from) {
        starts[Math.round((left[i]! - low) / step) + 1]!++;
      }
    }
    for (let c = 0; c < columns; c++) {
      starts[c + 1]! += starts[c]!;
    }
    const order = new Int32Array(starts[columns]!);
    for (let i = 0; i < length; i++) {
      if (left[i]! + step > from) {
        order[starts[Math.round((left[i]! - low) / step)]!++] = i;
      }
    }
    return this.take(order);
  }

  /** Some cells as they are now, sorted by time, with the totals of all. @param numbers are put in order */
  pick(numbers: Int32Array): Cells {
    return this.take(
      numbers.sort((a, b) => this.left[a]! - this.left[b]!),
      this.totals
    );
  }

  /** Lets go of cells that end before a time. Numbers of cells change. */
  forget(before: number): void {
    const { left, row, step } = this;
    let kept = 0;
    for (let i = 0; i < this.length; i++) {
      if (left[i]! + step > before) {
        left[kept] = left[i]!;
        row[kept] = row[i]!;
        for (let c = 0; c < CLASS_IDS; c++) {
          const column = this.counts[c];
          if (column) {
            column[kept] = column[i]!;
          }
        }
        kept++;
      } else {
        for (let c = 0; c < CLASS_IDS; c++) {
          this.totals[c]! -= this.counts[c]?.[i] ?? 0;
        }
      }
    }
    this.counts.forEach((column) => column?.fill(0, kept, this.length));
    this.length = kept;
    this.index(this.slots.length);
  }

  private take(order: Int32Array, totals?: Float64Array): Cells {
    const { step, rows } = this;
    const length = order.length;
    const x0 = new Float64Array(length);
    const x1 = new Float64Array(length);
    const y0 = new Uint32Array(length);
    const y1 = new Uint32Array(length);
    for (let at = 0; at < length; at++) {
      const x = this.left[order[at]!]!;
      const r = this.row[order[at]!]!;
      x0[at] = x;
      x1[at] = x + step;
      y0[at] = rows.edges[r]!;
      y1[at] = rows.edges[r + 1]!;
    }
    const classes: ClassCounts[] = [];
    this.counts.forEach((column, id) => {
      if (column) {
        const counts = new Float64Array(length);
        let total = 0;
        for (let at = 0; at < length; at++) {
          total += counts[at] = column[order[at]!]!;
        }
        if (total > 0) {
          classes.push({ id, name: className(id), counts, total: totals?.[id] ?? total });
        }
      }
    });
    return { length, x0, x1, y0, y1, classes, widest: step };
  }

  private cellOf(left: number, row: number): number {
    const mask = this.slots.length - 1;
    let slot = hash(left / this.step, row) & mask;
    for (let cell = this.slots[slot]!; cell !== FREE; cell = this.slots[slot]!) {
      if (this.left[cell] === left && this.row[cell] === row) {
        return cell;
      }
      slot = (slot + 1) & mask;
    }
    if (this.length === this.left.length) {
      this.grow();
      return this.cellOf(left, row);
    }
    const cell = this.length++;
    this.left[cell] = left;
    this.row[cell] = row;
    this.slots[slot] = cell;
    return cell;
  }

  private grow(): void {
    const size = this.left.length * 2;
    this.left = longer(this.left, new Float64Array(size));
    this.row = longer(this.row, new Uint32Array(size));
    this.counts.forEach((column, id) => column && (this.counts[id] = longer(column, new Float64Array(size))));
    this.index(size * 2);
  }

  private index(size: number): void {
    this.slots = new Int32Array(size).fill(FREE);
    for (let cell = 0; cell < this.length; cell++) {
      let slot = hash(this.left[cell]! / this.step, this.row[cell]!) & (size - 1);
      while (this.slots[slot] !== FREE) {
        slot = (slot + 1) & (size - 1);
      }
      this.slots[slot] = cell;
    }
  }
}

/** Spreads neighbours in time and in ports; `column` may have more than 32 bits. */
function hash(column: number, row: number): number {
  let h = Math.imul(column % 0x7fffffff | 0, 0x9e3779b1) ^ Math.imul(row, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

function longer<T extends Float64Array | Uint32Array>(old: T, fresh: T): T {
  fresh.set(old);
  return fresh;
}
