import { createDataFrame, FieldType, type DataFrame } from '@grafana/data';
import { describe, expect, it } from 'vitest';
import type { Cells } from '../cells';
import { scanInk } from '../overlay/ink';
import { portScale } from '../scale/port';
import { markWords } from './markWords';
import { framesOf, paintMarks, type MarkPen } from './paintMarks';
import { isMarks, readMarks } from './readMarks';
import { markOver, onlyMarked } from './under';

type Row = readonly [
  from: number,
  to: number,
  yMin: number,
  yMax: number,
  score: number,
  listed: number,
  feeds: string,
];

function frameOf(...rows: Row[]): DataFrame {
  const number = (name: string, at: number) => ({ name, type: FieldType.number, values: rows.map((row) => row[at]) });
  return createDataFrame({
    fields: [
      { name: 'from', type: FieldType.time, values: rows.map((row) => row[0]) },
      { name: 'to', type: FieldType.time, values: rows.map((row) => row[1]) },
      ...[number('yMin', 2), number('yMax', 3), number('score', 4), number('listed', 5)],
      { name: 'feeds', type: FieldType.string, values: rows.map((row) => row[6]) },
    ],
  });
}

const frame = frameOf(
  [600, 1200, 22, 24, 90, 1, 'alpha, beta'],
  [0, 600, 22, 24, 40, 2, 'beta'],
  [0, 600, 0.5, 1, 60, 1, 'alpha'],
  [5, 5, 1, 2, 60, 1, 'no time'],
  [0, 600, 9, 9, 60, 1, 'no port']
);
const marks = readMarks([frame])!;

describe('marks', () => {
  it('are read by time, rows that cover nothing left out', () => {
    expect([...marks.from]).toEqual([0, 0, 600]);
    expect(marks.feeds).toEqual(['beta', 'alpha', 'alpha, beta']);
    expect([marks.y0[1], marks.y1[1]]).toEqual([0, 1]);
  });

  it('are not made of frames that are something else', () => {
    const other = createDataFrame({ fields: [{ name: 'from', type: FieldType.time, values: [1] }] });
    expect(isMarks(other)).toBe(false);
    expect(readMarks([other])).toBeUndefined();
  });

  it('mean a cell that shares time and ports with them, half-open, the worst first', () => {
    expect(markOver(marks, 0, 60, 23, 24)).toBe(0);
    expect(markOver(marks, 540, 660, 20, 30)).toBe(2);
    expect(markOver(marks, 1200, 1260, 22, 24)).toBe(-1);
    expect(markOver(marks, 0, 60, 24, 25)).toBe(-1);
    expect(markOver(marks, 0, 60, 0, 1)).toBe(1);
  });

  it('leave their cells alone on the picture', () => {
    const cells: Cells = {
      length: 3,
      x0: Float64Array.of(0, 0, 1200),
      x1: Float64Array.of(60, 60, 1260),
      y0: Uint32Array.of(22, 80, 22),
      y1: Uint32Array.of(23, 81, 23),
      widest: 60,
      classes: [
        { id: 0, name: 'TCP/IPv4', counts: Float64Array.of(5, 6, 7), total: 18 },
        { id: 1, name: 'UDP/IPv4', counts: Float64Array.of(0, 1, 0), total: 1 },
      ],
    };
    const only = onlyMarked(cells, marks);
    expect([...only.x0, ...only.y0]).toEqual([0, 22]);
    expect(only.classes.map(({ name, total }) => [name, total])).toEqual([['TCP/IPv4', 5]]);
  });

  it('are told in words, and not where there are none', () => {
    const at = (from: number, port: number) =>
      markWords(marks, { from, to: from + 60, portFrom: port, portTo: port + 1 });
    expect(at(660, 22)).toBe('1 listed source here or beside: score 90, on alpha, beta');
    expect(at(0, 22)).toBe('2 listed sources here or beside: score 40, on beta');
    expect(at(0, 80)).toBeUndefined();
  });

  it('are diamonds, as large as what they cover and never too small to be seen', () => {
    const plane = { time: { from: 0, to: 1200 }, ports: portScale(1, 65536), width: 1200, height: 160 };
    const frames = framesOf(marks, plane);
    expect(frames).toHaveLength(2);
    for (const { left, right, top, bottom } of frames) {
      expect(right - left).toBeGreaterThanOrEqual(600);
      expect(bottom - top).toBeGreaterThanOrEqual(9);
    }
    const calls: string[] = [];
    const pen = {
      beginPath: () => calls.push('begin'),
      moveTo: (x: number, y: number) => calls.push(`M${x},${y}`),
      lineTo: () => calls.push('L'),
      closePath: () => calls.push('Z'),
      stroke: () => calls.push('stroke'),
    } as unknown as MarkPen;
    paintMarks(pen, [{ left: 0, right: 10, top: 0, bottom: 20 }], { ink: scanInk(true) });
    const once = ['begin', 'M5,0', 'L', 'L', 'L', 'Z', 'stroke'];
    expect(calls).toEqual([...once, ...once]);
  });
});
