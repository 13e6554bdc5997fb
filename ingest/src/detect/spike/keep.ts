import type { OriginOf } from '../../enrich/origin.js';
import { paramText } from '../../store/params.js';
import type { Store } from '../../store/store.js';
import { tsvField, utcText } from '../../store/text.js';
import type { Asker } from '../ask.js';
import type { Range } from '../finding.js';
import { digest } from '../identity.js';
import type { Spike } from './spike.js';
import { MOST_TAKEN_OFF, spikes, TAKEN_OFF } from './spikes.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Brings `fireplot.spikes` up to a range: the 24 hours up to its end, and each earlier day it holds.
 * @returns rows written
 */
export async function keepSpikes(
  store: Store,
  asker: Asker,
  range: Range,
  version: number,
  originOf?: OriginOf
): Promise<number> {
  let written = 0;
  for (const to of endsOf(range)) {
    const exclude = await askTakenOff(asker, { from: to - DAY_MS, to });
    written += await saveSpikes(store, await spikes(asker, to, exclude, originOf), version);
  }
  return written;
}

/** Ends of the 24 hours to look at: midnights within the range, and the whole hour behind its end. Pure. */
export function endsOf({ from, to }: Range): number[] {
  const ends: number[] = [];
  for (let day = Math.floor(from / DAY_MS) * DAY_MS + DAY_MS; day < to; day += DAY_MS) ends.push(day);
  ends.push(Math.ceil(to / HOUR_MS) * HOUR_MS);
  return ends;
}

/** Sources of stored scans in a range that spikes are cleaned of. */
export async function askTakenOff(asker: Asker, range: Range): Promise<string[]> {
  const rows = await asker.query<{ source: string }>(
    `SELECT arrayJoin(sources) AS source FROM fireplot.scans FINAL
     WHERE day BETWEEN toDate({from:DateTime64(3, 'UTC')}) - 7 AND toDate({to:DateTime64(3, 'UTC')})
       AND start < {to:DateTime64(3, 'UTC')} AND \`end\` >= {from:DateTime64(3, 'UTC')}
       AND superseded_by = '' AND kind IN {kinds:Array(String)}
     GROUP BY source ORDER BY max(events) DESC LIMIT {most:UInt32}`,
    { from: new Date(range.from), to: new Date(range.to), most: MOST_TAKEN_OFF, kinds: [...TAKEN_OFF] }
  );
  return rows.map(({ source }) => source);
}

const COLUMNS = [
  ...['day', 'id', 'version', 'port', 'proto', 'window_hours', 'sources', 'events', 'targets', 'baseline', 'q', 'z'],
  ...['onset', 'dshield_trend', 'history_days', 'countries', 'networks', 'source_list', 'start', 'end', 'score'],
  ...['severity', 'magnitude', 'ongoing', 'known', 'evidence'],
] as const;

async function saveSpikes(store: Store, found: readonly Spike[], version: number): Promise<number> {
  if (found.length === 0) return 0;
  const rows = Buffer.from(found.map((spike) => `${rowOf(spike, version)}\n`).join(''));
  await store.insert('fireplot.spikes', COLUMNS, rows, `spikes ${version} ${digest([rows.toString()])}`);
  return found.length;
}

function rowOf(spike: Spike, version: number): string {
  const orNull = (value: number | null): string => (value === null ? '\\N' : String(value));
  return [
    utcText(spike.day).slice(0, 10),
    spike.id,
    version,
    spike.port,
    tsvField(spike.proto),
    spike.windowHours,
    spike.sources,
    spike.events,
    spike.targets,
    orNull(spike.baseline),
    orNull(spike.q),
    orNull(spike.z),
    spike.onset === null ? '\\N' : utcText(spike.onset),
    orNull(spike.dshieldTrend),
    spike.historyDays,
    `[${spike.countries.map(([country, n]) => `(${paramText([country]).slice(1, -1)},${n})`).join(',')}]`,
    `[${spike.networks.map(([asn, n]) => `(${asn},${n})`).join(',')}]`,
    paramText([...spike.sourceList]),
    utcText(spike.start),
    utcText(spike.end),
    spike.score,
    spike.severity,
    spike.magnitude,
    spike.ongoing ? 1 : 0,
    tsvField(spike.known),
    tsvField(JSON.stringify(spike.evidence)),
  ].join('\t');
}
