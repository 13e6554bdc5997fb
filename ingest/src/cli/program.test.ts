import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { runCommand } from './run.case.js';

let folder: { path: string; remove: () => void };
beforeAll(() => {
  folder = tempFolder('program');
  mkdirSync(path.join(folder.path, 'logs'));
  writeFileSync(path.join(folder.path, 'file'), 'x');
});
afterAll(() => folder.remove());

describe('a wrong command line ends with code 2 and one sentence', () => {
  test.each([
    [['lode'], "unknown command 'lode' (Did you mean load?): fireplot --help lists what there is."],
    [['load'], "missing required argument 'file': fireplot load --help lists what there is."],
    [
      ['load', '--stroe', 'x', 'y'],
      "unknown option '--stroe' (Did you mean --store?): fireplot load --help lists what there is.",
    ],
    [
      ['serve', 'x'],
      "too many arguments for 'serve'. Expected 0 arguments but got 1: fireplot serve --help lists what there is.",
    ],
    [
      ['serve', '--syslog'],
      "option '--syslog <[address:]port>' argument missing: fireplot serve --help lists what there is.",
    ],
    [['load', '--year', '1066', 'x'], '--year: "1066" is no number of a year: give one from 1970 to 2105.'],
    [['parse', '--timezone', 'Nowhere/Land'], '--timezone: "Nowhere/Land" is no time zone'],
    [
      ['serve', '--clickhouse-url', 'ftp://x'],
      "CLICKHOUSE_URL ftp://x/ is not http or https: use ClickHouse's HTTP port",
    ],
    [['migrate', '--clickhouse-url', 'nonsense'], 'CLICKHOUSE_URL is not a URL'],
    [['migrate', '--clickhouse-url', 'http://127.0.0.1:9'], 'does not answer'],
  ])('%j', async (argv, sentence) => {
    const ran = await runCommand(argv);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect(ran.stderr).toContain(sentence);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
  });

  test.each([
    ['a missing file', ['load', 'none.log'], 'none.log does not exist: check the path.'],
    ['a folder', ['load', '/tmp'], '/tmp is a folder: give the log files in it'],
    ['a missing file to parse', ['parse', 'none.log'], 'none.log does not exist: check the path.'],
  ])('%s', async (_, argv, sentence) => {
    const ran = await runCommand(argv);
    expect([ran.code, ran.stdout, ran.stderr]).toEqual([
      2,
      '',
      `fireplot: ${sentence}${ran.stderr.slice(`fireplot: ${sentence}`.length)}`,
    ]);
  });

  test('a store folder that is a file', async () => {
    const store = path.join(folder.path, 'file');
    const ran = await runCommand(['migrate', '--store', store]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(`cannot use ${store} as store folder`);
  });
});

describe('help', () => {
  test.each([
    [['--help']],
    [['serve', '--help']],
    [['load', '--help']],
    [['parse', '--help']],
    [['migrate', '--help']],
  ])('%j is on stdout', async (argv) => {
    const ran = await runCommand(argv);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/^Usage: fireplot/);
  });

  test('of a command names variables and defaults', async () => {
    const { stdout } = await runCommand(['serve', '--help']);
    expect(stdout.replace(/\s+/g, ' ')).toContain('folder of the embedded store (FIREPLOT_STORE; default: ./data)');
  });

  test('without a command is help too, and a mistake', async () => {
    const ran = await runCommand([]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/^Usage: fireplot/);
  });

  test('--version is the package’s', async () => {
    expect(await runCommand(['--version'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      stderr: '',
    });
  });
});

describe('serve --check', () => {
  test('prints every setting with where it comes from, and no secret', async () => {
    const file = path.join(folder.path, 'my.yaml');
    writeFileSync(file, 'syslog: {listen: "*:514"}\nactions: [{match: FW, action: drop}]\n');
    const env = {
      CLICKHOUSE_URL: 'http://writer:secret@127.0.0.1:1',
      CLICKHOUSE_PASSWORD: 'hush',
      FIREPLOT_HEALTH: 'off',
    };
    const ran = await runCommand(['serve', '--check', '--config', file, '--own', '203.0.113.0/24'], { env });
    expect([ran.code, ran.stderr]).toEqual([0, 'The settings are fine.\n']);
    expect(ran.stdout).not.toMatch(/secret|hush/);
    expect(ran.stdout).toContain('syslog.listen: "*:514"  # my.yaml: syslog.listen\n');
    expect(ran.stdout).toContain('networks.own: [ 203.0.113.0/24 ]  # --own\n');
    expect(ran.stdout).toContain('health: off  # FIREPLOT_HEALTH\n');
    expect(ran.stdout).toContain('# clickhouse.password: (hidden)  # CLICKHOUSE_PASSWORD\n');
    expect(ran.stdout).toContain('http: 8123  # default\n');
  });

  test('prints what serve reads back to the same settings', async () => {
    const first = await runCommand([
      'serve',
      '--check',
      '--syslog',
      '0.0.0.0:1',
      '--allow',
      '192.0.2.0/24',
      '--timezone',
      'Asia/Tokyo',
    ]);
    const file = path.join(folder.path, 'again.yaml');
    writeFileSync(file, first.stdout);
    const second = await runCommand(['serve', '--check', '--config', file]);
    const values = (text: string): string[] => text.split('\n').map((line) => line.split('  #')[0] ?? '');
    expect(second.code).toBe(0);
    expect(values(second.stdout)).toEqual(values(first.stdout));
  });
});
