// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { parseHex } from '../colour/oklab';
import { luminance } from '../colour/palette';
import { difference, seen, SIGHTS } from '../colour/vision.test-util';
import { scanInk } from './ink';
import { KINDS } from './scan';
import { styleOf, TONES } from './style';

describe.each([
  { name: 'dark', dark: true, ground: '#181b1f' },
  { name: 'light', dark: false, ground: '#ffffff' },
])('the ink on $name ground', ({ dark, ground }) => {
  const { line } = scanInk(dark);

  it('can be read: lines and labels have the contrast WCAG asks of text', () => {
    for (const tone of TONES) {
      const [low, high] = [luminance(line[tone]), luminance(ground)].sort((a, b) => a - b) as [number, number];
      expect((high + 0.05) / (low + 0.05), tone).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(SIGHTS)('keeps the sorts of findings apart for %s', (sight) => {
    for (const one of TONES) {
      for (const other of TONES.filter((tone) => tone > one)) {
        const apart = difference(seen(parseHex(line[one]), sight), seen(parseHex(line[other]), sight));
        expect(apart, `${one} and ${other}`).toBeGreaterThan(0.11);
      }
    }
  });
});

describe('styles', () => {
  it('tell every two kinds apart without colour, but for form alone', () => {
    const looks = KINDS.map((kind) => {
      const { form, dash, twin } = styleOf(kind);
      return JSON.stringify([form, dash, twin]);
    });
    // A horizontal scan and a spike are both bands; their labels and tones differ
    expect(new Set(looks).size).toBe(KINDS.length - 1);
  });
});
