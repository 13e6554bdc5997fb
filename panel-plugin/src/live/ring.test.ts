import { describe, expect, it } from 'vitest';
import { leveller } from '../colour/level';
import { palette } from '../colour/palette';
import { scheme } from '../colour/schemes';
import { paint, raster, type View } from '../paint';
import { portScale } from '../scale/port';
import { LiveGrid } from './grid';
import { Ring } from './ring';

const FROM = Date.parse('2026-11-25T12:00:00Z');
const ports = portScale(1, 65536);
const ink = { palette: palette(scheme('default', true)), level: leveller(64), shown: () => true };
/** A minute in 240 pixels. */
const viewAt = (ms: number): View => ({
  time: { from: FROM + ms, to: FROM + ms + 60_000 },
  ports,
  width: 240,
  height: 100,
  dot: 2,
  tall: 8,
});

/** The window's pixels, cut out of the ring's. */
function inSight(ring: Ring, view: View): Uint32Array {
  const offset = ring.offset(view.time);
  const cut = new Uint32Array(view.width * view.height);
  for (let y = 0; y < view.height; y++) {
    const start = y * ring.view.width + offset;
    cut.set(ring.raster.pixels.subarray(start, start + view.width), y * view.width);
  }
  return cut;
}

describe('Ring', () => {
  it('shows in each window what painting that window alone shows, though only news are painted', () => {
    const grid = new LiveGrid(250, 64);
    const ring = new Ring(viewAt(0));
    let events = 0;
    for (let ms = 0; ms <= 15_000; ms += 250) {
      const changed = [0, 1, 2].map((i) => {
        const port = 1 + ((events++ * 7919) % 60_000);
        return grid.add(FROM + ms + 59_000 + i * 100, port, i, 1);
      });
      ring.paint(grid.pick(Int32Array.from(new Set(changed))), ink);
      const view = viewAt(ms);
      expect(ring.holds(view)).toBe(true);
      const alone = raster(view.width, view.height);
      paint(grid.sorted(), view, ink, alone);
      // Dots at the very edges are kept whole by the one and cut by the other.
      const inner = (pixels: Uint32Array) => pixels.filter((_, at) => at % 240 > 2 && at % 240 < 237);
      expect(inner(inSight(ring, view))).toEqual(inner(alone.pixels));
    }
  });

  it('does not hold a window beyond its end, before its beginning, or of other scales', () => {
    const ring = new Ring(viewAt(0));
    expect(ring.holds(viewAt(15_000))).toBe(true);
    expect(ring.holds(viewAt(15_250))).toBe(false);
    expect(ring.holds(viewAt(-250))).toBe(false);
    expect(ring.holds({ ...viewAt(0), ports: portScale(1, 1024) })).toBe(false);
    expect(ring.holds({ ...viewAt(0), height: 99 })).toBe(false);
    expect(ring.holds({ ...viewAt(0), time: { from: FROM, to: FROM + 59_000 } })).toBe(false);
  });

  it('tells the stripe that cells lie in, none for none', () => {
    const ring = new Ring(viewAt(0));
    const grid = new LiveGrid(1000, 64);
    expect(ring.stripeOf(grid.sorted())).toEqual({ left: 0, width: 0 });
    grid.add(FROM + 30_000, 22, 0, 1);
    const { left, width } = ring.stripeOf(grid.sorted());
    expect([left, left + width]).toEqual([118, 126]);
  });
});
