// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLASS_IDS } from '../classes';
import { labToLinear, encode, lch, parseHex, toHex } from './oklab';
import { LEVELS, luminance, palette, pixelOf } from './palette';
import { scheme } from './schemes';

/** Red, green, blue of a pixel in ImageData's order of bytes. */
function bytes(pixel: number): number[] {
  return [...new Uint8Array(Uint32Array.of(pixel).buffer)];
}

describe('palette', () => {
  const colours = palette(scheme('default', true));

  it('holds the scheme’s colours as opaque pixels', () => {
    for (let id = 0; id < CLASS_IDS; id++) {
      const hex = colours.css(id, 1);
      const [r, g, b, alpha] = bytes(colours.pixels[id * LEVELS + LEVELS - 1]!);
      expect(`#${[r!, g!, b!].map((v) => v.toString(16).padStart(2, '0')).join('')}`).toBe(hex);
      expect(alpha).toBe(255);
    }
  });
});

describe('pixelOf', () => {
  it('is within one step of exact arithmetic', () => {
    const hue = fc.double({ min: 0, max: 360, noNaN: true });
    const L = fc.double({ min: 0.2, max: 0.98, noNaN: true });
    fc.assert(
      fc.property(L, fc.double({ min: 0, max: 0.2, noNaN: true }), hue, (l, chroma, h) => {
        const lab = lch(l, chroma, h);
        const exact = labToLinear(lab).map((light) => Math.round(encode(light) * 255));
        bytes(pixelOf(lab.L, lab.a, lab.b)).slice(0, 3).forEach((byte, i) => expect(Math.abs(byte - exact[i]!)).toBeLessThanOrEqual(2)); // prettier-ignore
      }),
      { seed: 9 }
    );
  });
});

describe('luminance', () => {
  it('is 0 for black, 1 for white, and WCAG’s for a grey', () => {
    expect([luminance('#000000'), luminance('#ffffff')]).toEqual([0, 1]);
    expect(luminance(toHex(parseHex('#777777')))).toBeCloseTo(0.184, 3);
  });
});
