import { createDataFrame, FieldType, type DataFrame } from '@grafana/data';
import type { Scan } from '../overlay/scan';
import { FROM } from './panel';

export const HOUR = 3_600_000;

/** A finding with nothing told but what is given: a vertical scan from 1 to 3 o'clock over ports 1 to 1024. */
export function scan(given: Partial<Scan> = {}): Scan {
  return {
    id: 'v1',
    kind: 'vertical',
    start: FROM + HOUR,
    end: FROM + 3 * HOUR,
    ongoing: false,
    minPort: 1,
    maxPort: 1024,
    curve: [],
    title: '',
    proto: '',
    flags: '',
    order: '',
    pace: '',
    severity: '',
    tool: '',
    toolSure: '',
    known: '',
    sources: [],
    sourceCount: undefined,
    targets: [],
    targetCount: undefined,
    ports: undefined,
    events: undefined,
    rate: undefined,
    score: undefined,
    ...given,
  };
}

const TYPES: Readonly<Record<string, FieldType>> = {
  start: FieldType.time,
  end: FieldType.time,
  min_port: FieldType.number,
  max_port: FieldType.number,
};

/** A frame of findings; columns that a row does not give are as in `scan`. */
export function scansFrame(rows: ReadonlyArray<Record<string, unknown>>, types = TYPES): DataFrame {
  const needed = { start: FROM + HOUR, end: FROM + 3 * HOUR, min_port: 1, max_port: 1024, kind: 'vertical' };
  const filled = rows.map((row): Record<string, unknown> => ({ ...needed, ...row }));
  const names = [...new Set([...Object.keys(needed), ...filled.flatMap((row) => Object.keys(row))])];
  return createDataFrame({
    refId: 'S',
    fields: names.map((name) => ({
      name,
      type: types[name] ?? FieldType.string,
      values: filled.map((row) => row[name] ?? null),
    })),
  });
}
