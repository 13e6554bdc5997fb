import { FieldType, type DataFrame } from '@grafana/data';
import { edgeFrom } from '../frames/cells';
import { textFrom } from '../overlay/values';

/** Where sources knocked that are on a list, as columns sorted by time; edges are half-open, as those of cells are. */
export interface Marks {
  readonly length: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly y0: Uint32Array;
  readonly y1: Uint32Array;
  /** 0–100: the worst of the sources there. */
  readonly score: Float64Array;
  /** Sources there that are on a list; at most so many where marks were joined. */
  readonly listed: Float64Array;
  readonly feeds: readonly string[];
  /** Width of the widest, ms. */
  readonly widest: number;
}

export const NO_MARKS: Marks = {
  length: 0,
  from: new Float64Array(),
  to: new Float64Array(),
  y0: new Uint32Array(),
  y1: new Uint32Array(),
  score: new Float64Array(),
  listed: new Float64Array(),
  feeds: [],
  widest: 0,
};

/** More marks than this would hide the picture; the data source sends far fewer. */
const MOST = 20_000;

/** Whether a frame holds marks: times `from` and `to`, ports `yMin` and `yMax`, and a `score`. */
export function isMarks(frame: DataFrame): boolean {
  const is = (name: string, type: FieldType) => named(frame, name)?.type === type;
  return (
    is('from', FieldType.time) &&
    is('to', FieldType.time) &&
    is('yMin', FieldType.number) &&
    is('yMax', FieldType.number) &&
    is('score', FieldType.number)
  );
}

/** The first frame of marks; rows without a stretch of time or ports are left out. */
export function readMarks(frames: readonly DataFrame[]): Marks | undefined {
  const frame = frames.find(isMarks);
  if (frame === undefined) {
    return undefined;
  }
  const values = (name: string): readonly unknown[] => named(frame, name)?.values ?? [];
  const [from, to, yMin, yMax] = ['from', 'to', 'yMin', 'yMax'].map((name) => values(name).map(Number)) as Columns;
  const rows = Array.from({ length: frame.length }, (_, row) => row)
    .filter((row) => to[row]! > from[row]! && yMax[row]! > yMin[row]!)
    .sort((a, b) => from[a]! - from[b]!)
    .slice(0, MOST);
  const [score, listed, feeds] = [values('score'), values('listed'), values('feeds')];
  const y0 = Uint32Array.from(rows, (row) => edgeFrom(yMin[row]!));
  return {
    length: rows.length,
    from: Float64Array.from(rows, (row) => from[row]!),
    to: Float64Array.from(rows, (row) => to[row]!),
    y0,
    y1: Uint32Array.from(rows, (row, i) => Math.max(y0[i]! + 1, edgeFrom(yMax[row]!))),
    score: Float64Array.from(rows, (row) => Number(score[row]) || 0),
    listed: Float64Array.from(rows, (row) => Number(listed[row]) || 0),
    feeds: rows.map((row) => textFrom(feeds[row])),
    widest: rows.reduce((most, row) => Math.max(most, to[row]! - from[row]!), 0),
  };
}

type Columns = [number[], number[], number[], number[]];

function named(frame: DataFrame, name: string) {
  return frame.fields.find((field) => field.name === name);
}
