// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bin, logRows } from './bin';
import type { Cells } from './cells';
import { leveller } from './colour/level';
import { LEVELS, palette } from './colour/palette';
import { scheme } from './colour/schemes';
import { paint, raster, wipe, type Ink, type View } from './paint';
import { portScale } from './scale/port';

const COLOURS = palette(scheme('default', true));
const INK: Ink = { palette: COLOURS, level: leveller(64), shown: () => true };

/** Four octaves of 4 pixels, ten seconds of 2 pixels. */
const VIEW: View = {
  time: { from: 0, to: 10_000 },
  ports: portScale(16, 256),
  width: 20,
  height: 16,
  dot: 1,
  tall: 100,
};

/** Cells of 1 s × 1/4 octave from [second, port, class, count]. */
function cells(...rows: Array<readonly [number, number, number?, number?]>): Cells {
  const points = {
    length: rows.length,
    time: Float64Array.from(rows, (row) => row[0] * 1000),
    port: Int32Array.from(rows, (row) => row[1]),
    klass: Uint8Array.from(rows, (row) => row[2] ?? 0),
    count: Float64Array.from(rows, (row) => row[3] ?? 1),
  };
  return bin(points, { from: -10_000, step: 1000, length: 40 }, logRows(4)).cells;
}

/** The raster as text: `.` empty, a digit for a class at any level, `*` a mix. */
function text({ width, height, pixels }: { width: number; height: number; pixels: Uint32Array }): string[] {
  const names = new Map(
    Array.from(COLOURS.pixels, (pixel, i) => [pixel, String(Math.floor(i / LEVELS) % 10)] as const).reverse()
  );
  return Array.from({ length: height }, (_, y) =>
    Array.from(pixels.subarray(y * width, (y + 1) * width), (pixel) =>
      pixel === 0 ? '.' : (names.get(pixel) ?? '*')
    ).join('')
  );
}

function painted(what: Cells, view: View = VIEW, ink: Ink = INK): string[] {
  const target = raster(view.width, view.height);
  paint(what, view, ink, target);
  return text(target);
}

/** Only the lines that hold something, with their number. */
function lines(all: string[]): string[] {
  return all.flatMap((line, y) => (/[^.]/.test(line) ? [`${y} ${line}`] : []));
}

describe('paint', () => {
  it('puts time across and ports upwards, on octaves', () => {
    expect(lines(painted(cells([0, 16], [3, 64], [9, 250])))).toEqual([
      '0 ..................00',
      '7 ......00............',
      '15 00..................',
    ]);
  });

  it('colours by class', () => {
    expect(lines(painted(cells([0, 64, 0], [2, 64, 1], [4, 64, 4], [6, 64, 5])))).toEqual(['7 00..11..44..55......']);
  });

  it('paints every cell at least a dot large, around its middle', () => {
    const view = { ...VIEW, time: { from: 0, to: 100_000 }, dot: 3 };
    expect(lines(painted(cells([20, 64]), { ...view, height: 16 }))).toEqual([
      '6 ...000..............',
      '7 ...000..............',
      '8 ...000..............',
    ]);
  });

  it('keeps dots whole at the edges', () => {
    const view = { ...VIEW, time: { from: 0, to: 100_000 }, dot: 3 };
    expect(lines(painted(cells([0, 16]), view))).toEqual([
      '13 000.................',
      '14 000.................',
      '15 000.................',
    ]);
    expect(lines(painted(cells([0, 255]), view)).map((line) => line.split(' ')[0])).toEqual(['0', '1', '2']);
  });

  it('cuts cells at the edges of the view, and leaves out what lies beyond', () => {
    const view = { ...VIEW, time: { from: 500, to: 10_500 } };
    expect(lines(painted(cells([0, 64], [-2, 64], [10, 64], [20, 64], [5, 4], [5, 1000]), view))).toEqual([
      '7 0..................0',
    ]);
  });

  it('paints low ports no taller than allowed, in the middle of their row', () => {
    const view = { ...VIEW, ports: portScale(1, 16), tall: 2 };
    // port 1 is the octave of the lowest four pixels
    expect(lines(painted(cells([1, 1]), view))).toEqual(['13 ..00................', '14 ..00................']);
    expect(lines(painted(cells([1, 1]), { ...view, tall: 100 })).length).toBe(4);
  });

  it('mixes the classes of a cell, by their shares', () => {
    const target = raster(VIEW.width, VIEW.height);
    paint(cells([0, 64, 0, 2], [0, 64, 1, 2], [4, 64, 0, 4]), VIEW, INK, target);
    expect(lines(text(target))).toEqual(['7 **......00..........']);
    const level = Math.round((Math.log2(4) / Math.log2(64)) * (LEVELS - 1));
    const [mix, pure] = [target.pixels[7 * 20]!, COLOURS.pixels[level]!];
    const other = COLOURS.pixels[LEVELS + level]!;
    for (const shift of [0, 8, 16]) {
      const [m, a, b] = [mix, pure, other].map((pixel) => (pixel >> shift) & 255) as [number, number, number];
      expect(m).toBeGreaterThanOrEqual(Math.min(a, b) - 12);
      expect(m).toBeLessThanOrEqual(Math.max(a, b) + 12);
    }
  });

  it('shows and mixes only what the legend shows', () => {
    const ink = { ...INK, shown: (id: number) => id !== 0 };
    expect(lines(painted(cells([0, 64, 0], [0, 64, 1], [4, 64, 0]), VIEW, ink))).toEqual(['7 11..................']);
  });

  it('lets the busiest cell have a pixel, and of equals the rarer class, in any order', () => {
    // one pixel a cell would need 40; here two cells share each
    const view = { ...VIEW, width: 5, time: { from: 0, to: 10_000 } };
    expect(lines(painted(cells([0, 64, 0, 9], [1, 64, 1, 1]), view))).toEqual(['7 0....']);
    expect(lines(painted(cells([0, 64, 0, 1], [1, 64, 1, 9]), view))).toEqual(['7 1....']);
    expect(lines(painted(cells([0, 64, 0], [1, 64, 1], [5, 64, 0]), view))).toEqual(['7 1.0..']);
    expect(lines(painted(cells([0, 64, 1], [1, 64, 0], [5, 64, 0]), view))).toEqual(['7 1.0..']);
  });

  it('adds cells to a painted raster without painting the old ones again', () => {
    const all = cells([0, 64], [1, 64, 1], [2, 200], [7, 20, 5], [9, 30]);
    const whole = raster(VIEW.width, VIEW.height);
    paint(all, VIEW, INK, whole);
    const grown = raster(VIEW.width, VIEW.height);
    const early = cells([0, 64], [1, 64, 1]);
    paint(early, VIEW, INK, grown);
    expect(paint(all, VIEW, INK, grown, early.length)).toBe(all.length - early.length);
    expect(text(grown)).toEqual(text(whole));
    wipe(grown);
    expect(lines(text(grown))).toEqual([]);
  });

  it('leaves no gap and makes no stripe in an even band, at any zoom', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i - 10, 64] as const);
    const band = cells(...rows);
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 90 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 999 }),
        (width, dot, from) => {
          const view = { ...VIEW, width, dot, time: { from, to: from + 20_000 } };
          const inBand = painted(band, view).filter((line) => /[^.]/.test(line));
          expect(inBand.every((line) => line === '0'.repeat(width))).toBe(true);
        }
      ),
      { seed: 10 }
    );
  });

  it('counts what it painted', () => {
    const target = raster(VIEW.width, VIEW.height);
    expect(paint(cells([0, 64], [5, 64], [5, 4], [-5, 64]), VIEW, INK, target)).toBe(2);
  });
});
