import { UserError } from '../config/error.js';
import type { Resolved } from '../config/resolve.js';
import { readSecret } from '../config/secret.js';
import { saveSettings } from '../sink/settings.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import type { StoreOptions } from '../store/options.js';
import { parseServerUrl } from '../store/server-url.js';
import type { Store } from '../store/store.js';

/** Name of the setting that the data source reads: a JSON list of networks. */
export const OWN_NETWORKS = 'own_networks';

/**
 * Opens the store that the settings name, brings its schema up to date, and leaves there what the data source must
 * know of the settings.
 * @param warn told in one sentence what the user should know
 * @throws StoreError with one sentence
 */
export async function openMigrated(
  settings: Resolved,
  warn: (sentence: string) => void,
  options: Partial<StoreOptions> = {}
): Promise<Store> {
  const store = await openStore({ url: serverUrl(settings), folder: settings.store, ...options });
  try {
    await migrate(store);
    // Whoever only loads, and says nothing of own networks, changes nothing.
    if (options.own === true || settings.origins.get('own') !== 'default') await saveOwn(store, settings.own, warn);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function saveOwn(store: Store, own: readonly string[], warn: (sentence: string) => void): Promise<void> {
  const value = JSON.stringify(own);
  const [stored] = await store.query<{ value: string }>(
    'SELECT value FROM fireplot.settings FINAL WHERE name = {name:String}',
    { name: OWN_NETWORKS }
  );
  if (stored?.value === value) return;
  if (stored !== undefined) {
    warn(`The own networks were ${stored.value} and are ${value} now: events stored before keep the class they have.`);
  }
  await saveSettings(store, { [OWN_NETWORKS]: value });
}

/**
 * CLICKHOUSE_URL with the password put in; undefined for the embedded store.
 * @throws StoreError with one sentence for a URL that is none, UserError for a password that cannot be had
 */
export function serverUrl(
  settings: Pick<Resolved, 'clickhouseUrl' | 'clickhousePassword' | 'clickhousePasswordFile'>
): string | undefined {
  const { clickhouseUrl } = settings;
  if (clickhouseUrl.trim() === '') return undefined;
  parseServerUrl(clickhouseUrl);
  const url = new URL(clickhouseUrl.trim());
  const password = url.password === '' ? serverPassword(settings) : '';
  if (password !== '') url.password = encodeURIComponent(password);
  return url.href;
}

function serverPassword({
  clickhousePassword,
  clickhousePasswordFile: file,
}: Pick<Resolved, 'clickhousePassword' | 'clickhousePasswordFile'>): string {
  if (file === '') return clickhousePassword;
  if (clickhousePassword !== '') {
    throw new UserError(`clickhouse.password and clickhouse.password_file (${file}) are both given: keep one of them.`);
  }
  return readSecret('clickhouse.password_file', file);
}
