import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portScale } from '../scale/port';
import { FROM, TO } from '../testing/panel';
import { scan } from '../testing/scans';
import { itemAt, itemsAround, layOut, MOST_DRAWN, MOST_MINOR, type LayoutOptions } from './layout';
import type { Plane, Rect } from './plane';
import type { Scan } from './scan';

const PLANE: Plane = { time: { from: FROM, to: TO }, ports: portScale(1, 65536), width: 1440, height: 800 };
const ALL: LayoutOptions = { visibility: () => 'shown', label: (one) => one.kind };
const minute = (n: number) => FROM + n * 60_000;
const at = (start: number, end: number, given: Partial<Scan> = {}) =>
  scan({ id: `${start}`, start: minute(start), end: minute(end), minPort: 100, maxPort: 1000, ...given });

describe('layOut', () => {
  it('puts the most important first: by severity, score, events', () => {
    const scans = [
      at(0, 10, { id: 'few', severity: 'low', score: 0.5, events: 10 }),
      at(0, 10, { id: 'many', severity: 'low', score: 0.5, events: 99 }),
      at(0, 10, { id: 'told nothing' }),
      at(0, 10, { id: 'high', severity: 'high' }),
      at(0, 10, { id: 'scored', severity: 'low', score: 0.9 }),
    ];
    const ids = layOut(scans, PLANE, ALL).items.map((item) => item.scan.id);
    expect(ids).toEqual(['high', 'scored', 'many', 'few', 'told nothing']);
  });

  it('draws no more than a person can look at, and counts the others', () => {
    const scans = Array.from({ length: MOST_DRAWN + 50 }, (_, i) => at(i, i + 5, { score: i / 1000 }));
    const { items, inSight } = layOut([...scans, at(5000, 5010)], PLANE, ALL);
    expect([items.length, inSight]).toEqual([MOST_DRAWN, MOST_DRAWN + 50]);
    expect(Math.min(...items.map((item) => item.scan.score!))).toBeCloseTo(0.05);
  });

  it('puts the rarer kind first, and draws a bounded number of what is no reason to look', () => {
    const sweeps = Array.from({ length: MOST_MINOR + 20 }, (_, i) =>
      at(i, i + 50, { kind: 'horizontal', severity: 'low', score: 1, minPort: 23, maxPort: 23 })
    );
    const vertical = at(0, 10, { id: 'v', severity: 'low', score: 0.1 });
    const severe = at(0, 10, { id: 's', kind: 'horizontal', severity: 'medium', minPort: 23, maxPort: 23 });
    const { items, inSight } = layOut([...sweeps, vertical, severe], PLANE, ALL);
    expect(items.slice(0, 2).map((item) => item.scan.id)).toEqual(['s', 'v']);
    expect([items.length, inSight]).toEqual([MOST_MINOR + 2, MOST_MINOR + 22]);
  });

  it('says once what many minor findings alike are, and names each that is a reason to look', () => {
    const far = (severity: string) => [0, 400, 800].map((start) => at(start, start + 200, { severity }));
    const labels = (severity: string) => layOut(far(severity), PLANE, ALL).items.filter((item) => item.label).length;
    expect([labels('low'), labels('info'), labels('medium'), labels('')]).toEqual([1, 1, 3, 3]);
  });

  it('leaves out what is hidden, and draws faintly and without label what is dimmed or known', () => {
    const scans = [at(0, 100, { kind: 'block' }), at(200, 300, { kind: 'decoy' }), at(400, 500, { known: 'ours' })];
    const visibility = (kind: string) => (kind === 'block' ? 'hidden' : kind === 'decoy' ? 'dimmed' : 'shown');
    const { items } = layOut(scans, PLANE, { ...ALL, visibility });
    expect(items.map(({ scan: { start }, dim, label }) => [start, dim, label])).toEqual([
      [minute(200), true, undefined],
      [minute(400), true, undefined],
    ]);
  });

  it('labels nothing when told so, and lays out nothing on a plot without size', () => {
    expect(layOut([at(0, 100)], PLANE, { ...ALL, label: () => '' }).items[0]!.label).toBeUndefined();
    expect(layOut([at(0, 100)], { ...PLANE, width: 0 }, ALL).items).toEqual([]);
  });

  it('names a severe finding even where lines are all around, and a minor one not', () => {
    const crowd = Array.from({ length: 250 }, (_, i) =>
      at(i * 6, i * 6 + 3, { minPort: 1, maxPort: 65_535, score: 1 })
    );
    const label = (one: Scan) => (one.score === 1 ? '' : 'named');
    const labelled = (severity: string) =>
      layOut([...crowd, at(700, 702, { id: 'it', severity })], PLANE, { ...ALL, label }).items.some(
        (item) => item.label
      );
    expect([labelled('high'), labelled('medium'), labelled('low'), labelled('')]).toEqual([true, true, false, false]);
  });

  it('keeps labels on the plot and apart from each other', () => {
    const scans = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 1439 }),
        long: fc.integer({ min: 0, max: 600 }),
        ports: fc.tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 })),
        kind: fc.constantFrom('vertical', 'horizontal', 'synchronised', 'painted'),
        severity: fc.constantFrom('low', 'high'),
      }),
      { maxLength: 60 }
    );
    fc.assert(
      fc.property(scans, (list) => {
        const given = list.map(({ start, long, ports: [a, b], kind, severity }, i) =>
          at(start, start + long, {
            id: String(i),
            kind,
            severity,
            minPort: Math.min(a, b),
            maxPort: Math.max(a, b),
            curve: [
              [minute(start), a],
              [minute(start + long), b],
            ],
          })
        );
        const labels = layOut(given, PLANE, ALL).items.flatMap((item) => (item.label ? [item.label.rect] : []));
        labels.forEach((one, i) => {
          expect(one.left >= 0 && one.right <= 1440 && one.top >= 0 && one.bottom <= 800).toBe(true);
          expect(labels.slice(i + 1).some((other) => overlap(one, other))).toBe(false);
        });
      }),
      { seed: 65, numRuns: 60 }
    );
  });
});

function overlap(a: Rect, b: Rect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

describe('itemAt', () => {
  const layout = layOut(
    [
      at(100, 200, { id: 'box' }),
      at(300, 500, {
        id: 'curve',
        order: 'ascending',
        curve: [
          [minute(300), 100],
          [minute(500), 1000],
        ],
      }),
    ],
    PLANE,
    ALL
  );
  const idAt = (x: number, y: number) => layout.items[itemAt(layout, x, y, 4)]?.scan.id;
  const boxed = layout.items.find((item) => item.scan.id === 'box')!;
  const middle = (boxed.shape.bounds.top + boxed.shape.bounds.bottom) / 2;

  it('finds an edge and a curve within reach, and nothing beyond', () => {
    expect([idAt(94, middle), idAt(90, middle), idAt(150, middle)]).toEqual(['box', undefined, undefined]);
    const curve = layout.items.find((item) => item.scan.id === 'curve')!;
    const { top, bottom } = curve.shape.bounds;
    expect([idAt(400, (top + bottom) / 2), idAt(400, (top + bottom) / 2 - 30)]).toEqual(['curve', undefined]);
  });

  it('finds a label', () => {
    const { left, right, top, bottom } = boxed.label!.rect;
    expect(idAt((left + right) / 2, (top + bottom) / 2)).toBe('box');
  });

  it('prefers the nearer line, and of two on one place the more important', () => {
    const low = at(100, 200, { id: 'low', severity: 'low' });
    const high = at(100, 200, { id: 'high', severity: 'high' });
    const near = at(106, 300, { id: 'near' });
    const crowded = layOut([low, near, high], PLANE, { ...ALL, label: () => '' });
    const found = (x: number) => crowded.items[itemAt(crowded, x, middle, 4)]?.scan.id;
    expect([found(96), found(101)]).toEqual(['high', 'near']);
  });
});

describe('itemsAround', () => {
  it('names the boxes around a place, smallest first, and no curves', () => {
    const scans = [at(0, 900, { id: 'large' }), at(400, 500, { id: 'small' }), at(600, 700, { id: 'elsewhere' })];
    const layout = layOut(scans, PLANE, ALL);
    const { top, bottom } = layout.items[0]!.shape.bounds;
    const around = (x: number) => itemsAround(layout, x, (top + bottom) / 2).map((i) => layout.items[i]!.scan.id);
    expect([around(450), around(100), around(1200)]).toEqual([['small', 'large'], ['large'], []]);
  });
});
