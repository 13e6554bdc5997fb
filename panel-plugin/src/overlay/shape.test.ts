import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromTop, octave, portScale, rowMiddle } from '../scale/port';
import { FROM, TO } from '../testing/panel';
import { scan } from '../testing/scans';
import type { Plane } from './plane';
import type { Knot } from './scan';
import { anchorOf, covers, distanceTo, lineOf, shapeOf, type Shape } from './shape';

const PLANE: Plane = { time: { from: FROM, to: TO }, ports: portScale(1, 65536), width: 1440, height: 800 };
const minute = (n: number) => FROM + n * 60_000;
const yOf = (port: number) => fromTop(PLANE.ports, rowMiddle(port)) * PLANE.height;

const CURVE: Knot[] = [
  [minute(60), 10],
  [minute(120), 100],
  [minute(240), 60_000],
];
const ordered = scan({
  order: 'ascending',
  curve: CURVE,
  start: minute(60),
  end: minute(240),
  minPort: 10,
  maxPort: 60_000,
});

function box(shape: Shape | undefined) {
  if (shape === undefined || shape.form === 'curve') {
    throw new Error(`a box was expected, not ${shape?.form}`);
  }
  return shape;
}

describe('the form of a finding', () => {
  it.each([
    ['a vertical scan in order', { order: 'ascending', curve: CURVE }, 'curve'],
    ['one that goes down', { order: 'descending', curve: CURVE }, 'curve'],
    ['a vertical scan at random', { order: 'random', curve: CURVE }, 'box'],
    ['one in mixed order', { order: 'mixed', curve: CURVE }, 'box'],
    ['one without a curve', { order: 'ascending', curve: [] }, 'box'],
    ['one of a single knot', { order: 'ascending', curve: CURVE.slice(0, 1) }, 'box'],
    ['sources in lockstep', { kind: 'synchronised', curve: CURVE }, 'curve'],
    ['a horizontal scan', { kind: 'horizontal', curve: CURVE, minPort: 7547, maxPort: 7547 }, 'band'],
    ['a horizontal scan of far ports', { kind: 'horizontal', minPort: 22, maxPort: 8443 }, 'box'],
    ['a spike', { kind: 'spike', minPort: 5358, maxPort: 5358 }, 'band'],
    ['a block', { kind: 'block', curve: CURVE }, 'box'],
    ['a kind that nobody knows', { kind: 'constructor', curve: CURVE }, 'box'],
  ])('of %s', (_, given, form) => {
    expect(shapeOf(scan(given), PLANE)?.form).toBe(form);
  });
});

describe('a curve', () => {
  it('goes through its knots: where their times and the middles of their ports’ rows are', () => {
    const knots = fc
      .array(fc.tuple(fc.double({ min: FROM, max: TO, noNaN: true }), fc.integer({ min: 1, max: 65_535 })), {
        minLength: 2,
        maxLength: 30,
      })
      .map((list) => list.sort((a, b) => a[0] - b[0]));
    fc.assert(
      fc.property(
        knots,
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 3000 }),
        (curve, width, height) => {
          const plane = { ...PLANE, width, height };
          const line = lineOf(scan({ curve }), plane);
          curve.forEach(([time, port], i) => {
            expect(line[2 * i]).toBeCloseTo(((time - FROM) / (TO - FROM)) * width, 6);
            const octaves = PLANE.ports.high - (line[2 * i + 1]! / height) * (PLANE.ports.high - PLANE.ports.low);
            // The row of a port p holds the octaves from log2(p) to log2(p + 1)
            expect(octaves).toBeGreaterThan(octave(port));
            expect(octaves).toBeLessThan(octave(port + 1));
          });
        }
      ),
      { seed: 63 }
    );
  });

  it('is straight on the log axis between knots', () => {
    const shape = shapeOf(ordered, PLANE)!;
    expect(distanceTo(shape, 90, (yOf(10) + yOf(100)) / 2)).toBeLessThan(1e-9);
    expect(distanceTo(shape, 90, (yOf(10) + yOf(100)) / 2 - 40)).toBeGreaterThan(5);
  });

  it('is cut where the plot ends, and gone where none of it is in sight', () => {
    const zoomed = { ...PLANE, time: { from: minute(100), to: minute(180) }, ports: portScale(50, 2000) };
    const shape = shapeOf(ordered, zoomed);
    expect(shape?.form === 'curve' && shape.lines.length).toBe(1);
    expect(shapeOf(ordered, { ...PLANE, time: { from: minute(300), to: minute(400) } })).toBeUndefined();
    // Within the times and ports of the scan, and yet off its line
    const off = { ...PLANE, time: { from: minute(70), to: minute(80) }, ports: portScale(2000, 50_000) };
    expect(shapeOf(ordered, off)).toBeUndefined();
  });

  it('has a mark to the right of its last knot while it goes on, and none after', () => {
    const going = shapeOf({ ...ordered, ongoing: true }, PLANE);
    expect(going?.form === 'curve' && going.open).toEqual(Float64Array.of(240, yOf(60_000), 254, yOf(60_000)));
    const over = shapeOf(ordered, PLANE);
    expect(over?.form === 'curve' && over.open).toBeUndefined();
  });

  it('covers nothing, and is anchored on itself', () => {
    const shape = shapeOf(ordered, PLANE)!;
    const { x, y } = anchorOf(shape);
    expect(distanceTo(shape, x, y)).toBeLessThan(1e-9);
    expect(covers(shape, x, y)).toBe(false);
  });
});

describe('a box', () => {
  const given = scan({ start: minute(60), end: minute(180), minPort: 22, maxPort: 1023 });

  it('leaves room around what it holds, so that no dot is covered', () => {
    const { bounds, start, end, top, bottom, open } = box(shapeOf(given, PLANE));
    expect([bounds.left, bounds.right]).toEqual([56, 184]);
    expect(bounds.top).toBeCloseTo(fromTop(PLANE.ports, octave(1024)) * 800 - 4);
    expect(bounds.bottom).toBeCloseTo(fromTop(PLANE.ports, octave(22)) * 800 + 4);
    expect([start, end, top, bottom, open]).toEqual([true, true, true, true, false]);
  });

  it('is open on the right while it goes on', () => {
    expect(box(shapeOf({ ...given, ongoing: true }, PLANE))).toMatchObject({ start: true, end: false, open: true });
  });

  it('draws only those of its edges that are in sight', () => {
    const zoomed = { ...PLANE, time: { from: minute(100), to: minute(400) }, ports: portScale(1, 500) };
    const shape = box(shapeOf(given, zoomed));
    expect(shape).toMatchObject({ start: false, end: true, top: false, bottom: true });
    expect([shape.bounds.left, shape.bounds.top]).toEqual([0, 0]);
  });

  it('is drawn whole at the plot’s own edges', () => {
    const all = scan({ start: FROM, end: TO, minPort: 1, maxPort: 65_535 });
    expect(box(shapeOf(all, PLANE))).toMatchObject({ start: true, end: true, top: true, bottom: true });
  });

  it('of what has no port lies below port 1, and only where that is shown', () => {
    const portless = scan({ minPort: 0, maxPort: 0 });
    expect(shapeOf(portless, PLANE)).toBeUndefined();
    const { bounds } = box(shapeOf(portless, { ...PLANE, ports: portScale(0, 65536) }));
    expect(bounds.bottom).toBe(800);
  });

  it('is near at its edges and not inside, covers its inside, and is anchored at its end', () => {
    const shape = box(shapeOf(given, PLANE));
    const { left, top, bottom } = shape.bounds;
    const middle = (top + bottom) / 2;
    expect(distanceTo(shape, left - 3, middle)).toBeCloseTo(3);
    expect(distanceTo(shape, 120, middle)).toBeGreaterThan(60);
    expect([covers(shape, 120, middle), covers(shape, 500, middle)]).toEqual([true, false]);
    expect(anchorOf(shape)).toEqual({ x: 184, y: middle });
  });

  it('along a port is near at its line above the row, and leaves the row to its cells', () => {
    const shape = box(shapeOf(scan({ kind: 'horizontal', minPort: 445, maxPort: 445 }), PLANE));
    expect(shape.form).toBe('band');
    const row = yOf(445);
    expect(distanceTo(shape, 120, shape.bounds.top)).toBeCloseTo(0);
    expect(distanceTo(shape, 120, row)).toBeGreaterThan(4);
    expect(covers(shape, 120, row)).toBe(true);
  });

  it('stays within the plot, whatever is zoomed', () => {
    const span = fc.tuple(fc.integer({ min: -500, max: 2000 }), fc.integer({ min: 0, max: 2000 }));
    const ports = fc.tuple(fc.integer({ min: 0, max: 65_535 }), fc.integer({ min: 0, max: 65_535 }));
    fc.assert(
      fc.property(span, ports, span, ports, ([start, long], [a, b], [from, wide], [low, high]) => {
        const one = scan({
          start: minute(start),
          end: minute(start + long),
          minPort: Math.min(a, b),
          maxPort: Math.max(a, b),
        });
        const plane = {
          ...PLANE,
          time: { from: minute(from), to: minute(from + wide + 1) },
          ports: portScale(low, high),
        };
        const shape = shapeOf(one, plane);
        const apart = start > from + wide + 1 || start + long < from;
        expect(shape === undefined || !apart).toBe(true);
        if (shape) {
          const { left, right, top, bottom } = shape.bounds;
          expect(left >= 0 && right <= 1440 && top >= 0 && bottom <= 800 && left <= right && top <= bottom).toBe(true);
        }
      }),
      { seed: 64, numRuns: 300 }
    );
  });
});
