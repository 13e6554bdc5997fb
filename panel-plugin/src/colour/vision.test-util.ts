import { labToLinear, linearToLab, type Lab, type Rgb } from './oklab';

/** Kinds of sight, as matrices on linear light (Machado, Oliveira, Fernandes 2009, severity 1). */
const SIGHT = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

export type Sight = keyof typeof SIGHT;
export const SIGHTS = Object.keys(SIGHT) as Sight[];

/** A colour as an eye of that kind sees it. */
export function seen(colour: Lab, sight: Sight): Lab {
  const [r, g, b] = labToLinear(colour).map((light) => Math.min(Math.max(light, 0), 1)) as unknown as Rgb;
  const m = SIGHT[sight];
  return linearToLab([m[0] * r + m[1] * g + m[2] * b, m[3] * r + m[4] * g + m[5] * b, m[6] * r + m[7] * g + m[8] * b]);
}

/** How different two colours look: about 0.02 is just noticeable side by side. */
export function difference(one: Lab, other: Lab): number {
  return Math.hypot(one.L - other.L, one.a - other.a, one.b - other.b);
}
