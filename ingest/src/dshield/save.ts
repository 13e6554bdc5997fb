import type { Validators } from '../intel/fetch/client.js';
import type { Store } from '../store/store.js';
import { tsvField } from '../store/text.js';
import type { Figures } from './figures.js';

const ROWS = 50_000;

/** Stores figures; a day of a port, a source or in all takes the place of what was there. @param at ms since the epoch */
export async function saveFigures(store: Store, { ports, sources, days }: Figures, at: number): Promise<void> {
  const byPort = ports.map(
    ({ port, day, records, targets, sources: from, tcpShare }) =>
      `${port}\t${day}\t${records}\t${targets}\t${from}\t${tcpShare ?? '\\N'}\t${at}\n`
  );
  await put(store, 'dshield_ports', ['port', 'day', 'records', 'targets', 'sources', 'tcp_share', 'at'], byPort, at);
  const bySource = sources.map(
    ({ day, address, reports, targets }) =>
      `${day}\t${address.includes(':') ? address : `::ffff:${address}`}\t${reports}\t${targets}\t${at}\n`
  );
  await put(store, 'dshield_sources', ['day', 'src_ip', 'reports', 'targets', 'at'], bySource, at);
  const inAll = days.map(
    ({ day, records, targets, sources: from }) => `${day}\t${records}\t${targets}\t${from}\t${at}\n`
  );
  await put(store, 'dshield_days', ['day', 'records', 'targets', 'sources', 'at'], inAll, at);
}

async function put(store: Store, table: string, columns: readonly string[], rows: string[], at: number): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS) {
    const part = Buffer.from(rows.slice(i, i + ROWS).join(''));
    await store.insert(`fireplot.${table}`, columns, part, `${table} ${at} ${i}`);
  }
}

/** What a server said of the version that was loaded from this URL; nothing for one that is new. */
export async function readValidators(store: Store, place: string): Promise<Validators> {
  const [row] = await store.query<{ etag: string; modified: string }>(
    'SELECT etag, modified FROM fireplot.dshield_loads FINAL WHERE place = {place:String}',
    { place }
  );
  return {
    ...(row === undefined || row.etag === '' ? {} : { etag: row.etag }),
    ...(row === undefined || row.modified === '' ? {} : { modified: row.modified }),
  };
}

/** Remembers that a document was loaded. */
export async function saveLoad(
  store: Store,
  place: string,
  figures: Figures,
  { etag = '', modified = '' }: Validators,
  at: number
): Promise<void> {
  const many = figures.ports.length + figures.sources.length + figures.days.length;
  const row = [tsvField(place), many, figures.bad, tsvField(etag), tsvField(modified), at].join('\t');
  const columns = ['place', 'figures', 'bad', 'etag', 'modified', 'at'];
  await store.insert('fireplot.dshield_loads', columns, Buffer.from(`${row}\n`), `load ${at} ${place}`);
}
