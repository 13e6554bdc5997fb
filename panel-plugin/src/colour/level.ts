import type { Cells } from '../cells';
import { LEVELS } from './palette';

/** Counts up to this have their level in a table. */
const TABLE = 4096;

/** Below this no view is "busy": a quiet day of lone probes must not be painted at full brightness. */
const LEAST_FULL = 64;

/** Share of cells that may be brighter than the scale: a single flood must not dim all the rest. */
const CLIPPED = 0.004;

/** Quarter octaves of small counts. */
const QUARTERS = Uint8Array.from({ length: TABLE }, (_, n) => (n < 2 ? 0 : Math.floor(4 * Math.log2(n))));

/** Turns a count into a step of brightness: its logarithm, as a part of that of `full`. */
export interface Leveller {
  readonly full: number;
  readonly table: Uint8Array;
  readonly perLog: number;
}

/** @param full the count that is painted brightest */
export function leveller(full: number): Leveller {
  const perLog = (LEVELS - 1) / Math.log2(Math.max(full, 2));
  const table = new Uint8Array(TABLE);
  for (let n = 1; n < TABLE; n++) {
    table[n] = stepOf(n, perLog);
  }
  return { full, table, perLog };
}

function stepOf(count: number, perLog: number): number {
  return Math.min(LEVELS - 1, Math.round(Math.log2(count) * perLog));
}

/** Step 0…LEVELS−1 of a count; less than one event counts as one. */
export function levelOf(scale: Leveller, count: number): number {
  return count < TABLE ? scale.table[count | 0]! : stepOf(count, scale.perLog);
}

/** What a look over all cells tells: how many hold a shown event, and which count to paint brightest. */
export interface Survey {
  readonly occupied: number;
  /** The count of the busiest cells but four in a thousand, and never under 64. */
  readonly full: number;
}

export function survey(cells: Cells, shown: (id: number) => boolean): Survey {
  const classes = cells.classes.filter((one) => shown(one.id));
  // Quarter octaves of count: 256 of them reach 2^64
  const histogram = new Uint32Array(256);
  let occupied = 0;
  for (let i = 0; i < cells.length; i++) {
    let n = 0;
    for (let c = 0; c < classes.length; c++) {
      n += classes[c]!.counts[i]!;
    }
    if (n > 0) {
      occupied++;
      histogram[n < TABLE ? QUARTERS[n | 0]! : Math.min(255, Math.floor(4 * Math.log2(n)))]!++;
    }
  }
  let left = occupied * CLIPPED;
  let slot = 255;
  while (slot > 0 && (left -= histogram[slot]!) >= 0) {
    slot--;
  }
  return { occupied, full: Math.max(LEAST_FULL, Math.ceil(2 ** ((slot + 1) / 4))) };
}
