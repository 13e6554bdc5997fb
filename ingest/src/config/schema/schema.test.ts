import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { format, resolveConfig } from 'prettier';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { tempFolder } from '../../store/fixture.case.js';
import { resolveSettings } from '../resolve.js';
import type { Setting } from '../setting.js';
import { SETTINGS } from '../settings.js';
import { configSchema } from './schema.js';

const INGEST = fileURLToPath(new URL('../../..', import.meta.url));
const FILE = path.join(INGEST, 'fireplot.schema.json');
const EXAMPLE = path.join(INGEST, 'fireplot.example.yaml');
const schema = configSchema(SETTINGS as Readonly<Record<string, Setting<unknown>>>);
const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

let folder: { path: string; remove: () => void };
beforeAll(() => void (folder = tempFolder('schema')));
afterAll(() => folder.remove());

/** Whether the program takes a file that says this. */
function taken(text: string): boolean {
  const config = path.join(folder.path, 'fireplot.yaml');
  writeFileSync(config, text);
  try {
    resolveSettings({ options: { config }, env: {}, cwd: folder.path });
    return true;
  } catch {
    return false;
  }
}

test('the committed schema is that of the settings: UPDATE_SCHEMA=1 with this test writes it anew', async () => {
  const text = await format(JSON.stringify(schema), { ...(await resolveConfig(FILE)), parser: 'json' });
  if (process.env.UPDATE_SCHEMA === '1') writeFileSync(FILE, text);
  expect(readFileSync(FILE, 'utf8')).toBe(text);
});

test('the example file names the schema, and is as it says', () => {
  const text = readFileSync(EXAMPLE, 'utf8');
  const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
  expect(path.resolve(INGEST, named)).toBe(FILE);
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
});

test("the example's outlined mappings are as the schema says, too", () => {
  const text = readFileSync(EXAMPLE, 'utf8');
  const lines = text.split('\n').filter((line) => /^# {2,}(?:- |[a-z])/.test(line));
  const mappings: unknown = parse(lines.map((line) => line.slice(1)).join('\n'));
  expect(mappings).toHaveLength(2);
  expect(validate({ mappings }), JSON.stringify(validate.errors)).toBe(true);
});

describe('what the program says of a file the schema says too:', () => {
  test.each([
    'store: /var/lib/fireplot',
    'http: 8124',
    'http: "8124"',
    'health: off',
    'health: false',
    'syslog: {listen: 514, allow: [192.0.2.0/24], max_connections: 5}',
    'syslog: {listen: "*:514", allow: 192.0.2.0/24}',
    'log: {level: warn, format: json}',
    'relp: {listen: 2514, tls: off}',
    'actions: [{match: FW, action: drop}]',
    '$schema: fireplot.schema.json\nstore: x',
    'mappings: [{name: a, format: csv, fields: {src_ip: from}}]',
    'mappings: [{name: a, format: json, when: {x: 1}, fields: {src_ip: {from: a.b}, attrs.zone: z}}]',
  ])('%s is fine', (text) => {
    expect(taken(text)).toBe(true);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    'ports: 5514',
    'syslog: {lsiten: 5514}',
    'store: [a, b]',
    'http: 70000',
    'http: off',
    'syslog: {allow: [{net: 10.0.0.0/8}]}',
    'syslog: 514',
    'log: {level: loud}',
    'relp: {listen: 2514, tls: yes please}',
    'actions: drop',
    'actions: [{match: x, action: explode}]',
    'actions: [{match: "", action: drop}]',
    'mappings: [{name: A, format: csv, fields: {src_ip: from}}]',
    'mappings: [{name: a, format: xml, fields: {src_ip: from}}]',
    'mappings: [{name: a, format: csv, fields: {sorce_ip: from}}]',
    'mappings: [{name: a, format: csv, field: {src_ip: from}}]',
    '- a',
  ])('%s is wrong', (text) => {
    expect(taken(text)).toBe(false);
    expect(validate(parse(text))).toBe(false);
  });
});
