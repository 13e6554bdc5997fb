import type { Line } from './line';
import type { Rect } from './plane';

/** Size of a slot, CSS pixels: about half a line of text. */
const SLOT = 6;

/** Which parts of the plot are taken by lines and labels, in coarse slots. */
export class Grid {
  readonly #columns: number;
  readonly #rows: number;
  readonly #taken: Uint8Array;

  constructor(width: number, height: number) {
    this.#columns = Math.max(1, Math.ceil(width / SLOT));
    this.#rows = Math.max(1, Math.ceil(height / SLOT));
    this.#taken = new Uint8Array(this.#columns * this.#rows);
  }

  isFree(rect: Rect): boolean {
    return !this.#some(rect, (slot) => this.#taken[slot] !== 0);
  }

  take(rect: Rect): void {
    this.#some(rect, (slot) => {
      this.#taken[slot] = 1;
      return false;
    });
  }

  takeLine(line: Line): void {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [x, y] = [line[i]!, line[i + 1]!];
      const [dx, dy] = [line[i + 2]! - x, line[i + 3]! - y];
      const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / (SLOT / 2)));
      for (let step = 0; step <= steps; step++) {
        const px = x + (dx * step) / steps;
        const py = y + (dy * step) / steps;
        this.take({ left: px, right: px, top: py, bottom: py });
      }
    }
  }

  #some({ left, right, top, bottom }: Rect, is: (slot: number) => boolean): boolean {
    const l = Math.max(0, Math.floor(left / SLOT));
    const r = Math.min(this.#columns - 1, Math.floor(right / SLOT));
    const b = Math.min(this.#rows - 1, Math.floor(bottom / SLOT));
    for (let row = Math.max(0, Math.floor(top / SLOT)); row <= b; row++) {
      for (let column = l; column <= r; column++) {
        if (is(row * this.#columns + column)) {
          return true;
        }
      }
    }
    return false;
  }
}
