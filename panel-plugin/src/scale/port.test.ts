// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgePixels, fromTop, octave, octaveAt, portAt, portScale, rowMiddle } from './port';

const port = fc.integer({ min: 0, max: 65535 });

describe('octave and portAt', () => {
  it('round-trip every port, at its lower edge and just below its upper one', () => {
    const wrong: number[] = [];
    for (let p = 0; p < 65536; p++) {
      const places = [octave(p), octave(p + 1) - 1e-9, rowMiddle(p)];
      if (places.some((place) => portAt(place) !== p)) {
        wrong.push(p);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('put what has no port into the half octave below 1', () => {
    expect([octave(0), octave(0.5), octave(1)]).toEqual([-1, -1, 0]);
    expect([portAt(-1), portAt(-0.01), portAt(0)]).toEqual([0, 0, 1]);
  });

  it('stay in range beyond both ends', () => {
    expect([portAt(-99), portAt(16), portAt(99)]).toEqual([0, 65535, 65535]);
  });
});

describe('portScale', () => {
  it('orders and bounds its ends, and is never empty', () => {
    fc.assert(
      fc.property(fc.double(), fc.double(), (a, b) => {
        const scale = portScale(a, b);
        expect(scale.from).toBeGreaterThanOrEqual(0);
        expect(scale.to).toBeLessThanOrEqual(65536);
        expect(scale.to).toBeGreaterThan(scale.from);
        expect(scale.high).toBeGreaterThan(scale.low);
      }),
      { seed: 1 }
    );
  });

  it('places higher ports higher, and finds them again', () => {
    fc.assert(
      fc.property(port, port, port, port, (from, to, p, q) => {
        const scale = portScale(from, to);
        if (p < q) {
          expect(fromTop(scale, octave(p))).toBeGreaterThan(fromTop(scale, octave(q)));
        }
        expect(octaveAt(scale, fromTop(scale, octave(p)))).toBeCloseTo(octave(p), 8);
      }),
      { seed: 2 }
    );
  });

  it('runs from 0 at the top to 1 at the bottom', () => {
    const scale = portScale(0, 65536);
    expect([fromTop(scale, 16), fromTop(scale, -1)]).toEqual([0, 1]);
  });
});

describe('edgePixels', () => {
  it('agrees with the scale for every edge', () => {
    const scale = portScale(20, 9000);
    const pixels = edgePixels(scale, 480);
    for (const edge of [0, 1, 2, 20, 443, 9000, 65535, 65536]) {
      expect(pixels[edge]).toBeCloseTo(fromTop(scale, octave(edge)) * 480, 2);
    }
  });
});
