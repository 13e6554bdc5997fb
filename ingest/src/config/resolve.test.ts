import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { UserError } from './error.js';
import { resolveSettings } from './resolve.js';
import type { Givens, Resolved } from './resolve.js';

let folder: { path: string; remove: () => void };
beforeEach(() => void (folder = tempFolder('config')));
afterEach(() => folder.remove());

const resolve = (givens: Partial<Givens> = {}): Resolved =>
  resolveSettings({ options: {}, env: {}, cwd: folder.path, ...givens });

function config(text: string, name = 'fireplot.yaml'): string {
  const file = path.join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

/** The one sentence a wrong setting is answered with. */
function complaint(givens: Partial<Givens> = {}): string {
  try {
    resolve(givens);
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  }
  throw new Error('nothing was wrong');
}

describe('resolveSettings', () => {
  test('has a default for everything', () => {
    expect(resolve()).toMatchObject({
      store: path.join(folder.path, 'data'),
      clickhouseUrl: '',
      syslog: { host: undefined, port: 5514 },
      listen: '127.0.0.1',
      allow: [],
      http: 8123,
      health: { host: '127.0.0.1', port: 9464 },
      dialect: 'auto',
      timezone: 'UTC',
      year: undefined,
      lineLimit: 8192,
      own: [],
      actions: [],
    });
  });

  test('takes an option before a variable before the file before the default', () => {
    config('store: from-file\nhttp: 1111\nhealth: 2222\n');
    const settings = resolve({
      options: { store: 'from-option' },
      env: { FIREPLOT_STORE: 'from-variable', FIREPLOT_HTTP: '3333' },
    });
    expect(settings).toMatchObject({
      store: path.join(folder.path, 'from-option'),
      http: 3333,
      health: { port: 2222 },
      spoolMegabytes: 1024,
    });
    expect(['store', 'http', 'health', 'spoolMegabytes'].map((name) => settings.origins.get(name as 'store'))).toEqual([
      '--store',
      'FIREPLOT_HTTP',
      'fireplot.yaml: health',
      'default',
    ]);
  });

  test('reads lists from a repeated option, a variable with commas, a list in the file', () => {
    config('networks: {own: [203.0.113.0/24, 2001:db8::/32]}\n');
    expect(resolve().own).toEqual(['203.0.113.0/24', '2001:db8::/32']);
    expect(resolve({ env: { FIREPLOT_OWN: '10.0.0.0/8, 192.0.2.1' } }).own).toEqual(['10.0.0.0/8', '192.0.2.1']);
    expect(resolve({ options: { own: ['192.0.2.0/24'] } }).own).toEqual(['192.0.2.0/24']);
  });

  test('reads a whole file, JSON too, and puts folders beside it', () => {
    config(
      JSON.stringify({
        store: 'here',
        syslog: { listen: '0.0.0.0:514', allow: ['192.0.2.0/24'], max_connections: 5, idle_seconds: 60 },
        read: { dialect: 'mikrotik', timezone: 'Europe/Oslo', year: 2025, line_limit: 2048 },
        actions: [{ match: 'FW-A', action: 'drop' }],
        health: false,
      }),
      'fireplot.json'
    );
    expect(resolve()).toMatchObject({
      store: path.join(folder.path, 'here'),
      syslog: { host: '0.0.0.0', port: 514 },
      allow: ['192.0.2.0/24'],
      maxConnections: 5,
      idleSeconds: 60,
      dialect: 'mikrotik',
      timezone: 'Europe/Oslo',
      year: 2025,
      lineLimit: 2048,
      actions: [{ match: 'FW-A', action: 'drop' }],
      health: undefined,
    });
  });

  test('turns syslog and health off', () => {
    expect(resolve({ env: { FIREPLOT_SYSLOG: 'off', FIREPLOT_HEALTH: 'off' } })).toMatchObject({
      syslog: undefined,
      health: undefined,
    });
  });

  test('takes an empty file, and an empty variable for none', () => {
    config('');
    expect(resolve({ env: { FIREPLOT_HTTP: '' } }).http).toBe(8123);
  });

  test.each([
    [
      { options: { syslog: 'abc' } },
      '--syslog: "abc" is no place to listen: give PORT or ADDRESS:PORT, for example 5514 or 127.0.0.1:5514.',
    ],
    [{ options: { syslog: '70000' } }, '--syslog: "70000" is no place to listen'],
    [{ options: { listen: 'router' } }, '--listen: "router" is no address to listen on'],
    [{ options: { http: '8123x' } }, '--http: "8123x" is no number of a port: give one from 0 to 65535.'],
    [{ options: { timezone: 'Mars' } }, '--timezone: "Mars" is no time zone'],
    [{ options: { year: '26' } }, '--year: "26" is no number of a year: give one from 1970 to 2105.'],
    [{ options: { dialect: 'klingon' } }, '--dialect: "klingon" is no dialect: give one of auto, '],
    [{ options: { allow: ['10.0.0.0/8', 'home'] } }, '--allow: "home" is no network'],
    [{ options: { own: ['10.0.0.0/99'] } }, '--own: "10.0.0.0/99" is no network'],
    [{ options: { lineLimit: '1' } }, '--line-limit: "1" is no number of bytes'],
    [{ env: { FIREPLOT_HEALTH: 'x' } }, 'FIREPLOT_HEALTH: "x" is no place to listen'],
    [
      { env: { FIREPLOT_LOG_LEVEL: 'loud' } },
      'FIREPLOT_LOG_LEVEL: "loud" is not known: give one of debug, info, warn, error.',
    ],
    [
      { options: { config: 'none.yaml' } },
      'The config file none.yaml does not exist: check --config and FIREPLOT_CONFIG.',
    ],
  ])('answers %j with one sentence', (givens, sentence) => {
    expect(complaint(givens)).toContain(sentence);
  });

  test.each([
    [
      'syslog: {lsiten: 5514}',
      'syslog.lsiten is not a setting: syslog takes listen, address, allow, max_connections, idle_seconds, max_per_sender, rate_limit.',
    ],
    ['ports: 5514', 'ports is not a setting: the file takes store, clickhouse, syslog, '],
    ['- a\n- b', 'the whole is not a setting: the file takes store, '],
    ['syslog: {allow: [{net: 10.0.0.0/8}]}', 'syslog.allow takes a list of texts, not {"net":"10.0.0.0/8"}.'],
    ['store: [a, b]', 'store takes one value, not a list.'],
    ['http: 70000', 'fireplot.yaml: http: "70000" is no number of a port'],
    [
      'actions: drop',
      'each item of actions must be {match: words of a log prefix, action: unknown | allow | drop | reject | alert}.',
    ],
    ['actions: [{match: x, action: explode}]', 'actions[0] must be {match: words of a log prefix'],
    ['actions: [{match: "", action: drop}]', 'actions[0] must be {match: words of a log prefix'],
    ['store: "a', 'is neither YAML nor JSON: '],
  ])('answers the file %j with one sentence', (text, sentence) => {
    config(text);
    expect(complaint()).toContain(sentence);
    expect(complaint()).toContain('fireplot.yaml');
    expect(complaint()).not.toContain('\n');
  });
});
