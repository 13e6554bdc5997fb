import { StoreError } from './error.js';
import type { ServerAddress } from './server.js';

const FORM = 'http[s]://user:password@host:port';

/**
 * Reads `CLICKHOUSE_URL`. The database is always `fireplot`: a path that names it is fine, any other is refused.
 *
 * @throws StoreError kind `url`; its sentence shows the URL without its password
 */
export function parseServerUrl(text: string): ServerAddress {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    // What cannot be parsed cannot be stripped of its password either: it is not repeated.
    throw new StoreError('url', `CLICKHOUSE_URL is not a URL: give it as ${FORM}`);
  }
  const shown = `${url.protocol}//${url.host}${url.pathname}`;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new StoreError('url', `CLICKHOUSE_URL ${shown} is not http or https: use ClickHouse's HTTP port, ${FORM}`);
  }
  if (!['/', '', '/fireplot', '/fireplot/'].includes(url.pathname)) {
    throw new StoreError(
      'url',
      `CLICKHOUSE_URL ${shown} names a path: the database is always fireplot, give it as ${FORM}`
    );
  }
  if (url.search || url.hash) {
    throw new StoreError(
      'url',
      `CLICKHOUSE_URL ${shown} has options behind ? or #, which are not known: give it as ${FORM}`
    );
  }
  const user = decode(url.username) || 'default';
  return { url: `${url.protocol}//${url.host}`, user, password: decode(url.password) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
