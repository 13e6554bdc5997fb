import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { resolveSettings } from './resolve.js';
import type { Setting } from './setting.js';
import { SETTINGS } from './settings.js';
import type { SettingName } from './settings.js';

const EXAMPLE = fileURLToPath(new URL('../../fireplot.example.yaml', import.meta.url));

/** Settings by name without what says where they come from; the store's folder is beside the file. */
function resolved(options: Record<string, unknown>): Record<string, unknown> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const settings: Record<string, unknown> = { ...resolveSettings({ options, env: {}, cwd }) };
  for (const name of ['origins', 'config']) delete settings[name];
  return settings;
}

test('the example file says what is so by default', () => {
  expect(resolved({ config: EXAMPLE })).toEqual(resolved({}));
});

test('the example file names every setting that a file may hold', () => {
  const text = readFileSync(EXAMPLE, 'utf8');
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const { path } = SETTINGS[name] as Setting<unknown>;
    if (path !== undefined) expect(text, path).toMatch(new RegExp(`^ *(?:# )?${path.split('.').at(-1)}:`, 'm'));
  }
});
