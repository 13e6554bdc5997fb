import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reader, Reason } from '../dialect.js';
import { readObject } from '../fields/json.js';
import { braceOf } from '../fields/lead.js';
import { isDigit, lineEnd, codeAt } from '../scan.js';
import { newLayout, isHead, readHead, split, type Layout } from './columns.js';
import { Field, fields, NEW_CONN, NODE, OLD_CONN, STATE_COLUMN } from './keys.js';
import { settle } from './settle.js';
import { isState } from './state.js';

/**
 * Zeek's conn.log and the scan notices of notice.log: JSON, or columns as the `#fields` line of a file says; columns without
 * such a line are read as conn.log's own. https://docs.zeek.org/en/current/logs/conn.html
 */
export const zeek: Dialect = {
  name: 'zeek',
  claims: (line) => claimsJson(line) || claimsBare(line),
  parse: (line, context, event) => {
    if (claimsJson(line)) return parseJson(line, context, event);
    return claimsBare(line) ? parseBare(line, context, event) : 'unclaimed';
  },
  open,
};

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

/** Remembers the head of one file or sender. */
function open(): Reader {
  const layout = newLayout();
  const covers = (line: string): boolean =>
    layout.columns.length > 0 && isDigit(codeAt(line, 0)) && line.includes(layout.separator);
  return {
    claims: (line) => covers(line) || zeek.claims(line) || isHead(line),
    parse: (line, context, event) => {
      if (readHead(line, lineEnd(line), layout)) return 'header';
      return covers(line) ? parseColumns(line, layout, context, event) : zeek.parse(line, context, event);
    },
  };
}

function parseColumns(line: string, layout: Layout, context: Context, event: Event): 'ok' | Reason {
  const conn = layout.columns.includes(Field.State);
  const count = split(line, lineEnd(line), layout);
  if (!conn && !layout.columns.includes(Field.Note)) return 'not-traffic';
  if (count < layout.columns.length) return 'truncated';
  if (count > layout.columns.length) return 'bad-field';
  return settle(line, context, event);
}

const BARE_OLD: Layout = { ...newLayout(), columns: OLD_CONN };
const BARE_NEW: Layout = { ...newLayout(), columns: NEW_CONN };

/** Ten digits, a dot, a tab; and a connection's state where conn.log has it. */
function claimsBare(line: string): boolean {
  if (codeAt(line, 10) !== 46 || !isDigit(codeAt(line, 0)) || !isDigit(codeAt(line, 9))) return false;
  let at = 0;
  for (let column = 0; column < STATE_COLUMN; column++) {
    at = line.indexOf('\t', at) + 1;
    if (at === 0) return false;
  }
  const end = line.indexOf('\t', at);
  return end > at && end < at + 8 && isState(line.substring(at, end));
}

function parseBare(line: string, context: Context, event: Event): 'ok' | Reason {
  // The second of the two columns behind the state is a truth value since Bro 2.4, a number before.
  let at = 0;
  for (let column = 0; column < STATE_COLUMN + 2; column++) {
    at = line.indexOf('\t', at) + 1;
    if (at === 0) return 'truncated';
  }
  const layout = isDigit(codeAt(line, at)) ? BARE_OLD : BARE_NEW;
  return split(line, lineEnd(line), layout) < OLD_CONN.length + (layout === BARE_NEW ? 1 : 0)
    ? 'truncated'
    : settle(line, context, event);
}

const locate = (line: string, at: number): boolean => {
  fields.clear();
  return readObject(line, at, lineEnd(line), NODE, fields) > 0;
};

/** Also a line that was cut behind what tells it. */
function claimsJson(line: string): boolean {
  const conn = line.includes('"conn_state"');
  if (!conn && !line.includes('"note"')) return false;
  const at = braceOf(line);
  if (at < 0) return false;
  locate(line, at);
  if (!fields.has(Field.Time)) return false;
  return conn ? fields.has(Field.State) && fields.has(Field.Uid) : fields.has(Field.Note) && fields.has(Field.Message);
}

function parseJson(line: string, context: Context, event: Event): 'ok' | Reason {
  return locate(line, braceOf(line)) ? settle(line, context, event) : 'truncated';
}
