import type { Resolved } from '../config/resolve.js';
import { saveSettings } from '../sink/settings.js';
import { migrate } from '../store/migrate.js';
import { openStore } from '../store/open.js';
import type { StoreOptions } from '../store/options.js';
import { parseServerUrl } from '../store/server-url.js';
import type { Store } from '../store/store.js';

/**
 * Opens the store that the settings name and brings its schema up to date.
 * @throws StoreError with one sentence
 */
export async function openMigrated(settings: Resolved, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ url: serverUrl(settings), folder: settings.store, ...options });
  try {
    await migrate(store);
    // The data source hides own addresses by what is stored here; see event/class.ts for the other half.
    if (settings.origins.get('own') !== 'default')
      await saveSettings(store, { own_networks: JSON.stringify(settings.own) });
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * CLICKHOUSE_URL with CLICKHOUSE_PASSWORD put in; undefined for the embedded store.
 * @throws StoreError with one sentence for a URL that is none
 */
export function serverUrl({
  clickhouseUrl,
  clickhousePassword,
}: Pick<Resolved, 'clickhouseUrl' | 'clickhousePassword'>): string | undefined {
  if (clickhouseUrl.trim() === '') return undefined;
  parseServerUrl(clickhouseUrl);
  const url = new URL(clickhouseUrl.trim());
  if (url.password === '' && clickhousePassword !== '') url.password = encodeURIComponent(clickhousePassword);
  return url.href;
}
