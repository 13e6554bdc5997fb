import type { Tone } from './style';

/** What findings are drawn with. The halo is the ground's side of grey, so that a line reads over cells of any brightness. */
export interface ScanInk {
  readonly line: Readonly<Record<Tone, string>>;
  readonly halo: string;
  /** Behind labels. */
  readonly ground: string;
}

/**
 * Lines are far from the ground, cells between both; so lightness alone sets them off, and hue says what sort of
 * finding it is. The four of a set were chosen by their least difference under normal sight, deuteranopia, protanopia
 * and tritanopia.
 */
const ON_DARK: ScanInk = {
  line: { single: '#f8f8f8', group: '#facb39', look: '#fe6a00', aside: '#9e9e9e' },
  halo: 'rgba(0, 0, 0, 0.75)',
  ground: 'rgba(10, 12, 16, 0.82)',
};

const ON_LIGHT: ScanInk = {
  line: { single: '#161616', group: '#5b21d6', look: '#a34100', aside: '#737373' },
  halo: 'rgba(255, 255, 255, 0.85)',
  ground: 'rgba(255, 255, 255, 0.86)',
};

/** The classic scheme's ground is black, whatever the theme. */
export function scanInk(darkGround: boolean): ScanInk {
  return darkGround ? ON_DARK : ON_LIGHT;
}
