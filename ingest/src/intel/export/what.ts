import { KINDS } from '../../detect/finding.js';
import type { Kind } from '../../detect/finding.js';
import type { Why } from './list.js';

/** Senders of these are written into packets by somebody else: blocking them hits victims. */
export const SPOOFED: readonly Kind[] = ['decoy', 'backscatter'];

/**
 * Which findings a list can be made of. Not among them: what is spoofed; periodic knocks, which are as often a client
 * that nobody told that its server moved; painted ones, which are a shape and not somebody.
 */
export const WHAT: Readonly<Record<string, readonly Why[]>> = {
  scanners: ['vertical', 'horizontal', 'block'],
  synchronised: ['synchronised', 'distributed', 'diagonal'],
  spikes: ['spike'],
  all: ['vertical', 'horizontal', 'block', 'synchronised', 'distributed', 'diagonal', 'spike'],
};

/** @throws Error for a kind that no version of detection has */
export function kindOf(text: string): Kind {
  const kind = KINDS.find((each) => each === text);
  if (kind === undefined)
    throw new Error(`fireplot.scans holds a kind of finding that this version does not know: ${JSON.stringify(text)}`);
  return kind;
}
