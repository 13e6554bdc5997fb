import { findAll } from '../../ingest/src/detect/detect.js';
import { forget, putProbes, REPLAY_DAY, replayRange } from '../../ingest/src/detect/replay/day.case.js';
import type { How } from '../../ingest/src/detect/replay/day.case.js';
import { background, HARMLESS } from '../../ingest/src/detect/replay/harmless.case.js';
import { judge } from '../../ingest/src/detect/replay/judge.case.js';
import type { Verdict } from '../../ingest/src/detect/replay/judge.case.js';
import { picture } from '../../ingest/src/detect/replay/pictures.case.js';
import { Random } from '../../ingest/src/detect/replay/random.case.js';
import { SCANS } from '../../ingest/src/detect/replay/scans.case.js';
import type { Make } from '../../ingest/src/detect/replay/scans.case.js';
import { VARIANTS } from '../../ingest/src/detect/replay/variants.case.js';
import type { Asker } from '../../ingest/src/detect/ask.js';
import type { Store } from '../../ingest/src/store/store.js';

/** Days of two families: the acceptance tests, and the same kinds in shapes that no threshold was chosen on. */
export const FAMILIES = { 'acceptance tests': [...SCANS, picture], 'other shapes': VARIANTS } as const;

/** One day that holds a family of scans and everything harmless, over a background of many sources. */
export async function replayedDay(
  store: Store,
  asker: Asker,
  makes: readonly Make[],
  seed: number,
  how: How
): Promise<Verdict> {
  const random = new Random(seed);
  const replays = makes.map((make, i) => make(random, REPLAY_DAY, 1 + i * 1200));
  const harmless = [
    ...HARMLESS.map((make, i) => make(random, REPLAY_DAY, 30_000 + i * 100)),
    background(random, REPLAY_DAY, 20_000),
  ];
  await forget(store);
  await putProbes(
    store,
    [...replays, ...harmless].flatMap(({ probes }) => probes),
    { ...how, seed }
  );
  const { standing } = await findAll(asker, replayRange);
  return judge(standing, replays, harmless);
}
