import type { Resolved } from '../config/resolve.js';
import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import { findAll } from '../detect/detect.js';
import { askRange } from '../detect/range.js';
import { spikeJson } from '../detect/spike/json.js';
import { endsOf } from '../detect/spike/keep.js';
import type { Spike } from '../detect/spike/spike.js';
import { spikes, takenOff } from '../detect/spike/spikes.js';
import type { DetectOptions } from './detect.js';
import { openOrigins } from '../enrich/database.js';
import { EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

const DAY_MS = 86_400_000;

/** `fireplot spikes`: ports that more sources than usual touched, computed now; a day's are those of its 24 hours. */
export async function spikesCommand(settings: Resolved, options: DetectOptions, io: Io): Promise<number> {
  io.takeStdin(false);
  const originOf = openOrigins(settings.geoip);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const asker = new Asker(store, FOR_A_PERSON);
    const range = await askRange(asker, options.from, options.to);
    const found = new Map<string, Spike>();
    for (const to of endsOf(range)) {
      const day = { from: to - DAY_MS, to };
      const { standing } = await findAll(asker, day, { sources: [], wide: false, hourly: false });
      for (const spike of await spikes(asker, to, takenOff(standing), originOf)) found.set(spike.id, spike);
    }
    for (const spike of found.values()) {
      io.stdout.write(`${options.json === true ? JSON.stringify(spikeJson(spike)) : line(spike)}\n`);
    }
    const short = [...found.values()].some(({ baseline }) => baseline === null);
    say(io, `${found.size} spikes.${short ? ' There are less than 7 days of history: they only inform.' : ''}`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

/** One spike for a person. */
function line({ port, proto, sources, windowHours, baseline, q, onset, severity }: Spike): string {
  const usual = baseline === null ? 'no baseline' : `usually ${baseline}, q ${q ?? 1}`;
  const since = onset === null ? '' : `  since ${new Date(onset).toISOString().slice(0, 16).replace('T', ' ')}`;
  return `${`${proto}/${port}`.padEnd(10)}  ${severity.padEnd(6)}  ${sources} sources in ${windowHours} h  ${usual}${since}`;
}
