import { performance } from 'node:perf_hooks';
import type { Readable } from 'node:stream';
import type { Resolved } from '../config/resolve.js';
import { inspectFile, STDIN } from '../input/source.js';
import type { FileFacts } from '../input/source.js';
import { Loader } from '../read/loader.js';
import type { LoadCounts } from '../read/loader.js';
import { openSink } from '../sink/sink.js';
import type { Store } from '../store/store.js';
import { detectLoaded } from './detect-loaded.js';
import { sentenceOf } from './exit.js';
import { readOptions, sensorOf } from './files.js';
import { EXIT_FAILED, EXIT_OK, say } from './io.js';
import type { Io } from './io.js';
import { Progress } from './progress.js';
import { openMigrated } from './store.js';

/** Options of `fireplot load` that are no settings. */
export interface LoadOptions {
  /** Look for scans in what was loaded; undefined: on a terminal, unless a running serve does it. */
  readonly detect?: boolean;
}

/** `fireplot load`: files into the store. Ends with the counts on stdout; every file is looked at before the first is loaded. */
export async function loadCommand(
  files: readonly string[],
  settings: Resolved,
  io: Io,
  options: LoadOptions = {}
): Promise<number> {
  const facts: FileFacts[] = [];
  for (const file of files) facts.push(file === STDIN ? { size: 0, modified: Date.now() } : await inspectFile(file));
  const stdin = io.takeStdin(files.includes(STDIN));
  const store = await openMigrated(settings, (sentence) => say(io, sentence));
  try {
    return await loadInto(store, stdin, files, facts, settings, io, options);
  } finally {
    await store.close();
  }
}

async function loadInto(
  store: Store,
  stdin: Readable | undefined,
  files: readonly string[],
  facts: readonly FileFacts[],
  settings: Resolved,
  io: Io,
  options: LoadOptions
): Promise<number> {
  const sink = openSink(store, { onRetry: (sentence) => say(io, sentence) });
  const loader = new Loader(store, sink, stdin);
  const progress = new Progress(io);
  const started = performance.now();
  const release = onInterrupt(() => void loader.stop());
  let failed = false;
  try {
    for (const [i, file] of files.entries()) {
      const { size, modified } = facts[i] as FileFacts;
      const job = {
        path: file,
        input: file === STDIN ? 'stdin' : file,
        sensor: sensorOf(file, settings.sensor),
        modified,
        received: Date.now(),
        options: readOptions(settings),
      };
      try {
        await loader.load(job, ({ bytesRead, lines }) =>
          progress.draw(file, size > 0 ? bytesRead / size : undefined, lines)
        );
      } catch (error) {
        failed = true;
        progress.clear();
        say(
          io,
          loader.stopped
            ? 'Stopped. Load again to go on: what is stored is not stored twice.'
            : `fireplot: ${sentenceOf(error)}`
        );
        if (loader.stopped || !(error instanceof Error) || error.name !== 'InputError') break;
      }
    }
  } finally {
    release();
    progress.clear();
    await loader.close();
    await sink.close();
  }
  const { loaded, known, refused } = loader.counts;
  if (refused > 0 && loaded + known === 0) {
    say(
      io,
      'No line was read as a firewall event: fireplot parse FILE says of each line why, --help how to name dialects.'
    );
  }
  io.stdout.write(`${summary(loader.counts, (performance.now() - started) / 1000)}\n`);
  if (!loader.stopped) await detectLoaded(store, settings, io, options.detect);
  return failed ? EXIT_FAILED : EXIT_OK;
}

/** `loaded 474552, refused 3 (unclaimed: 2, too-long: 1), already there 0 (2.9 s, 163639 lines/s)` */
export function summary({ loaded, refused, reasons, known, lines }: LoadCounts, seconds: number): string {
  const sorted = [...reasons].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const why = sorted.length === 0 ? '' : ` (${sorted.map(([reason, count]) => `${reason}: ${count}`).join(', ')})`;
  const rate = Math.round(lines / Math.max(seconds, 0.001));
  return `loaded ${loaded}, refused ${refused}${why}, already there ${known} (${seconds.toFixed(1)} s, ${rate} lines/s)`;
}

/** Calls `stop` at the first SIGINT or SIGTERM; a second one ends the process at once. */
function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const handle = (): void => {
    if (asked) process.exit(EXIT_FAILED);
    asked = true;
    stop();
  };
  process.on('SIGINT', handle).on('SIGTERM', handle);
  return () => void process.off('SIGINT', handle).off('SIGTERM', handle);
}
