import type { Network } from '../../network.js';
import { readNetwork } from '../../network.js';

const MOST = 65_536;

/**
 * SiLK's IP wildcard, IPv4: each octet a number, a range, a list of both, or x for any; `10.0.x.1-3,7`.
 * @returns its networks; undefined when it is none, or stands for more than 65,536
 */
export function readWildcard(text: string): Network[] | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  // Trailing any-octets are one prefix.
  let bits = 32;
  while (bits > 0 && octets[bits / 8 - 1] === 'x') bits -= 8;
  let prefixes = [''];
  for (let i = 0; i < 4; i++) {
    const values = i * 8 >= bits ? [0] : readOctet(octets[i] ?? '');
    if (values === undefined || prefixes.length * values.length > MOST) return undefined;
    prefixes = prefixes.flatMap((prefix) => values.map((value) => (i === 0 ? `${value}` : `${prefix}.${value}`)));
  }
  return prefixes.flatMap((prefix) => readNetwork(`${prefix}/${bits}`) ?? []);
}

function readOctet(text: string): number[] | undefined {
  const values: number[] = [];
  for (const part of text.split(',')) {
    const match = part === 'x' ? ['', '0', '255'] : /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? from);
    if (!(from <= to && to <= 255)) return undefined;
    for (let value = from; value <= to; value++) values.push(value);
  }
  return values;
}
