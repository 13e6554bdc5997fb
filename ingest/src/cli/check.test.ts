import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { runCommand } from './run.case.js';
import type { Ran } from './run.case.js';

let folder: { path: string; remove: () => void };
beforeAll(() => {
  folder = tempFolder('check');
  for (const [name, text] of Object.entries({ token: 'abc\n', empty: '', 'no.pem': 'not PEM' }))
    writeFileSync(path.join(folder.path, name), text);
});
afterAll(() => folder.remove());

const check = (config: string, env: Record<string, string> = {}): Promise<Ran> => {
  const file = path.join(folder.path, 'fireplot.yaml');
  writeFileSync(file, config);
  return runCommand(['serve', '--check', '--config', file], { env, cwd: folder.path });
};

/** Beyond what cli/program.test.ts holds of the settings themselves. */
describe('serve --check', () => {
  test('makes nothing: no store, no spool, no port', async () => {
    const before = readdirSync(folder.path);
    const ran = await check('store: ./nowhere\n');
    expect([ran.code, ran.stderr]).toEqual([0, 'The settings are fine.\n']);
    expect(readdirSync(folder.path).filter((name) => name !== 'fireplot.yaml')).toEqual(before);
  });

  test('names the credential that a secret is taken from, and not the secret', async () => {
    const creds = path.join(folder.path, 'creds');
    mkdirSync(creds);
    writeFileSync(path.join(creds, 'http-token'), 'hush-hush\n');
    const ran = await check('http_input: {listen: "*:8088"}', { CREDENTIALS_DIRECTORY: creds });
    expect([ran.code, ran.stderr]).toEqual([0, 'The settings are fine.\n']);
    expect(ran.stdout).toContain(`http_input.token_file: ${creds}/http-token  # credential http-token\n`);
    expect(ran.stdout).not.toContain('hush-hush');
  });

  test.each([
    ['clickhouse: {url: "http://u@db", password_file: gone}', 'clickhouse.password_file: '],
    ['tls: {listen: 6514}', 'tls.listen needs a certificate'],
    ['tls: {listen: 6514, cert: gone.pem, key: gone.key}', 'gone.pem does not exist'],
    ['tls: {listen: 6514, cert: no.pem, key: no.pem}', 'holds no usable PEM certificate or key'],
    ['http_input: {listen: "*:8088"}', 'others could write events'],
    ['http_input: {listen: 8088, token_file: empty}', 'must hold the token alone'],
    ['http_input: {listen: 8088, token_file: token, token: x}', 'are both given'],
    ['read: {dialect: "mapping:acme"}', 'fireplot.yaml: read.dialect: "mapping:acme" is none of'],
    ['log: {level: loud}', 'fireplot.yaml: log.level: "loud" is not known'],
  ])('ends with code 2 and one sentence on %s', async (config, sentence) => {
    const ran = await check(config);
    expect(ran.stderr).toContain(sentence);
    expect(ran.stderr.trim().split('\n')).toHaveLength(1);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
  });
});
