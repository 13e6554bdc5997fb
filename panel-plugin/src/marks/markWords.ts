import type { CellRange } from '../detail';
import type { Marks } from './readMarks';
import { markOver } from './under';

/** What the lists say of a cell: `1 listed source here or beside: score 90, on alpha, beta`; undefined where nothing is marked. */
export function markWords(
  marks: Marks,
  { from, to, portFrom, portTo }: Pick<CellRange, 'from' | 'to' | 'portFrom' | 'portTo'>
): string | undefined {
  const i = markOver(marks, from, to, Math.floor(portFrom), Math.ceil(portTo));
  if (i < 0) {
    return undefined;
  }
  const n = marks.listed[i]!;
  const sources = n > 0 ? `${n.toLocaleString('en-US')} listed ${n === 1 ? 'source' : 'sources'}` : 'listed sources';
  return `${sources} here or beside: score ${marks.score[i]}${marks.feeds[i] ? `, on ${marks.feeds[i]}` : ''}`;
}
