import type { Event } from '../../event/event.js';
import type { Context, Dialect, Reader, Reason } from '../dialect.js';
import { lineEnd, skipBom } from '../scan.js';
import { split, values } from './csv.js';
import { lead, readLead, skipLead } from './lead.js';
import { PREFIX, type Mapping } from './mapping.js';
import type { Rules } from './rules.js';

/** Where the values of each slot stand, and how many columns a line must have. */
interface Layout {
  places: readonly number[];
  count: number;
}

/** A dialect of separated values. Columns are named by the config, or by the first line of each file. */
export function csvDialect(mapping: Mapping, rules: Rules): Dialect {
  const { columns } = mapping.csv;
  const fixed: Layout = layoutOf(columns, rules.names);
  const reader = (layout: Layout): Reader => ({
    claims: (line) => claims(line, mapping, rules, layout) || isTitle(line, mapping, rules),
    parse: (line, context, event) => {
      if (isTitle(line, mapping, rules)) {
        if (columns.length === 0) Object.assign(layout, layoutOf(values.slice(0, count), rules.names));
        return 'header';
      }
      return parse(line, mapping, rules, layout, context, event);
    },
  });
  const alone = { claims: (line: string) => claims(line, mapping, rules, fixed) };
  return {
    name: PREFIX + mapping.name,
    claims: alone.claims,
    parse: (line, context, event) =>
      alone.claims(line) ? parse(line, mapping, rules, fixed, context, event) : 'unclaimed',
    open: () => reader({ ...fixed }),
  };
}

const layoutOf = (columns: readonly string[], names: readonly string[]): Layout => ({
  places: names.map((name) => columns.indexOf(name)),
  count: columns.length,
});

/** How many values the last line had. */
let count = 0;

function splitLine(line: string, { csv, syslog }: Mapping): number {
  const at = syslog ? skipLead(line) : skipBom(line, 0);
  return (count = split(line, at, lineEnd(line), csv));
}

/** Whether the line names all columns that are read: the title of a file. */
function isTitle(line: string, mapping: Mapping, rules: Rules): boolean {
  const [first] = rules.names;
  if (first === undefined || !line.includes(first)) return false;
  const found = splitLine(line, mapping);
  if (found < rules.names.length) return false;
  return rules.names.every((name) => values.includes(name) && values.indexOf(name) < found);
}

/**
 * A line with the text that all of the device's have; without such a text one with as many columns as are known, and
 * addresses where addresses must be.
 */
function claims(line: string, mapping: Mapping, rules: Rules, layout: Layout): boolean {
  if (layout.count === 0 || line === '') return false;
  if (mapping.match !== '') return line.includes(mapping.match);
  const found = splitLine(line, mapping);
  const fits = mapping.csv.moreColumns ? found >= layout.count : found === layout.count;
  return fits && rules.isOurs((slot) => values[layout.places[slot]!] ?? '');
}

function parse(
  line: string,
  mapping: Mapping,
  rules: Rules,
  layout: Layout,
  context: Context,
  event: Event
): 'ok' | Reason {
  const found = splitLine(line, mapping);
  if (found < layout.count) return 'truncated';
  if (found > layout.count && !mapping.csv.moreColumns) return 'bad-field';
  if (mapping.syslog && !readLead(line, context, event)) return 'time-range';
  const verdict = rules.apply((slot) => values[layout.places[slot]!] ?? '', context, event);
  if (verdict === 'ok' && mapping.syslog && event.sensor === '') event.sensor = lead.host;
  return verdict;
}
