// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, inGamut, labToLinear, lch, linearToLab, mix, parseHex, toHex } from './oklab';

const channel = fc.double({ min: 0, max: 1, noNaN: true });

describe('OKLab', () => {
  it('agrees with the published values of black, white and red', () => {
    expect(parseHex('#000000').L).toBeCloseTo(0, 6);
    expect(parseHex('#ffffff').L).toBeCloseTo(1, 5);
    const red = parseHex('#ff0000');
    expect([red.L, red.a, red.b].map((v) => Number(v.toFixed(3)))).toEqual([0.628, 0.225, 0.126]);
  });

  it('round-trips every colour of a screen', () => {
    fc.assert(
      fc.property(channel, channel, channel, (r, g, b) => {
        labToLinear(linearToLab([r, g, b])).forEach((light, i) => expect(light).toBeCloseTo([r, g, b][i]!, 4));
      }),
      { seed: 7 }
    );
  });

  it('round-trips hex', () => {
    for (const hex of ['#00ff00', '#b0b0ff', '#ff0000', '#c0c0c0', '#123456']) {
      expect(toHex(parseHex(hex))).toBe(hex);
    }
  });

  it('has inverse transfer functions', () => {
    fc.assert(
      fc.property(channel, (v) => {
        expect(encode(decode(v))).toBeCloseTo(v, 6);
      }),
      { seed: 8 }
    );
  });

  it('knows what a screen cannot show', () => {
    expect([inGamut(lch(0.6, 0.1, 250)), inGamut(lch(0.6, 0.4, 250)), inGamut(lch(1.1, 0, 0))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('mixes in the middle', () => {
    expect(mix({ L: 0, a: 0, b: 1 }, { L: 1, a: 0.5, b: 0 }, 0.5)).toEqual({ L: 0.5, a: 0.25, b: 0.5 });
  });
});
