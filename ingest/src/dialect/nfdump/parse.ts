import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reader, Reason } from '../dialect.js';
import { textEnd } from '../span.js';
import { columnsOf, LONG, split, type Columns } from './columns.js';
import { isSummary, isSummaryHere, shapeOf } from './find.js';
import { hasAddress, settle } from './settle.js';

/**
 * NetFlow records as `nfdump -o csv` prints them: the columns that a title names, or those of 1.6 and of 1.7 by their shape.
 * Times are those of the machine that printed. https://github.com/phaag/nfdump
 */
export const nfdump: Dialect = { name: 'nfdump', claims, parse, open };

/** Every reason this dialect gives of a line alone; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

/** Columns of the long form that a line needs: the interfaces, and one behind. Releases differ in what follows. */
const LONG_NEEDS = 18;

function claims(line: string): boolean {
  return shapeOf(line) !== undefined || isSummary(line) || columnsOf(line, textEnd(line)) !== undefined;
}

function parse(line: string, context: Context, event: Event): 'ok' | Reason {
  const columns = shapeOf(line);
  if (columns !== undefined) return parseColumns(line, columns, context, event);
  return isSummary(line) || columnsOf(line, textEnd(line)) !== undefined ? 'not-traffic' : 'unclaimed';
}

/** Remembers the title of one file or sender, so that the sum behind its flows is known for what it is. */
function open(): Reader {
  let columns: Columns | undefined;
  const covers = (line: string): boolean => {
    if (columns === undefined || !line.includes(',')) return false;
    const count = split(line, textEnd(line), columns);
    return count <= columns.length && hasAddress(line);
  };
  return {
    claims: (line) => covers(line) || claims(line) || (columns !== undefined && isSummaryHere(line, textEnd(line))),
    parse: (line, context, event) => {
      const title = columnsOf(line, textEnd(line));
      if (title !== undefined) columns = title;
      if (title !== undefined || isSummary(line)) return 'header';
      if (columns !== undefined && isSummaryHere(line, textEnd(line))) return 'header';
      if (columns !== undefined && covers(line)) return parseColumns(line, columns, context, event);
      return parse(line, context, event);
    },
  };
}

function parseColumns(line: string, columns: Columns, context: Context, event: Event): 'ok' | Reason {
  const count = split(line, textEnd(line), columns);
  if (count < (columns === LONG ? LONG_NEEDS : columns.length)) return 'truncated';
  return settle(line, columns, count === columns.length, context, event);
}
