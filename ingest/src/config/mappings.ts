import { newEvent } from '../event/event.js';
import type { Context } from '../dialect/index.js';
import { compile } from '../dialect/mapping/compile.js';
import type { CsvShape, FieldRule, Mapping } from '../dialect/mapping/mapping.js';
import { formatFault } from '../dialect/mapping/stamp.js';
import { ATTRS, isAction, putterOf, TARGETS, TIME } from '../dialect/mapping/targets.js';
import { isZone } from '../read/zone.js';
import { UserError } from './error.js';

/** Where mappings stand in the config file. */
export const MAPPINGS_PATH = 'mappings';

const KEYS = 'name format match syslog delimiter quote columns more_columns when fields'.split(' ');
const FIELD_KEYS = 'from value values otherwise format zone'.split(' ');
const NAME = /^[a-z0-9][a-z0-9_-]{0,31}$/;

/** A wrong place in the file: the path, and what has to be done about it. */
class Place {
  readonly file: string;
  readonly path: string;

  constructor(file: string, path: string) {
    this.file = file;
    this.path = path;
  }

  at(key: string | number): Place {
    return new Place(this.file, typeof key === 'number' ? `${this.path}[${key}]` : `${this.path}.${key}`);
  }

  wrong(what: string): UserError {
    return new UserError(`${this.file}: ${this.path} ${what}.`);
  }
}

type Given = Readonly<Record<string, unknown>>;

/**
 * Checks the mappings of a config file.
 * @throws UserError that names the file, the place, and what may stand there
 */
export function readMappings(file: string, value: unknown): readonly Mapping[] {
  const place = new Place(file, MAPPINGS_PATH);
  if (!Array.isArray(value)) throw place.wrong('takes a list, each with name, format and fields');
  const mappings = (value as unknown[]).map((each, i) => readMapping(place.at(i), each));
  mappings.forEach(({ name }, i) => {
    if (mappings.findIndex((other) => other.name === name) !== i)
      throw place.at(i).wrong(`has the name of another, "${name}": give each a name of its own`);
  });
  return mappings;
}

function readMapping(place: Place, value: unknown): Mapping {
  const given = object(place, value, KEYS);
  const name = text(place.at('name'), given.name);
  if (!NAME.test(name)) throw place.at('name').wrong('must be 1 to 32 small letters, digits, - and _');
  const { format } = given;
  if (format !== 'csv' && format !== 'json') throw place.at('format').wrong('must be csv or json');
  const mapping: Mapping = {
    name,
    format,
    match: given.match === undefined ? '' : text(place.at('match'), given.match),
    syslog: truth(place.at('syslog'), given.syslog),
    csv: readCsv(place, given, format),
    when: readWhen(place.at('when'), given.when),
    fields: readFields(place.at('fields'), given.fields),
  };
  checkSources(place, mapping);
  return mapping;
}

/** Words for what a file can hardly hold as one character. */
const DELIMITERS: Readonly<Record<string, string>> = { tab: '\t', space: ' ' };

function readCsv(place: Place, given: Given, format: string): CsvShape {
  for (const key of ['delimiter', 'quote', 'columns', 'more_columns']) {
    if (format === 'json' && given[key] !== undefined) throw place.at(key).wrong('is for csv only');
  }
  const delimiter = given.delimiter === undefined ? ',' : text(place.at('delimiter'), given.delimiter);
  const character = DELIMITERS[delimiter] ?? delimiter;
  if (!isCharacter(character)) throw place.at('delimiter').wrong('must be one character, tab or space');
  const quote = given.quote === undefined ? '"' : given.quote;
  if (quote !== '' && (typeof quote !== 'string' || !isCharacter(quote) || quote === character))
    throw place.at('quote').wrong("must be one character that is not the delimiter, or '' for none");
  const columns = given.columns === undefined ? [] : given.columns;
  if (!Array.isArray(columns))
    throw place
      .at('columns')
      .wrong("takes a list of names in their order; leave it out where each file's first line has them");
  return {
    delimiter: character,
    quote,
    columns: (columns as unknown[]).map((each, i) =>
      each === null ? '' : String(scalar(place.at('columns').at(i), each))
    ),
    moreColumns: truth(place.at('more_columns'), given.more_columns),
  };
}

/** One byte of a line, and nothing that ends one. */
const isCharacter = (one: string): boolean => one.length === 1 && one.charCodeAt(0) < 128 && !'\r\n\0'.includes(one);

function readWhen(place: Place, value: unknown): Mapping['when'] {
  if (value === undefined) return [];
  return Object.entries(object(place, value)).map(([from, wanted]) => ({
    from,
    values: (Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]).map((each) =>
      String(scalar(place.at(from), each))
    ),
  }));
}

function readFields(place: Place, value: unknown): readonly FieldRule[] {
  const fields = Object.entries(object(place, value)).map(([to, rule]) => readField(place.at(to), to, rule));
  const ends = fields.filter(({ to, from }) => (to === 'src_ip' || to === 'dst_ip') && from !== '');
  if (ends.length === 0) throw place.wrong('must say where src_ip or dst_ip stands');
  return fields;
}

function readField(place: Place, to: string, value: unknown): FieldRule {
  if (to !== TIME && putterOf(to) === undefined) {
    throw place.wrong(`is no field: give one of ${[TIME, ...TARGETS.keys(), `${ATTRS}a_name`].join(', ')}`);
  }
  const given = typeof value === 'string' ? { from: value } : object(place, value, FIELD_KEYS);
  if (given.from === undefined && given.value === undefined)
    throw place.wrong('needs the name of a column or path, or {value: what is always so}');
  const optional = (key: string): string => (given[key] === undefined ? '' : String(scalar(place.at(key), given[key])));
  const rule: FieldRule = {
    to,
    from: optional('from'),
    value: optional('value'),
    values: readValues(place.at('values'), given.values),
    otherwise: optional('otherwise'),
    format: optional('format') || 'iso',
    zone: optional('zone'),
  };
  if (to === TIME) checkTime(place, rule);
  else checkWords(place, rule, given);
  return rule;
}

function readValues(place: Place, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  const words = Object.entries(object(place, value)).map(([word, ours]) => [
    word,
    String(scalar(place.at(word), ours)),
  ]);
  return Object.fromEntries(words) as Record<string, string>;
}

function checkTime(place: Place, rule: FieldRule): void {
  const fault = formatFault(rule.format);
  if (fault !== '') throw place.at('format').wrong(`is no format of times: ${fault}`);
  if (rule.zone !== '' && !isZone(rule.zone))
    throw place.at('zone').wrong(`is no time zone: give an IANA name, for example Europe/Oslo or UTC`);
  if (rule.from === '') throw place.wrong('must name a column or path: a time is not always the same');
}

const CONTEXT: Context = { received: 0, year: 2000, toUtc: Date.UTC, actionOf: () => 'unknown' };

/** Our own words must be values of the field. */
function checkWords(place: Place, rule: FieldRule, given: Given): void {
  for (const key of ['format', 'zone']) {
    if (given[key] !== undefined) throw place.at(key).wrong('is for time only');
  }
  const put = putterOf(rule.to);
  const check = (at: Place, word: string): void => {
    const good = word === '' || (rule.to === 'action' ? isAction(word) : put?.(newEvent(), word, CONTEXT) === 'ok');
    if (!good) throw at.wrong(`"${word}" is no value of ${rule.to}`);
  };
  check(place.at('value'), rule.value);
  check(place.at('otherwise'), rule.otherwise);
  for (const [word, ours] of Object.entries(rule.values)) check(place.at('values').at(word), ours);
}

/** Everything that is read must be a column; and paths must not contradict each other, which compiling finds. */
function checkSources(place: Place, mapping: Mapping): void {
  const { columns } = mapping.csv;
  if (mapping.format === 'csv' && columns.length > 0) {
    const sources = [...mapping.fields.map(({ from }) => from), ...mapping.when.map(({ from }) => from)];
    for (const from of sources.filter((each) => each !== '')) {
      const count = columns.filter((column) => column === from).length;
      if (count !== 1)
        throw place
          .at('columns')
          .wrong(`${count === 0 ? 'has no' : 'has more than one'} column "${from}", which is read`);
    }
  }
  try {
    compile(mapping, () => ({ reference: 0, toUtc: Date.UTC }));
  } catch (cause) {
    throw place.at('fields').wrong(`cannot be read: ${(cause as Error).message.replace(/\.$/, '')}`);
  }
}

function object(place: Place, value: unknown, keys?: readonly string[]): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw place.wrong(`takes ${keys === undefined ? 'keys and values' : `keys: ${keys.join(', ')}`}`);
  const strange = keys === undefined ? undefined : Object.keys(value).find((key) => !keys.includes(key));
  if (strange !== undefined) throw place.at(strange).wrong(`is not known: give ${keys?.join(', ')}`);
  return value as Given;
}

function scalar(place: Place, value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw place.wrong(`takes a text or a number, not ${JSON.stringify(value)}`);
}

function text(place: Place, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw place.wrong('takes a text');
}

function truth(place: Place, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw place.wrong('must be true or false');
}
