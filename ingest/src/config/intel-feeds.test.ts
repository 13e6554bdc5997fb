import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runCommand } from '../cli/run.case.js';
import { tempFolder } from '../store/fixture.case.js';
import { readIntelFeeds } from './intel-feeds.js';
import { intelFeedsSchema } from './schema/intel-feeds.js';

const validate = new Ajv({ allowUnionTypes: true }).compile(intelFeedsSchema());
const FILE = '/etc/fireplot/fireplot.yaml';
const read = (text: string) => readIntelFeeds(FILE, parse(text));

let folder: { path: string; remove: () => void };
beforeAll(() => void (folder = tempFolder('intel-feeds-config')));
afterAll(() => folder.remove());

describe('intel.feeds', () => {
  test('names a well-known source, a URL, or a file beside the config', () => {
    expect(read('[{source: spamhaus-drop}, {source: lists/a.txt, format: plain, every: 1h}]')).toEqual([
      {
        ...{
          name: 'spamhaus-drop',
          format: 'spamhaus',
          place: 'https://www.spamhaus.org/drop/drop_v4.json',
          score: 90,
        },
        options: { minutes: 24 * 60 },
      },
      { name: 'a', format: 'plain', place: '/etc/fireplot/lists/a.txt', score: 50, options: { minutes: 60 } },
    ]);
    const [keyed] = read(
      '[{source: "https://feeds.example/x.csv", format: csv, map: indicator=2, key_file: k, auth: basic}]'
    );
    expect(keyed?.options).toEqual({
      map: 'indicator=2',
      key: { file: '/etc/fireplot/k' },
      auth: 'basic',
      minutes: 1_440,
    });
  });

  test('of the example file are as the program and the schema have them', () => {
    const text = readFileSync(fileURLToPath(new URL('../../fireplot.example.yaml', import.meta.url)), 'utf8');
    const outlined = text
      .split('\n')
      .filter((line) => /^ {2}# {2,}/.test(line))
      .map((line) => line.slice(3));
    const feeds: unknown = parse(outlined.join('\n'));
    expect(readIntelFeeds(FILE, feeds).map(({ name }) => name)).toEqual(['spamhaus-drop', 'otx', 'partner']);
    expect(validate(feeds), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    ['{source: a}', 'takes a list'],
    ['[a]', '[0] takes source'],
    ['[{sauce: a}]', '[0].sauce is not a setting'],
    ['[{format: plain}]', '[0].source must be'],
    ['[{source: otx}]', 'gives nothing without a key'],
    ['[{source: a, format: nonsense}]', 'is no format'],
    ['[{source: a, format: plain, every: 1y}]', 'no interval'],
    ['[{source: a, format: plain, score: 101}]', 'no score'],
    ['[{source: a, format: plain, skip_reserved: perhaps}]', '.skip_reserved takes true or false'],
    ['[{source: "https://u:geheim@feeds.example/", format: plain}]', '--key-file'],
    ['[{source: feodo}, {source: feodo}]', '[1] has the name of another'],
    ['[{source: otx, key_file: a, key_env: b}]', 'more than one place'],
  ])('%s is refused with its place', (text, words) => {
    expect(() => read(text)).toThrow(words);
    expect(() => read(text)).toThrow(/^\/etc\/fireplot\/fireplot\.yaml: intel\.feeds/);
    expect(() => read(text)).not.toThrow('geheim');
  });

  test('are checked by serve --check, keys too, and nobody is asked', async () => {
    const config = path.join(folder.path, 'fireplot.yaml');
    writeFileSync(config, 'intel: {feeds: [{source: otx, key_file: otx.key}, {source: feodo}]}\n');
    const check = () => runCommand(['serve', '--check', '--config', config], { cwd: folder.path });
    expect(await check()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('otx.key does not exist') as string,
    });
    writeFileSync(path.join(folder.path, 'otx.key'), 'geheim\n');
    const fine = await check();
    expect([fine.code, fine.stdout]).toEqual([0, expect.stringContaining('# intel.feeds: otx, feodo\n')]);
    expect(fine.stdout + fine.stderr).not.toContain('geheim');
  });
});
