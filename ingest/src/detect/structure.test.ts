import { describe, expect, test } from 'vitest';
import type { Knot } from './finding.js';
import { picture } from './replay/pictures.case.js';
import { Random } from './replay/random.case.js';
import { fast, oddFlags, udp } from './replay/scans.case.js';
import { structureZ } from './structure.js';

const pointsOf = (probes: readonly { at: number; port: number }[], random: Random, loss: number): Knot[] =>
  probes
    .filter(() => random.next() >= loss)
    .map(({ at, port }): Knot => [at, port])
    .sort((a, b) => a[0] - b[0]);

describe.each([0, 0.3])('with %f of the lines lost', (loss) => {
  test('pictures do not fill their rectangle evenly', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed);
      expect(structureZ(pointsOf(picture(random, 0, 1).probes, random, loss)), `seed ${seed}`).toBeGreaterThan(5);
    }
  });

  test('scans in random order do', () => {
    for (let seed = 1; seed <= 20; seed++) {
      for (const make of [fast, udp, oddFlags]) {
        const random = new Random(seed);
        expect(structureZ(pointsOf(make(random, 0, 1).probes, random, loss)), `seed ${seed}`).toBeLessThan(3);
      }
    }
  });
});

test('a handful of points is no picture', () =>
  expect(
    structureZ([
      [1, 1],
      [2, 2],
    ])
  ).toBe(0));
