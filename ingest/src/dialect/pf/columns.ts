/** Columns of a comma-separated line, by their offsets: nothing is cut out that is not kept. */

/** More than filterlog ever writes; what is beyond is part of the last column. */
const LIMIT = 48;

const starts = new Int32Array(LIMIT + 1);

/** How many columns the last `split` found. */
export let count = 0;

/** Takes `line[at, end)` apart at its commas. There are no quotes. */
export function split(line: string, at: number, end: number): void {
  count = 1;
  starts[0] = at;
  for (let i = at; i < end && count < LIMIT; i++) {
    if (line.charCodeAt(i) === 44) starts[count++] = i + 1;
  }
  starts[count] = end + 1;
}

export const from = (column: number): number => starts[column]!;
export const to = (column: number): number => starts[column + 1]! - 1;

/** Whether a comma follows the column: one that ends the line may have lost its own end. */
export const isWhole = (column: number): boolean => column < count - 1;
