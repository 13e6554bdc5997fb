import {
  DataFrameType,
  FieldType,
  toDataFrame,
  type DataFrame,
  type FieldDTO,
  type QueryResultMeta,
} from '@grafana/data';
import { describe, expect, it } from 'vitest';
import { splitFrames } from './exploreResults';
import { logRows, toLevel } from './logRows';

const frame = (fields: FieldDTO[], meta?: QueryResultMeta, refId = 'A'): DataFrame =>
  toDataFrame({ refId, fields, meta });
const time = { name: 'time', type: FieldType.time, values: [1, 2] };
const number = { name: 'n', type: FieldType.number, values: [1, 2] };
const word = { name: 'w', type: FieldType.string, values: ['a', 'b'] };

describe('splitFrames', () => {
  const names = (frames: DataFrame[]) => frames.map((each) => each.refId);

  it.each([
    ['time and numbers', [time, number], undefined, { graph: ['A'], table: ['A'], logs: [] }],
    ['a text among them', [time, number, word], undefined, { graph: [], table: ['A'], logs: [] }],
    ['no field at all', [], undefined, { graph: [], table: [], logs: [] }],
    ['log lines', [time, word], { type: DataFrameType.LogLines }, { graph: [], table: [], logs: ['A'] }],
    ['what asks for logs', [time, word], { preferredVisualisationType: 'logs' }, { graph: [], table: [], logs: ['A'] }],
    [
      'what asks for a table',
      [time, number],
      { preferredVisualisationType: 'table' },
      { graph: [], table: ['A'], logs: [] },
    ],
    [
      'what asks for a graph',
      [time, word],
      { preferredVisualisationType: 'graph' },
      { graph: ['A'], table: [], logs: [] },
    ],
  ] as const)('%s', (_, fields, meta, expected) => {
    const { graph, table, logs } = splitFrames([frame([...fields], meta)]);
    expect({ graph: names(graph), table: names(table), logs: names(logs) }).toEqual(expected);
  });

  it('hands a frame to the panel plugin that it asks for', () => {
    const { custom, table } = splitFrames([frame([time, number], { preferredVisualisationPluginId: 'x-y-panel' })]);
    expect(names(custom['x-y-panel'] ?? [])).toEqual(['A']);
    expect(table).toEqual([]);
  });
});

describe('logRows', () => {
  const lines = (extra: FieldDTO[] = []) =>
    frame(
      [
        { name: 'timestamp', type: FieldType.time, values: [1000, 3000, 2000] },
        { name: 'body', type: FieldType.string, values: ['a', '<b>', 'c'] },
        { name: 'severity', type: FieldType.string, values: ['warning', 'ERROR', 'whatever'] },
        ...extra,
      ],
      { type: DataFrameType.LogLines }
    );

  it('sorts the newest first, or last when asked', () => {
    expect(logRows([lines()]).map((row) => row.body)).toEqual(['<b>', 'c', 'a']);
    expect(logRows([lines()], true).map((row) => row.body)).toEqual(['a', 'c', '<b>']);
  });

  it('reads levels and labels', () => {
    const labels = { name: 'labels', type: FieldType.other, values: [{ proto: 'tcp', n: 1 }, null, undefined] };
    const rows = logRows([lines([labels])], true);
    expect(rows.map((row) => row.level)).toEqual(['warning', 'unknown', 'error']);
    expect(rows.map((row) => row.labels)).toEqual([{ proto: 'tcp', n: '1' }, {}, {}]);
  });

  it('shows a row once however many frames hold its id', () => {
    const ids = { name: 'id', type: FieldType.string, values: ['1', '2', '3'] };
    const rows = logRows([lines([ids]), lines([ids])]);
    expect(rows.map((row) => row.key)).toEqual(['2', '3', '1']);
  });

  it('takes any frame with a time and a text, and leaves out the rest', () => {
    expect(logRows([frame([time, word])]).map((row) => row.body)).toEqual(['b', 'a']);
    expect(logRows([frame([time, number]), frame([word])])).toEqual([]);
  });
});

describe('toLevel', () => {
  it.each([
    ['crit', 'critical'],
    ['Warn', 'warning'],
    ['notice', 'info'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%s is %s', (text, level) => {
    expect(toLevel(text)).toBe(level);
  });
});
