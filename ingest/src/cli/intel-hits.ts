import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import { askRange } from '../detect/range.js';
import { plainAddress } from '../detect/words.js';
import type { Resolved } from '../config/resolve.js';
import { EXIT_OK, printable, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of `fireplot intel hits` that are no settings. */
export interface HitsOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
}

interface Row {
  readonly src_ip: string;
  readonly events: number;
  readonly first: string;
  readonly last: string;
  readonly ports: number;
  readonly port_list: readonly number[];
  readonly score: number;
  readonly feeds: readonly string[];
  readonly tags: readonly string[];
}

/** `fireplot intel hits`: who on our lists knocked, most events first. Hours are counted whole. */
export async function hitsCommand(settings: Resolved, options: HitsOptions, io: Io): Promise<number> {
  io.takeStdin(false);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const asker = new Asker(store, FOR_A_PERSON);
    const range = await askRange(asker, options.from, options.to);
    const rows = await asker.view<Row>('hits', { from: new Date(range.from), to: new Date(range.to) });
    for (const row of rows) {
      const hit = { ...row, src_ip: plainAddress(row.src_ip), first: iso(row.first), last: iso(row.last) };
      io.stdout.write(options.json === true ? `${JSON.stringify(hit)}\n` : `${printable(line(hit))}\n`);
    }
    const between = `between ${new Date(range.from).toISOString()} and ${new Date(range.to).toISOString()}`;
    say(io, `${rows.length} listed sources knocked ${between}.`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

const iso = (time: string): string => `${time.replace(' ', 'T')}Z`;

function line({ src_ip, events, first, last, ports, port_list, score, feeds }: Row): string {
  const touched = ports > 8 ? `${ports} ports` : `port ${port_list.join(',')}`;
  const when = `${first.slice(0, 16).replace('T', ' ')} to ${last.slice(0, 16).replace('T', ' ')}`;
  return `${src_ip.padEnd(39)}  ${String(score).padStart(3)}  ${feeds.join(',')}  ${events} events  ${touched}  ${when}`;
}
