// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { CLASS_IDS, TAIL } from '../classes';
import { inGamut, toHex } from './oklab';
import { luminance } from './palette';
import { scheme } from './schemes';
import { difference, seen, SIGHTS } from './vision.test-util';

/** Grounds of Grafana's panels: background.primary of its two themes. */
const GROUNDS = [
  { name: 'dark', dark: true, ground: '#181b1f' },
  { name: 'light', dark: false, ground: '#ffffff' },
];
/** TCP and UDP over IPv4 and IPv6: nearly everything there is. */
const MAIN = [0, 1, 4, 5];

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each(GROUNDS)('the default scheme on the $name theme', ({ dark, ground }) => {
  const { colour } = scheme('default', dark);

  it('shows one lone probe of every class with the contrast WCAG asks of graphics', () => {
    for (let id = 0; id < CLASS_IDS; id++) {
      const least = (id & 7) === 2 || (id & 7) === 6 || (id & TAIL && id < 16) ? 2.4 : 3;
      expect(contrast(toHex(colour(id, 0)), ground)).toBeGreaterThanOrEqual(least);
    }
  });

  it.each(SIGHTS)('keeps TCP, UDP, IPv4 and IPv6 apart for %s, at every brightness', (sight) => {
    for (const level of [0, 0.25, 0.5, 0.75, 1]) {
      for (const one of MAIN) {
        for (const other of MAIN.filter((id) => id > one)) {
          const apart = difference(seen(colour(one, level), sight), seen(colour(other, level), sight));
          expect(apart, `${one} and ${other} at ${level}`).toBeGreaterThan(level <= 0.25 ? 0.09 : 0.065);
        }
      }
    }
  });

  it('moves away from the ground in even steps as counts rise', () => {
    for (let id = 0; id < CLASS_IDS; id++) {
      const steps = Array.from({ length: 10 }, (_, i) => colour(id, (i + 1) / 10).L - colour(id, i / 10).L);
      expect(Math.min(...steps.map((step) => (dark ? step : -step)))).toBeGreaterThan(0.015);
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-9);
    }
  });

  it('asks of a screen only what it can show', () => {
    for (let id = 0; id < CLASS_IDS; id++) {
      for (let v = 0; v <= 20; v++) {
        expect(inGamut(colour(id, v / 20)), `class ${id} at ${v / 20}`).toBe(true);
      }
    }
  });
});

describe('the classic scheme', () => {
  const classic = scheme('classic', false);

  it('has the original’s ground, frame and colours, whatever the theme', () => {
    expect(classic).toBe(scheme('classic', true));
    expect([classic.ground, classic.frame]).toEqual(['#000000', '#c0c0c0']);
    expect(MAIN.map((id) => toHex(classic.colour(id, 1)))).toEqual(['#00ff00', '#b0b0ff', '#ff0000', '#ffffff']);
  });

  it('shows one lone probe of every class on black', () => {
    for (let id = 0; id < CLASS_IDS; id++) {
      expect(contrast(toHex(classic.colour(id, 0)), '#000000')).toBeGreaterThan(2.9);
    }
  });
});
