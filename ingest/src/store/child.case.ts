import { openSink } from '../sink/sink.js';
import { EmbeddedStore } from './embedded.js';
import { openFace } from './face/open.js';
import { makeBatch } from './fixture.case.js';
import { migrate } from './migrate.js';

/**
 * A second process for tests. `face FOLDER PORT` serves a store and prints its URL; `load FOLDER COUNT ROWS`
 * stores batches and prints the number of each. Ends with its standard input.
 */
const [mode, folder = '', first = '0', second = '0'] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const store = await EmbeddedStore.open(folder);
await migrate(store);
if (mode === 'face') {
  const face = await openFace(store, { port: Number(first) });
  say(face.url);
  process.stdin.resume().on('end', () => void face.close().then(() => store.close()));
} else {
  const sink = openSink(store);
  const pair = async (n: number): Promise<void> => {
    await sink.write(makeBatch(`child ${n}`, Number(second)));
    say(String(n));
  };
  say('ready');
  for (let n = 0; n < Number(first); n += 2) await Promise.all([pair(n), pair(n + 1)]);
  await store.close();
}
