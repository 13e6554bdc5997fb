import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { World } from './world.case.js';

type Step =
  | { readonly do: 'append'; readonly lines: number; readonly half: boolean }
  | { readonly do: 'append old'; readonly lines: number }
  | { readonly do: 'rotate' | 'copytruncate' | 'read' | 'drain' }
  | { readonly do: 'compress'; readonly generation: number }
  | { readonly do: 'crash'; readonly runs: number };

const append = fc.record({ do: fc.constant('append' as const), lines: fc.nat(12), half: fc.boolean() });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: append },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('append old' as const), lines: fc.integer({ min: 1, max: 5 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('rotate' as const, 'copytruncate' as const, 'read' as const, 'drain' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('compress' as const), generation: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), runs: fc.nat(4) }) }
);

/** All lines in all generations, packed or not: no generation is ever deleted here. */
function written(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const bytes = readFileSync(path.join(folder, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
    return text.split('\n').filter(Boolean);
  });
}

async function perform(world: World, each: Step): Promise<void> {
  if (each.do === 'append') world.append(world.lines(each.lines, each.half));
  else if (each.do === 'append old') {
    // A writer that has not been told yet.
    if (existsSync(world.at(1))) world.append(world.lines(each.lines), world.at(1));
  } else if (each.do === 'rotate') world.rotate();
  else if (each.do === 'copytruncate') world.rotate(true);
  else if (each.do === 'read') await world.read();
  else if (each.do === 'drain') await world.follower.drain();
  else if (each.do === 'compress') world.compress(each.generation);
  else if (each.do === 'crash') await world.crash(each.runs);
}

for (const names of ['x.log', 'x.log*']) {
  test(`whatever becomes of the files of ${names}, each line is handed over once`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const world = new World(names);
        try {
          world.append(world.lines(2));
          await world.read();
          world.intake.commit();
          for (const each of steps) await perform(world, each);
          // What stands half at the end of the log at work waits for its rest.
          world.append('\n');
          await world.settle();
          expect(world.intake.texts.filter(Boolean).sort()).toEqual(written(world.folder).sort());
        } finally {
          await world.remove();
        }
      }),
      { seed: 20261125, numRuns: Number(process.env.FOLLOW_RUNS ?? 150) }
    );
  });
}

test('a file that is emptied with no copy left loses what was not read before, and makes nothing come twice', async () => {
  const emptied = fc.constant({ do: 'empty' as const });
  const steps = fc.array(fc.oneof({ weight: 6, arbitrary: step }, { weight: 1, arbitrary: emptied }), {
    maxLength: 25,
  });
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const world = new World();
      try {
        const known = new Set<string>();
        let unread = new Set<string>();
        world.append(world.lines(2));
        await world.read();
        world.intake.commit();
        for (const each of history) {
          for (const line of written(world.folder)) known.add(line);
          if (each.do === 'empty' && existsSync(world.log)) {
            const read = new Set(world.intake.texts);
            unread = new Set([...unread, ...written(world.folder).filter((line) => !read.has(line))]);
            truncateSync(world.log);
            // What was handed over and is not on the disk cannot be read again.
            world.intake.commit();
          } else if (each.do !== 'empty') await perform(world, each);
        }
        if (existsSync(world.log)) world.append('\n');
        await world.settle();
        const texts = world.intake.texts.filter(Boolean);
        for (const line of written(world.folder)) known.add(line);
        expect(new Set(texts).size).toBe(texts.length);
        for (const text of texts) expect(known).toContain(text);
        for (const line of known) if (!unread.has(line) && !line.startsWith('half')) expect(texts).toContain(line);
      } finally {
        await world.remove();
      }
    }),
    { seed: 20261125, numRuns: Number(process.env.FOLLOW_RUNS ?? 150) }
  );
});
