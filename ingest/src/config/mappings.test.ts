import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readMappings } from './mappings.js';

const GOOD = { name: 'acme', format: 'csv', columns: ['s', 'd'], fields: { src_ip: 's' } };

test('a mapping gets what it does not say from the defaults', () => {
  expect(readMappings('f', [GOOD])).toEqual([
    {
      name: 'acme',
      format: 'csv',
      match: '',
      syslog: false,
      csv: { delimiter: ',', quote: '"', columns: ['s', 'd'], moreColumns: false },
      when: [],
      fields: [{ to: 'src_ip', from: 's', value: '', values: {}, otherwise: '', format: 'iso', zone: '' }],
    },
  ]);
});

test('mappings are plain data, which a thread can be given', () => {
  const mappings = readMappings('f', [GOOD]);
  expect(structuredClone(mappings)).toEqual(mappings);
});

test('the one of the example file is good', () => {
  const text = readFileSync(fileURLToPath(new URL('../../fireplot.example.yaml', import.meta.url)), 'utf8');
  const lines = text.slice(text.indexOf('mappings: []')).split('\n').slice(1);
  const example = lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith('#'))
    )
    .map((line) => line.slice(1));
  const mappings = parse(['mappings:', ...example].join('\n')) as { mappings: unknown };
  expect(readMappings('f', mappings.mappings).map(({ name }) => name)).toEqual(['acme', 'sensor-json']);
});

const field = (rule: unknown): Record<string, unknown> => ({ ...GOOD, fields: { src_ip: 's', dst_port: rule } });
const time = (rule: Record<string, unknown>): Record<string, unknown> => ({
  ...GOOD,
  fields: { src_ip: 's', time: rule },
});

test.each([
  ['x', 'f: mappings takes a list, each with name, format and fields.'],
  [[7], 'f: mappings[0] takes keys: name, format, match, '],
  [[{ ...GOOD, nmae: 'x' }], 'f: mappings[0].nmae is not known: give name, format, match, '],
  [[{ ...GOOD, name: 'A b' }], 'f: mappings[0].name must be 1 to 32 small letters, digits, - and _.'],
  [[GOOD, GOOD], 'f: mappings[1] has the name of another, "acme": give each a name of its own.'],
  [[{ ...GOOD, format: 'xml' }], 'f: mappings[0].format must be csv or json.'],
  [[{ ...GOOD, match: '' }], 'f: mappings[0].match takes a text.'],
  [[{ ...GOOD, syslog: 'yes' }], 'f: mappings[0].syslog must be true or false.'],
  [[{ ...GOOD, delimiter: '||' }], 'f: mappings[0].delimiter must be one character, tab or space.'],
  [[{ ...GOOD, quote: ',' }], "f: mappings[0].quote must be one character that is not the delimiter, or '' for none."],
  [[{ ...GOOD, columns: 's' }], 'f: mappings[0].columns takes a list of names in their order; leave it out where '],
  [[{ ...GOOD, columns: ['a'] }], 'f: mappings[0].columns has no column "s", which is read.'],
  [[{ ...GOOD, columns: ['s', 's'] }], 'f: mappings[0].columns has more than one column "s", which is read.'],
  [[{ ...GOOD, when: { x: [1] } }], 'f: mappings[0].columns has no column "x", which is read.'],
  [[{ ...GOOD, when: { s: [{}] } }], 'f: mappings[0].when.s takes a text or a number, not {}.'],
  [[{ ...GOOD, format: 'json' }], 'f: mappings[0].columns is for csv only.'],
  [[{ ...GOOD, fields: {} }], 'f: mappings[0].fields must say where src_ip or dst_ip stands.'],
  [[{ ...GOOD, fields: { src_ip: { value: '192.0.2.1' } } }], 'f: mappings[0].fields must say where src_ip or dst_ip '],
  [
    [{ ...GOOD, fields: { srcip: 's' } }],
    'f: mappings[0].fields.srcip is no field: give one of time, sensor, action, ',
  ],
  [[{ ...GOOD, fields: { 'attrs.A-b': 's' } }], 'f: mappings[0].fields.attrs.A-b is no field: give one of '],
  [[field({})], 'f: mappings[0].fields.dst_port needs the name of a column or path, or {value: what is always so}.'],
  [[field({ form: 's' })], 'f: mappings[0].fields.dst_port.form is not known: give from, value, '],
  [[field({ from: 's', zone: 'UTC' })], 'f: mappings[0].fields.dst_port.zone is for time only.'],
  [[field({ value: 70000 })], 'f: mappings[0].fields.dst_port.value "70000" is no value of dst_port.'],
  [
    [field({ from: 's', values: { ssh: 'x' } })],
    'f: mappings[0].fields.dst_port.values.ssh "x" is no value of dst_port.',
  ],
  [[field({ from: 's', otherwise: -1 })], 'f: mappings[0].fields.dst_port.otherwise "-1" is no value of dst_port.'],
  [[time({ value: 0 })], 'f: mappings[0].fields.time must name a column or path: a time is not always the same.'],
  [[time({ from: 's', format: 'rfc' })], 'f: mappings[0].fields.time.format is no format of times: give iso, '],
  [[time({ from: 's', format: '%Y %q' })], 'f: mappings[0].fields.time.format is no format of times: %q is not known'],
  [
    [time({ from: 's', format: '%H:%M' })],
    'f: mappings[0].fields.time.format is no format of times: a pattern needs a ',
  ],
  [[time({ from: 's', zone: 'Mars' })], 'f: mappings[0].fields.time.zone is no time zone: give an IANA name'],
  [
    [{ name: 'a', format: 'json', fields: { src_ip: 'a', dst_ip: 'a.b' } }],
    'f: mappings[0].fields cannot be read: "a.b" is both a value and an object: name one of the two.',
  ],
  [
    [{ name: 'a', format: 'json', fields: { src_ip: 'a.b', dst_ip: 'a' } }],
    'f: mappings[0].fields cannot be read: "a" is both a value and an object: name one of the two.',
  ],
])('of %j is said: %s', (value, sentence) => {
  expect(() => readMappings('f', value)).toThrow(sentence);
});
