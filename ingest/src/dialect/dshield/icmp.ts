import type { Event } from '../../event/event.js';

/** Highest code of each ICMP type that hosts and routers send. */
const V4 = new Map([
  [0, 0],
  [3, 15],
  [4, 0],
  [5, 3],
  [8, 0],
  [9, 16],
  [10, 0],
  [11, 1],
  [12, 2],
  [13, 0],
  [14, 0],
  [15, 0],
  [16, 0],
  [17, 0],
  [18, 0],
]);
const V6 = new Map([
  [1, 7],
  [2, 0],
  [3, 1],
  [4, 3],
  [128, 0],
  [129, 0],
  [130, 0],
  [131, 0],
  [132, 0],
  [133, 0],
  [134, 0],
  [135, 0],
  [136, 0],
  [137, 0],
  [143, 0],
]);

/**
 * Sets ICMP's type and code from the two ports. DShield's own scripts write the code first, psad the type: what only one of
 * them can mean is read so, and the rest as DShield's.
 */
export function readIcmp(first: number, second: number, event: Event): void {
  const codes = event.proto === 1 ? V4 : V6;
  const fits = (type: number, code: number): boolean => code <= (codes.get(type) ?? -1);
  const psad = !fits(second, first) && fits(first, second);
  event.icmpType = psad ? first : second;
  event.icmpCode = psad ? second : first;
}
