// npm run score: how many of the labelled scans are found, and what is called something it is not. On the days with
// labels, and on made-up days that hold every acceptance test, or the same kinds in other shapes, over harmless traffic:
// seeds from 1,001 on, which nothing was tuned to, whole and with 15 and 30 % of the lines lost, and as a log that names no header fields.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replayStore } from '../../ingest/src/detect/replay/day.case.js';
import type { How } from '../../ingest/src/detect/replay/day.case.js';
import type { Make } from '../../ingest/src/detect/replay/scans.case.js';
import { labelledDay, labelledDays } from './labelled.js';
import { FAMILIES, replayedDay } from './replays.js';

const SEEDS = Number(process.env.SCORE_SEEDS ?? 5);
const FIRST_SEED = 1_001;

const print = (row: Record<string, unknown>): void => void process.stdout.write(`${JSON.stringify(row)}\n`);
const share = (part: number, of: number): number => Number((of === 0 ? 1 : part / of).toFixed(3));

const HOWS: readonly (How & { readonly name: string })[] = [
  { name: 'whole', loss: 0 },
  { name: '15 % of the lines lost', loss: 0.15 },
  { name: '30 % of the lines lost', loss: 0.3 },
  { name: 'no header fields', loss: 0, columns: 'few' },
];

/** Days of a family, and what was found of each kind. */
async function score(family: string, makes: readonly Make[], how: (typeof HOWS)[number]): Promise<void> {
  const kinds = new Map<string, [found: number, of: number]>();
  const missed: string[] = [];
  const wrong: string[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
    const verdict = await replayedDay(store, asker, makes, seed, how);
    for (const [kind, [found, of]] of verdict.kinds) {
      const [before, ofBefore] = kinds.get(kind) ?? [0, 0];
      kinds.set(kind, [before + found, ofBefore + of]);
    }
    missed.push(...verdict.missed.map((name) => `${seed} ${name}`));
    wrong.push(...verdict.wrong.map((name) => `${seed} ${name}`));
  }
  const found = [...kinds.values()].reduce((sum, [n]) => sum + n, 0);
  print({
    [`${SEEDS} replayed days, ${family}, ${how.name}`]: {
      recall: share(found, found + missed.length),
      precision: share(found, found + wrong.length),
      recallByKind: Object.fromEntries([...kinds].map(([kind, [n, of]]) => [kind, share(n, of)])),
      found,
      missed,
      wrong,
    },
  });
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'fireplot-score-'));
const { store, asker } = await replayStore(folder);
try {
  for (const { name, labels, log } of labelledDays()) {
    const { found, missed, wrong, seconds } = await labelledDay(store, asker, labels, log);
    print({
      [`${name}, labelled scans and spikes`]: {
        recall: share(found.length, found.length + missed.length),
        precision: share(found.length, found.length + wrong.length),
        found: found.length,
        missed,
        wrong,
        seconds,
      },
    });
  }
  for (const [family, makes] of Object.entries(FAMILIES)) for (const how of HOWS) await score(family, makes, how);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
