import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../config/error.js';
import { resolveSettings } from '../config/resolve.js';
import { tempFolder } from '../store/fixture.case.js';
import { serverUrl } from './store.js';

let folder: { path: string; remove: () => void };
beforeEach(() => void (folder = tempFolder('password')));
afterEach(() => folder.remove());

function file(name: string, text: string): string {
  const full = path.join(folder.path, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

/** The URL of the server that these variables lead to. */
const urlOf = (env: Record<string, string>, config = ''): string | undefined => {
  file('fireplot.yaml', config);
  const variables = { CLICKHOUSE_URL: 'http://ingest@db:8123', ...env };
  return serverUrl(resolveSettings({ options: {}, env: variables, cwd: folder.path }));
};

describe("the server's password", () => {
  test('may stand in a file, without its line end', () => {
    expect(urlOf({ CLICKHOUSE_PASSWORD_FILE: file('secret', 'p@ss word \n') })).toBe(
      'http://ingest:p%40ss%20word%20@db:8123/'
    );
  });

  test('may stand in a file that the config file names, relative to it', () => {
    file('secrets/db', 'hunter2');
    expect(urlOf({}, 'clickhouse: {password_file: secrets/db}')).toBe('http://ingest:hunter2@db:8123/');
  });

  test('is taken from the systemd credential clickhouse-password when nothing else names one', () => {
    file('creds/clickhouse-password', 'from-systemd\n');
    const env = { CREDENTIALS_DIRECTORY: path.join(folder.path, 'creds') };
    expect(urlOf(env, "clickhouse: {password_file: ''}")).toBe('http://ingest:from-systemd@db:8123/');
    file('other', 'from-file');
    expect(urlOf(env, 'clickhouse: {password_file: other}')).toBe('http://ingest:from-file@db:8123/');
  });

  test('is none where there is no such credential', () => {
    expect(urlOf({ CREDENTIALS_DIRECTORY: folder.path })).toBe('http://ingest@db:8123/');
  });

  test('of the URL itself wins', () => {
    const CLICKHOUSE_URL = 'http://ingest:inside@db:8123';
    expect(urlOf({ CLICKHOUSE_URL, CLICKHOUSE_PASSWORD_FILE: file('s', 'x') })).toBe('http://ingest:inside@db:8123/');
  });

  test.each([
    ['is not there', { CLICKHOUSE_PASSWORD_FILE: 'gone' }, /^clickhouse\.password_file: \/.*gone does not exist: /],
    ['is empty', { CLICKHOUSE_PASSWORD_FILE: 'empty' }, /empty is empty: write the secret into it\.$/],
    ['is a folder', { CLICKHOUSE_PASSWORD_FILE: '.' }, /cannot be read \(EISDIR\)/],
    ['comes with a password', { CLICKHOUSE_PASSWORD_FILE: 'full', CLICKHOUSE_PASSWORD: 'x' }, /keep one of them\.$/],
  ])('in a file that %s ends it with one sentence, which does not tell it', (_, env, sentence) => {
    file('empty', '\n');
    file('full', 'hunter2');
    expect(() => urlOf(env)).toThrow(UserError);
    expect(() => urlOf(env)).toThrow(sentence);
    expect(() => urlOf(env)).not.toThrow(/hunter2/);
  });
});
