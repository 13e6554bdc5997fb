import type { Event } from '../../event/event.js';
import type { Dialect, Reader, Reason } from '../dialect.js';
import { addressOf } from '../fields/ends.js';
import { textEnd } from '../span.js';
import { columnsOf, Field, fields, split, type Columns } from './columns.js';
import { closeLast, findRecord, locate } from './record.js';
import { settle } from './settle.js';

/**
 * AWS VPC flow logs, versions 2 to 8: the columns that a file's first row names, those written unasked, all of version 5;
 * bare, behind CloudWatch's stamp, in its JSON, or as JSON themselves.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const vpcflow: Dialect = { name: 'vpcflow', claims, parse, open };

/** Every reason this dialect gives; each has a line in refused.log. */
export const reasons: readonly Reason[] = [
  'unclaimed',
  'truncated',
  'no-address',
  'bad-address',
  'bad-port',
  'bad-field',
  'time-range',
  'not-traffic',
];

function claims(line: string): boolean {
  return findRecord(line) !== undefined || columnsOf(line, textEnd(line)) !== undefined;
}

function parse(line: string, _context: unknown, event: Event): 'ok' | Reason {
  const found = findRecord(line);
  if (found === undefined) return columnsOf(line, textEnd(line)) === undefined ? 'unclaimed' : 'not-traffic';
  return locate(line, found) ? settle(line, found.json, event) : 'truncated';
}

/** Fewer columns than a title's are a line that was cut, if these are there. */
const LEAST = 3;

/** Remembers the first row of one file. */
function open(): Reader {
  let columns: Columns | undefined;
  const covers = (line: string): boolean => {
    if (columns === undefined) return false;
    const count = split(line, 0, textEnd(line), columns);
    return count >= LEAST && count <= columns.length && fits(line, count === columns.length);
  };
  return {
    claims: (line) => covers(line) || claims(line),
    parse: (line, context, event) => {
      const title = columnsOf(line, textEnd(line));
      if (title !== undefined) {
        columns = title;
        return 'header';
      }
      if (columns === undefined || !covers(line)) return parse(line, context, event);
      if (split(line, 0, textEnd(line), columns) < columns.length) return 'truncated';
      closeLast(columns);
      return settle(line, false, event);
    },
  };
}

/** Whether the columns hold addresses where they should; in a whole line a dash may stand there. */
function fits(line: string, whole: boolean): boolean {
  let known = 0;
  for (const field of [Field.Source, Field.Target, Field.PacketSource, Field.PacketTarget]) {
    const from = fields.from(field);
    if (from < 0) continue;
    if (addressOf(line, from, fields.to(field)) === '') return false;
    known++;
  }
  return known > 0 || (whole && fields.has(Field.Iface));
}
