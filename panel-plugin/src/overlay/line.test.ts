import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beside, clip, distance, lengthOf, pointAt, type Line } from './line';

const line = (...numbers: number[]): Line => Float64Array.from(numbers);
const WIDTH = 100;
const HEIGHT = 50;

const anyLine = fc
  .array(fc.tuple(fc.integer({ min: -300, max: 400 }), fc.integer({ min: -200, max: 250 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((points) => Float64Array.from(points.flat()));

describe('clip', () => {
  it('leaves a line alone that is all in sight', () => {
    expect(clip(line(0, 0, 50, 25, 100, 50), WIDTH, HEIGHT)).toEqual([line(0, 0, 50, 25, 100, 50)]);
  });

  it('cuts at the edges, and where a line leaves and comes back makes two', () => {
    expect(clip(line(-50, 25, 150, 25), WIDTH, HEIGHT)).toEqual([line(0, 25, 100, 25)]);
    expect(clip(line(10, 10, 10, -30, 30, -30, 30, 10), WIDTH, HEIGHT)).toEqual([
      line(10, 10, 10, 0),
      line(30, 0, 30, 10),
    ]);
  });

  it('has nothing of a line out of sight', () => {
    expect(clip(line(-50, 10, -10, 20, -10, 90), WIDTH, HEIGHT)).toEqual([]);
    expect(clip(line(-10, 20, 10, 90), WIDTH, HEIGHT)).toEqual([]);
    expect(clip(line(), WIDTH, HEIGHT)).toEqual([]);
  });

  it('keeps within the plot, and adds no point that is not on the line', () => {
    fc.assert(
      fc.property(anyLine, (given) => {
        for (const run of clip(given, WIDTH, HEIGHT)) {
          for (let i = 0; i < run.length; i += 2) {
            expect(run[i]).toBeGreaterThanOrEqual(-1e-6);
            expect(run[i]).toBeLessThanOrEqual(WIDTH + 1e-6);
            expect(run[i + 1]).toBeGreaterThanOrEqual(-1e-6);
            expect(run[i + 1]).toBeLessThanOrEqual(HEIGHT + 1e-6);
            expect(distance(given, run[i]!, run[i + 1]!)).toBeLessThan(1e-6);
          }
        }
      }),
      { seed: 61 }
    );
  });

  it('loses no part that is in sight', () => {
    fc.assert(
      fc.property(anyLine, fc.double({ min: 0, max: 1, noNaN: true }), (given, share) => {
        const { x, y } = pointAt(given, share);
        fc.pre(x > 0.01 && x < WIDTH - 0.01 && y > 0.01 && y < HEIGHT - 0.01);
        const away = Math.min(...clip(given, WIDTH, HEIGHT).map((run) => distance(run, x, y)));
        // A line may also be a single point there
        expect(lengthOf(given) === 0 || away < 1e-6).toBe(true);
      }),
      { seed: 62 }
    );
  });
});

describe('distance', () => {
  it('is that to the nearest piece, ends included', () => {
    const bent = line(0, 0, 10, 0, 10, 10);
    expect([distance(bent, 5, 3), distance(bent, 13, 14), distance(bent, 10, 5)]).toEqual([3, 5, 0]);
  });

  it('copes with a piece without length', () => {
    expect(distance(line(3, 4, 3, 4), 0, 0)).toBe(5);
  });
});

describe('pointAt', () => {
  it('goes along the line by its length', () => {
    const bent = line(0, 0, 10, 0, 10, 30);
    expect([pointAt(bent, 0), pointAt(bent, 0.5), pointAt(bent, 1)]).toEqual([
      { x: 0, y: 0 },
      { x: 10, y: 10 },
      { x: 10, y: 30 },
    ]);
  });
});

describe('beside', () => {
  it('runs at the distance it is told, on either side', () => {
    expect(beside(line(0, 0, 10, 0), 3)).toEqual(line(0, -3, 10, -3));
    expect(beside(line(0, 0, 0, -10), -3)).toEqual(line(3, 0, 3, -10));
  });
});
