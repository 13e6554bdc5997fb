#!/usr/bin/env node
// Millions of hostile lines for every dialect: node test/torture/fuzz.mjs [--lines 2000000] [--seed 1] [--dialect NAME]
// Any seed is as good as another; the one of a failure makes it again. `fuzz` is for the script that runs all torture.
import { register } from 'node:module';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const HOOKS = new URL('../../ingest/source-hooks/hooks.mjs', import.meta.url);
const FUZZ = new URL('../../ingest/src/dialect/hostile/fuzz.case.ts', import.meta.url);

/** A dialect that says nothing for so long hangs: its share of lines takes minutes at most. */
const SILENCE_MS = 60_000;
/** Lines between two signs of life. */
const CHUNK = 20_000;

/**
 * Fuzzes all dialects, or one, on all cores.
 * @param {{ lines: number, seed: number, dialect?: string, say?: (sentence: string) => void }} options
 * @returns {Promise<{ lines: number, events: number, dialects: number, failures: string[] }>}
 */
export async function fuzz({ lines, seed, dialect, say = () => undefined }) {
  register(HOOKS);
  const { fuzzable } = await import(FUZZ.href);
  const names = dialect === undefined ? [...fuzzable()] : [dialect];
  const share = Math.ceil(lines / names.length);
  const total = { lines: 0, events: 0, dialects: names.length, failures: [] };
  const queue = [...names];
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const { counts, failure } = await fuzzOne(name, share, seed);
      total.lines += counts.lines;
      total.events += counts.events;
      if (failure !== undefined) total.failures.push(`${name}: ${failure}`);
      say(`${name}: ${counts.lines} lines, ${counts.events} of them events${failure === undefined ? '' : ', FAILED'}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(cpus().length, names.length) }, work));
  return total;
}

/** One dialect in a thread of its own, which is ended when it says nothing any more. */
function fuzzOne(name, lines, seed) {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { name, lines, seed } });
    let counts = { lines: 0, events: 0 };
    let timer;
    const end = (failure) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve({ counts, failure });
    };
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => end(`hangs: no sign of life for ${SILENCE_MS / 1000} s behind ${counts.lines} lines`),
        SILENCE_MS
      );
    };
    watch();
    worker.on('message', (message) => {
      counts = message.counts;
      if (message.done) end(message.failure);
      else watch();
    });
    worker.on('error', (error) => end(String(error.stack ?? error)));
  });
}

async function runThread({ name, lines, seed }) {
  register(HOOKS);
  const module = await import(FUZZ.href);
  const counts = { lines: 0, events: 0 };
  let failure;
  try {
    for (let chunk = 0; counts.lines < lines; chunk++) {
      module.fuzz(name, Math.min(CHUNK, lines - counts.lines), seed + chunk, counts);
      parentPort.postMessage({ counts, done: false });
    }
  } catch (error) {
    failure = `${error.message}${error.cause ? `\n${error.cause.stack}` : ''}`;
  }
  parentPort.postMessage({ counts, done: true, failure });
}

async function main() {
  const { values } = parseArgs({
    options: {
      lines: { type: 'string', default: '2000000' },
      seed: { type: 'string', default: '1' },
      dialect: { type: 'string' },
    },
  });
  const lines = Number(values.lines);
  const seed = Number(values.seed);
  if (!(Number.isInteger(lines) && lines > 0 && Number.isInteger(seed))) {
    console.error('fuzz: --lines and --seed take whole numbers.');
    process.exit(2);
  }
  const started = performance.now();
  const say = (sentence) => console.log(sentence);
  const total = await fuzz({ lines, seed, dialect: values.dialect, say });
  const seconds = (performance.now() - started) / 1000;
  for (const failure of total.failures) console.error(`\n${failure}`);
  say(
    `${total.lines} lines for ${total.dialects} dialects, seed ${seed}, in ${seconds.toFixed(0)} s: ${total.failures.length} failed`
  );
  process.exit(total.failures.length === 0 ? 0 : 1);
}

if (!isMainThread && workerData?.name !== undefined) await runThread(workerData);
else if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
