import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ActionRule } from '../dialect/index.js';
import { PREFIX, type Mapping } from '../dialect/mapping/mapping.js';
import type { Plan } from '../intel/plan.js';
import { UserError } from './error.js';
import { readConfigFile } from './file.js';
import type { ConfigFile } from './file.js';
import { optionName } from './setting.js';
import type { Setting } from './setting.js';
import { SETTINGS } from './settings.js';
import type { SettingName, Settings } from './settings.js';

export interface Resolved extends Settings {
  readonly actions: readonly ActionRule[];
  readonly mappings: readonly Mapping[];
  /** Feeds of threat intelligence that `serve` asks for. */
  readonly feeds: readonly Plan[];
  /** Where each value comes from, in words: `--store`, `FIREPLOT_STORE`, `fireplot.yaml`, `default`. */
  readonly origins: ReadonlyMap<SettingName, string>;
}

export interface Givens {
  /** Options by commander's names; a list's values as an array. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which fireplot.yaml is looked for, and to which its absence is no error. */
  readonly cwd: string;
}

const DEFAULT_FILES = ['fireplot.yaml', 'fireplot.yml', 'fireplot.json'];

/**
 * Settles every setting: option, variable, config file, systemd credential, default.
 * @throws UserError that names where the wrong value stands
 */
export function resolveSettings({ options, env, cwd }: Givens): Resolved {
  const origins = new Map<SettingName, string>();
  const named = lookUp(SETTINGS.config, options, env, undefined, cwd);
  const fileName =
    named?.texts[0] ?? DEFAULT_FILES.map((name) => path.join(cwd, name)).find((name) => existsSync(name));
  const file = fileName === undefined ? undefined : readConfigFile(fileName, knownPaths());
  const settings: Record<string, unknown> = {};
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const setting = SETTINGS[name] as Setting<unknown>;
    const found = lookUp(setting, options, env, file, cwd);
    origins.set(name, found?.origin ?? 'default');
    const value = found === undefined ? setting.fallback() : parsed(setting, found);
    settings[name] = setting.folder ? resolved(cwd, value) : value;
  }
  const mappings = file?.mappings ?? [];
  checkMapped(String(settings.dialect), mappings, origins.get('dialect') ?? '');
  // The loop above has filled every name of Settings with what its own `parse` or `fallback` returned.
  return {
    ...(settings as unknown as Settings),
    actions: file?.actions ?? [],
    mappings,
    feeds: file?.feeds ?? [],
    origins,
  };
}

/** A dialect that only the config file makes must be in it. */
function checkMapped(dialect: string, mappings: readonly Mapping[], origin: string): void {
  if (!dialect.startsWith(PREFIX) || mappings.some(({ name }) => PREFIX + name === dialect)) return;
  const names = mappings.map(({ name }) => PREFIX + name);
  const known = names.length === 0 ? 'there are none' : `give one of ${names.join(', ')}`;
  throw new UserError(`${origin}: "${dialect}" is none of the config file's mappings: ${known}.`);
}

/** Paths as absolute ones; '' is none. */
function resolved(cwd: string, value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map((each) => resolved(cwd, each));
  return value === '' ? '' : path.resolve(cwd, String(value));
}

interface Found {
  readonly texts: readonly string[];
  readonly origin: string;
}

function lookUp(
  setting: Setting<unknown>,
  options: Givens['options'],
  env: Givens['env'],
  file: ConfigFile | undefined,
  cwd: string
): Found | undefined {
  const option = setting.flags === undefined ? undefined : options[optionName(setting.flags)];
  if (option !== undefined) {
    return { texts: [option].flat().map(String), origin: setting.flags?.split(' ')[0] ?? '' };
  }
  const variable = setting.variable === undefined ? undefined : env[setting.variable];
  if (variable !== undefined && variable !== '') {
    const texts = setting.list
      ? variable
          .split(',')
          .map((text) => text.trim())
          .filter(Boolean)
      : [variable];
    return { texts, origin: setting.variable ?? '' };
  }
  const texts = setting.path === undefined ? undefined : file?.values.get(setting.path);
  // An empty path in the file, as the example has it, says nothing.
  if (texts === undefined || file === undefined || (setting.credential && texts.join('') === '')) {
    return credential(setting, env);
  }
  const folder = path.resolve(cwd, path.dirname(file.name));
  return {
    texts: setting.folder ? texts.map((text) => (text === '' ? '' : path.resolve(folder, text))) : texts,
    origin: `${path.basename(file.name)}: ${setting.path}`,
  };
}

/** What systemd's LoadCredential= has put there for us. */
function credential(setting: Setting<unknown>, env: Givens['env']): Found | undefined {
  const folder = env.CREDENTIALS_DIRECTORY;
  if (setting.credential === undefined || folder === undefined || folder === '') return undefined;
  const file = path.join(folder, setting.credential);
  return existsSync(file) ? { texts: [file], origin: `credential ${setting.credential}` } : undefined;
}

function parsed(setting: Setting<unknown>, { texts, origin }: Found): unknown {
  try {
    return setting.parse(texts);
  } catch (cause) {
    throw new UserError(`${origin}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function knownPaths(): Map<string, { list: boolean }> {
  const known = new Map<string, { list: boolean }>();
  for (const setting of Object.values(SETTINGS) as Setting<unknown>[]) {
    if (setting.path !== undefined) known.set(setting.path, { list: setting.list === true });
  }
  return known;
}
