import { FieldType, type DataFrame, type Field } from '@grafana/data';

/** Rows of a bar chart: a label and one bar a number field. */
export interface Bars {
  label: Field;
  numbers: Field[];
  length: number;
  /** Largest sum of a row when stacked, largest single value else; 0 for no rows. Negative values count as 0. */
  max: number;
}

/** The first frame with a text (or else a time) and numbers; null when there is none. */
export function bars(frames: DataFrame[], stacked: boolean): Bars | null {
  for (const frame of frames) {
    const label = byType(frame, FieldType.string) ?? byType(frame, FieldType.time);
    const numbers = frame.fields.filter((field) => field.type === FieldType.number && !isHidden(field));
    if (!label || numbers.length === 0 || frame.length === 0) continue;
    let max = 0;
    for (let row = 0; row < frame.length; row++) {
      let sum = 0;
      for (const field of numbers) {
        const value = sizeAt(field, row);
        sum += value;
        if (!stacked) max = Math.max(max, value);
      }
      if (stacked) max = Math.max(max, sum);
    }
    return { label, numbers, length: frame.length, max };
  }
  return null;
}

/** A bar's value as a size: never negative, never NaN. */
export function sizeAt(field: Field, row: number): number {
  const value = Number(field.values[row] ?? 0);
  return value > 0 && Number.isFinite(value) ? value : 0;
}

const byType = (frame: DataFrame, type: FieldType) => frame.fields.find((field) => field.type === type);
const isHidden = (field: Field) => field.config.custom?.hideFrom?.viz === true;
