import type { Event } from '../../event/event.js';
import type { Dialect, Reader, Reason } from '../dialect.js';
import { addressOf } from '../fields/ends.js';
import { scanIp } from '../ip/address.js';
import { codeAt, isDigit, skipSpaces } from '../scan.js';
import { textEnd } from '../span.js';
import { DEFAULT, Field, fields, layoutOf, split, type Layout } from './columns.js';
import { settle } from './settle.js';

/**
 * SiLK's flow records as `rwcut` prints them: columns that a title names, in any choice, order and separator; without a
 * title only those that rwcut prints unasked. https://tools.netsa.cert.org/silk/rwcut.html
 */
export const silk: Dialect = { name: 'silk', claims, parse, open };

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

/** Separators before the start's time, and one more behind each column that follows. */
const START_COLUMN = 8;

/** `  192.0.2.1|  203.0.113.9| … |2026/11/22T03:04:05.678| … |`; or a title. */
function claims(line: string): boolean {
  return claimsBare(line) || layoutOf(line, textEnd(line)) !== undefined;
}

function claimsBare(line: string): boolean {
  let at = 0;
  for (let column = 0; column < START_COLUMN; column++) {
    at = line.indexOf('|', at) + 1;
    if (at === 0) return false;
  }
  at = skipSpaces(line, at);
  if (codeAt(line, at + 4) !== 47 || codeAt(line, at + 7) !== 47 || codeAt(line, at + 10) !== 84) return false;
  if (!isDigit(codeAt(line, at)) || !isDigit(codeAt(line, at + 9))) return false;
  const start = skipSpaces(line, 0);
  const end = scanIp(line, start, line.length);
  return end > 0 && codeAt(line, skipSpaces(line, end)) === 124;
}

function parse(line: string, _context: unknown, event: Event): 'ok' | Reason {
  if (claimsBare(line)) return parseColumns(line, DEFAULT, event);
  return layoutOf(line, textEnd(line)) === undefined ? 'unclaimed' : 'not-traffic';
}

/** Remembers the title of one file or sender. */
function open(): Reader {
  let layout: Layout | undefined;
  const covers = (line: string): boolean => {
    if (layout === undefined || !line.includes(layout.separator)) return false;
    const count = split(line, textEnd(line), layout);
    // A line that was cut is known by the address in its right place.
    return count === layout.columns.length || (count >= LEAST && count < layout.columns.length && hasAddress(line));
  };
  return {
    claims: (line) => covers(line) || claims(line),
    parse: (line, _context, event) => {
      const title = layoutOf(line, textEnd(line));
      if (title !== undefined) {
        layout = title;
        return 'header';
      }
      if (layout !== undefined && covers(line)) return parseColumns(line, layout, event);
      return claimsBare(line) ? parseColumns(line, DEFAULT, event) : 'unclaimed';
    },
  };
}

const LEAST = 2;

const hasAddress = (line: string): boolean =>
  [Field.Source, Field.Target].some(
    (field) => fields.has(field) && addressOf(line, fields.from(field), fields.to(field)) !== ''
  );

function parseColumns(line: string, layout: Layout, event: Event): 'ok' | Reason {
  return split(line, textEnd(line), layout) < layout.columns.length ? 'truncated' : settle(line, layout, event);
}
