import { stringify } from 'yaml';
import type { Resolved } from '../config/resolve.js';
import type { Setting } from '../config/setting.js';
import { SETTINGS } from '../config/settings.js';
import type { SettingName } from '../config/settings.js';
import { formatEndpoint } from '../input/endpoint.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { serverUrl } from './store.js';

/**
 * `fireplot serve --check`: the settings in force, as a config file that says the same, each with where it comes from.
 * Secrets are not shown.
 * @throws StoreError for a URL that is none
 */
export function checkCommand(settings: Resolved, io: Io): number {
  serverUrl(settings);
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const setting = SETTINGS[name] as Setting<unknown>;
    if (setting.path !== undefined)
      io.stdout.write(`${line(setting.path, setting, settings[name])}  # ${settings.origins.get(name)}\n`);
  }
  if (settings.actions.length > 0) io.stdout.write(stringify({ actions: settings.actions }));
  if (settings.mappings.length > 0)
    io.stdout.write(`# mappings: ${settings.mappings.map(({ name }) => name).join(', ')}\n`);
  say(io, 'The settings are fine.');
  return EXIT_OK;
}

function line(path: string, setting: Setting<unknown>, value: unknown): string {
  if (setting.secret) return `# ${path}: ${value === '' ? 'none' : '(hidden)'}`;
  if (value === undefined && !setting.offable) return `# ${path}: ${setting.fallbackWords ?? 'none'}`;
  return `${path}: ${stringify(shown(value), { collectionStyle: 'flow' }).trim()}`;
}

function shown(value: unknown): unknown {
  if (value === undefined) return 'off';
  if (typeof value !== 'object' || value === null || !('port' in value)) return value;
  const { host, port } = value as { host: string | undefined; port: number };
  return host === undefined ? port : formatEndpoint({ host, port });
}
