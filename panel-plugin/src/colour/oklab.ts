/**
 * OKLab, a space in which equal steps look equal (Björn Ottosson, https://bottosson.github.io/posts/oklab/).
 * L is 0 (black) to 1 (white); a and b are 0 for greys.
 */
export interface Lab {
  readonly L: number;
  readonly a: number;
  readonly b: number;
}

/** Channels 0…1; sRGB as displays take it, or linear light, as each function says. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** From lightness, chroma and hue in degrees. */
export function lch(L: number, chroma: number, hue: number): Lab {
  const turn = (hue * Math.PI) / 180;
  return { L, a: chroma * Math.cos(turn), b: chroma * Math.sin(turn) };
}

export function labToLinear({ L, a, b }: Lab): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export function linearToLab([red, green, blue]: Rgb): Lab {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

/** Linear light to sRGB, one channel; out of gamut is clipped. */
export function encode(light: number): number {
  const v = Math.min(Math.max(light, 0), 1);
  return v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
}

/** sRGB to linear light, one channel. */
export function decode(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** `#rrggbb` to OKLab. */
export function parseHex(hex: string): Lab {
  const bits = Number.parseInt(hex.slice(1), 16);
  return linearToLab([decode((bits >> 16) / 255), decode(((bits >> 8) & 255) / 255), decode((bits & 255) / 255)]);
}

export function toHex(lab: Lab): string {
  const bytes = labToLinear(lab).map((light) => Math.round(encode(light) * 255));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Whether sRGB can show the colour, within a rounding of half a byte. */
export function inGamut(lab: Lab): boolean {
  return labToLinear(lab).every((light) => light > -0.002 && light < 1.005);
}

/** Between two colours, in equal-looking steps. */
export function mix(from: Lab, to: Lab, share: number): Lab {
  return {
    L: from.L + (to.L - from.L) * share,
    a: from.a + (to.a - from.a) * share,
    b: from.b + (to.b - from.b) * share,
  };
}
