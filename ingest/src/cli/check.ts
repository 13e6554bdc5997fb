import { stringify } from 'yaml';
import type { Resolved } from '../config/resolve.js';
import type { Setting } from '../config/setting.js';
import { SETTINGS } from '../config/settings.js';
import type { SettingName } from '../config/settings.js';
import { credentialOf, readKey } from '../intel/fetch/secret.js';
import { feedUrl, protocolOf } from '../intel/fetch/url.js';
import { networkInputs } from '../config/settings/network-inputs.js';
import { formatEndpoint } from '../input/endpoint.js';
import { Token } from '../input/http/token.js';
import { readCertificates } from '../input/tls/certificates.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { serverUrl } from './store.js';

/**
 * `fireplot serve --check`: the settings in force, as a config file that says the same, each with where it comes from.
 * Secrets are not shown. Certificates, tokens and passwords are read as `serve` reads them; nothing listens, and no
 * store is asked.
 * @throws UserError or StoreError with one sentence for what would end `serve` at its start
 */
export function checkCommand(settings: Resolved, io: Io): number {
  serverUrl(settings);
  checkInputs(settings);
  checkFeeds(settings, io);
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const setting = SETTINGS[name] as Setting<unknown>;
    if (setting.path !== undefined)
      io.stdout.write(`${line(setting.path, setting, settings[name])}  # ${settings.origins.get(name)}\n`);
  }
  if (settings.actions.length > 0) io.stdout.write(stringify({ actions: settings.actions }));
  if (settings.mappings.length > 0)
    io.stdout.write(`# mappings: ${settings.mappings.map(({ name }) => name).join(', ')}\n`);
  if (settings.feeds.length > 0)
    io.stdout.write(`# intel.feeds: ${settings.feeds.map(({ name }) => name).join(', ')}\n`);
  say(io, 'The settings are fine.');
  return EXIT_OK;
}

function checkInputs(settings: Resolved): void {
  const { tls, relp, http } = networkInputs(settings);
  for (const input of [tls, relp, http]) if (input?.files !== undefined) readCertificates(input.files);
  if (http !== undefined) void new Token(http.token, http.tokenFile);
}

/** Keys are read; nobody is asked for a feed. */
function checkFeeds({ feeds }: Resolved, { env }: Io): void {
  for (const { place, format, options } of feeds) {
    if (options.key === undefined) continue;
    const url = feedUrl(place);
    credentialOf(url, protocolOf(format, url), readKey(options.key, env), options.auth);
  }
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
