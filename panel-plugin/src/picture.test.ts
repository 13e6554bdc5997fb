// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { bin, logRows, type Points } from './bin';
import type { Input } from './frames';
import { pictureOf, refusedText, rowsFor } from './picture';
import { portScale } from './scale/port';

const DAY = { from: 0, to: 86_400_000 };
const ALL = portScale(0, 65536);
const SIZE = { width: 1500, height: 600 };
const length = 3000;
const POINTS: Points = {
  length,
  time: Float64Array.from({ length }, (_, i) => (i * 7_919_000) % 86_400_000),
  port: Int32Array.from({ length }, (_, i) => (i * 65_521) % 65_536),
  klass: new Uint8Array(length),
};
const points = (more: Partial<Points> = {}, skipped = 0): Input => ({
  kind: 'points',
  skipped,
  probes: { ...POINTS, ...more, sources: [''], filterBy: undefined },
});
const fine = bin(POINTS, { from: 0, step: 60_000, length: 1440 }, logRows(64)).cells;
const cells = (grid: { stepMs?: number; rowsPerOctave?: number }, skipped = 0): Input => ({
  kind: 'cells',
  cells: fine,
  grid: { ...grid, newestMs: null },
  refId: 'A',
  skipped,
});
const events = (input: Input, ...rest: [typeof DAY, typeof ALL, typeof SIZE, number]) =>
  pictureOf(input, ...rest).cells.classes.reduce((sum, one) => sum + one.total, 0);

describe('rowsFor', () => {
  it('takes rows of about half a dot, in powers of two', () => {
    expect([200, 600, 1200, 4000].map((height) => rowsFor(ALL, height, 2))).toEqual([16, 32, 64, 256]);
    expect([1, 2, 4].map((dot) => rowsFor(ALL, 600, dot))).toEqual([64, 32, 16]);
  });

  it('gets finer with a zoom, and never asks for more than a port is worth', () => {
    expect(rowsFor(portScale(1000, 2000), 600, 2)).toBe(512);
    expect(rowsFor(portScale(80, 81), 600, 2)).toBe(32_768);
    expect(rowsFor(portScale(65_534, 65_536), 60_000, 1)).toBe(65_536);
  });
});

describe('pictureOf', () => {
  it('merges the rows of a grid that is finer than the screen, and names the grid it paints', () => {
    const picture = pictureOf(cells({ stepMs: 60_000, rowsPerOctave: 64 }), DAY, ALL, SIZE, 2);
    expect(picture.grid).toBe('1 min × 32/octave');
    expect(picture.cells.length).toBeLessThanOrEqual(fine.length);
    expect(picture.cells.classes[0]!.total).toBe(length);
  });

  it('passes a grid through that fits, or that tells nothing of itself', () => {
    const high = { width: 1500, height: 1200 };
    expect(pictureOf(cells({ stepMs: 60_000, rowsPerOctave: 64 }), DAY, ALL, high, 2).cells).toBe(fine);
    expect(pictureOf(cells({}), DAY, ALL, SIZE, 2)).toEqual({ cells: fine, grid: '', leftOut: '' });
  });

  it('bins rows as finely as the plot has pixels, and keeps every one', () => {
    const picture = pictureOf(points(), DAY, ALL, SIZE, 2);
    expect(picture.grid).toBe('1 min × 32/octave');
    expect(events(points(), DAY, ALL, SIZE, 2)).toBe(length);
    expect(pictureOf(points(), DAY, ALL, { width: 300, height: 100 }, 2).grid).toBe('5 min × 8/octave');
  });

  it('bins only what a zoom shows', () => {
    const zoom = portScale(1000, 2000);
    const inside = POINTS.port.filter((port) => port >= 1000 && port < 2000).length;
    expect(events(points(), DAY, zoom, SIZE, 2)).toBe(inside);
  });

  it('bounds the grid on the largest screens', () => {
    const picture = pictureOf(points(), DAY, ALL, { width: 20_000, height: 8000 }, 1);
    expect(picture.cells.length).toBeLessThanOrEqual(length);
    expect(picture.grid).toBe('5 min × 1024/octave');
  });

  it('says which rows, frames and queries it left out', () => {
    const time = POINTS.time.slice();
    time.fill(NaN, 0, 3);
    const port = POINTS.port.slice();
    port.fill(-1, 3, 5);
    expect(pictureOf(points({ time, port }, 2), DAY, ALL, SIZE, 2).leftOut).toBe(
      '5 rows left out: 3 without time, 2 without a port, 2 frames without time and port'
    );
    expect(pictureOf(cells({ stepMs: 60_000, rowsPerOctave: 64 }, 1), DAY, ALL, SIZE, 2).leftOut).toBe(
      '1 more query not shown'
    );
  });

  it('is empty without data, and before the plot has a size', () => {
    const none: Input = { kind: 'none', missing: 'data', fields: [] };
    expect(pictureOf(none, DAY, ALL, SIZE, 2).cells.length).toBe(0);
    expect(pictureOf(points(), DAY, ALL, { width: 0, height: 0 }, 2).cells.length).toBe(0);
  });
});

describe('refusedText', () => {
  it('is silent about nothing, and right about one', () => {
    expect(refusedText({ time: 0, port: 0, count: 0 })).toBe('');
    expect(refusedText({ time: 0, port: 1, count: 0 })).toBe('1 row left out: 1 without a port');
    expect(refusedText({ time: 1000, port: 0, count: 2 })).toBe(
      '1,002 rows left out: 1,000 without time, 2 without a count'
    );
  });
});
