import type { Resolved } from '../config/resolve.js';
import { Asker, FOR_A_PERSON } from '../detect/ask.js';
import { askJudge, findAll, weighAll } from '../detect/detect.js';
import type { Scan } from '../detect/finding.js';
import { scanJson } from '../detect/json.js';
import { askRange } from '../detect/range.js';
import { keepScans } from '../detect/save.js';
import { plainAddress } from '../detect/words.js';
import { EXIT_OK, printable, say } from './io.js';
import type { Io } from './io.js';
import { openMigrated } from './store.js';

/** Options of `fireplot detect` that are no settings. */
export interface DetectOptions {
  readonly from?: string;
  readonly to?: string;
  readonly json?: boolean;
  readonly save?: boolean;
}

/** `fireplot detect`: the scans of a range, computed now. Prints them, oldest first; stores them only with --save. */
export async function detectCommand(settings: Resolved, options: DetectOptions, io: Io): Promise<number> {
  io.takeStdin(false);
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    const asker = new Asker(store, FOR_A_PERSON);
    const range = await askRange(asker, options.from, options.to);
    const all = await weighAll(asker, range, await findAll(asker, range), await askJudge(asker, range));
    const scans = all.filter(({ supersededBy }) => supersededBy === '');
    for (const scan of scans) io.stdout.write(`${options.json === true ? jsonLine(scan) : printable(line(scan))}\n`);
    const saved = options.save === true ? await keepScans(store, asker, range, all, Date.now()) : undefined;
    const between = `between ${new Date(range.from).toISOString()} and ${new Date(range.to).toISOString()}`;
    say(io, `${scans.length} scans ${between}${saved === undefined ? '' : `, ${saved} rows written`}.`);
    return EXIT_OK;
  } finally {
    await store.close();
  }
}

function jsonLine(scan: Scan): string {
  return JSON.stringify(scanJson(scan));
}

/** One scan for a person: `2026-11-20 08:13:41  4:30:00  medium  synchronised tcp syn ascending  2 × 1  65535 ports …` */
function line(scan: Scan): string {
  const words = [scan.kind, scan.proto, scan.flags, scan.order, scan.tool].filter((word) => word !== '').join(' ');
  const from = `${plainAddress(scan.sources[0] ?? '')}${scan.sourceCount > 1 ? ` and ${scan.sourceCount - 1} more` : ''}`;
  const to = `${plainAddress(scan.targets[0] ?? '')}${scan.targetCount > 1 ? ` and ${scan.targetCount - 1} more` : ''}`;
  const ports =
    scan.minPort === scan.maxPort ? `port ${scan.minPort}` : `${scan.ports} ports ${scan.minPort}-${scan.maxPort}`;
  const start = new Date(scan.start).toISOString().slice(0, 19).replace('T', ' ');
  return `${start}  ${duration(scan.end - scan.start)}  ${scan.severity.padEnd(6)}  ${words}  ${from} -> ${to}  ${ports}  ${scan.events} events`;
}

/** `h:mm:ss` */
function duration(ms: number): string {
  const s = Math.round(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
