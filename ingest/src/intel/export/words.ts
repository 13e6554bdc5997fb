import { LEFT_OUT } from './collect.js';
import type { Collected, LeftOut } from './collect.js';

const WORDS: Readonly<Record<LeftOut, string>> = {
  reserved: 'private or reserved',
  own: 'our own',
  spoofed: 'decoys or victims of backscatter',
  allowed: 'allowed',
  suppressed: 'suppressed',
  informs: 'of findings that only inform (--info takes them)',
  weak: 'below --min-score',
  expired: 'expired',
};

/** ` Left out: 3 allowed, 1 our own.`; '' when nothing was. */
export function leftOutWords(leftOut: Collected['leftOut']): string {
  const parts = LEFT_OUT.flatMap((reason) => {
    const count = leftOut[reason] ?? 0;
    return count === 0 ? [] : [`${count} ${WORDS[reason]}`];
  });
  return parts.length === 0 ? '' : ` Left out: ${parts.join(', ')}.`;
}
