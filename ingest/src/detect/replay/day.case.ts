import { COLUMNS } from '../../event/columns.js';
import { EmbeddedStore } from '../../store/embedded.js';
import { migrate } from '../../store/migrate.js';
import type { MigrateOptions } from '../../store/options.js';
import type { Store } from '../../store/store.js';
import { utcText } from '../../store/text.js';
import { Asker, FOR_A_PERSON } from '../ask.js';
import { DAY, rowsOf } from './probe.case.js';
import type { Columns, Probe } from './probe.case.js';
import { Random } from './random.case.js';

/** The day of all replays: 2026-11-22, UTC. */
export const REPLAY_DAY = Date.UTC(2026, 10, 22);

const NAMES = COLUMNS.map(({ name }) => name);
/** Rows an insert. */
const CHUNK = 50_000;

/** A store of its own with the whole schema; one a process. */
export async function replayStore(
  folder: string,
  options: MigrateOptions = {}
): Promise<{ store: Store; asker: Asker }> {
  const store = await EmbeddedStore.open(folder);
  await migrate(store, options);
  return { store, asker: new Asker(store, FOR_A_PERSON) };
}

export interface How {
  readonly seed?: number;
  readonly loss?: number;
  readonly columns?: Columns;
  /** What stamps are cut to, ms. */
  readonly step?: number;
}

/** Puts probes into the store as events, with their ledger rows. */
export async function putProbes(store: Store, probes: readonly Probe[], { seed = 1, ...how }: How = {}): Promise<void> {
  const random = new Random(seed);
  const sorted = [...probes].sort((a, b) => a.at - b.at);
  for (let at = 0; at < sorted.length; at += CHUNK) {
    const part = sorted.slice(at, at + CHUNK);
    const token = `${seed} ${at} ${part[0]?.at ?? 0} ${part.at(-1)?.at ?? 0} ${part[0]?.source ?? ''}`;
    await store.insert('fireplot.events', NAMES, rowsOf(part, random, how), token);
    const [first, last] = [part[0] as Probe, part.at(-1) as Probe];
    const ledger = [token, 'replay', utcText(first.at), utcText(last.at), part.length, 0].join('\t');
    const columns = ['token', 'input', 'min_time', 'max_time', 'rows', 'refused'];
    await store.insert('fireplot.batches', columns, Buffer.from(`${ledger}\n`), token);
  }
}

const TABLES = [
  'events',
  'first_hits',
  'sources',
  'batches',
  'scans',
  'spikes',
  'detections',
  'suppressions',
  'settings',
];

/** Takes away all that a replay left. */
export async function forget(store: Store): Promise<void> {
  for (const table of TABLES) await store.command(`TRUNCATE TABLE fireplot.${table}`);
}

export const replayRange = { from: REPLAY_DAY, to: REPLAY_DAY + DAY };
