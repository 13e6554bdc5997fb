import { UserError } from '../../../config/error.js';
import { Collector } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork, readScore, readTime } from '../../indicator.js';
import { readNetwork, readRange } from '../../network.js';
import { rows } from './rows.js';

const FIELDS = ['indicator', 'score', 'tags', 'first_seen', 'last_seen', 'expires', 'comment'] as const;
type Field = (typeof FIELDS)[number];
type Mapping = Partial<Record<Field, string>>;

/** CSV with a mapping: `indicator=ip,score=confidence` by the names of the first row, or by numbers from 1. */
export const csv: Format = {
  name: 'csv',
  about: 'CSV; --map indicator=COLUMN[,score=…,tags=…,first_seen=…,last_seen=…,expires=…,comment=…]',
  parse(documents, { map = 'indicator=1' }) {
    const mapping = readMapping(map);
    const found = new Collector();
    for (const text of documents) {
      let places: Partial<Record<Field, number>> | undefined;
      for (const { line, cells, whole } of rows(text)) {
        if (cells.every((cell) => cell === '') || cells[0]?.startsWith('#')) continue;
        if (places === undefined) {
          places = placesOf(mapping, cells);
          if (Object.values(mapping).some((column) => !isNumber(column))) continue;
        }
        if (!whole) found.truncated('it ends within quotes');
        take(found, line, cells, places);
      }
    }
    return found.done();
  },
};

function take(found: Collector, line: number, cells: readonly string[], places: Partial<Record<Field, number>>): void {
  const cell = (field: Field): string => cells[places[field] ?? -1] ?? '';
  const text = cell('indicator');
  const details = {
    score: readScore(cell('score')),
    tags: cell('tags').split(/[\s,;|]+/),
    firstSeen: readTime(cell('first_seen')),
    lastSeen: readTime(cell('last_seen')),
    expires: readTime(cell('expires')),
    comment: cell('comment'),
  };
  const network = readNetwork(text);
  const networks = network === undefined ? readRange(text) : [network];
  if (networks === undefined) return found.add(ofDomain(text, details), line, cells.join(','));
  for (const one of networks) found.add(ofNetwork(one, details), line, text);
}

const isNumber = (column: string): boolean => /^[1-9]\d*$/.test(column);

/** @throws UserError with one sentence */
function readMapping(map: string): Mapping {
  const mapping: Mapping = {};
  for (const pair of map.split(',')) {
    const [name = '', column = ''] = pair.split('=').map((part) => part.trim());
    const field = FIELDS.find((each) => each === name);
    if (field === undefined || column === '') {
      throw new UserError(
        `--map: "${pair}" is no FIELD=COLUMN with one of ${FIELDS.join(', ')}: write indicator=ip, for example.`
      );
    }
    mapping[field] = column;
  }
  if (mapping.indicator === undefined) throw new UserError('--map names no indicator: write indicator=COLUMN.');
  return mapping;
}

/** @throws UserError when the first row has no such column */
function placesOf(mapping: Mapping, head: readonly string[]): Partial<Record<Field, number>> {
  const places: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const column = mapping[field];
    if (column === undefined) continue;
    const at = isNumber(column)
      ? Number(column) - 1
      : head.findIndex((name) => name.toLowerCase() === column.toLowerCase());
    if (at < 0)
      throw new UserError(`--map: there is no column "${column}" among ${head.join(', ')}: name one of these.`);
    places[field] = at;
  }
  return places;
}
