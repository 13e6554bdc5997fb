import type { Network } from '../../network.js';
import { readNetwork } from '../../network.js';

/**
 * What an owner name, relative to its zone, triggers on: a network (client or response address), a queried name, or
 * 'other' (name servers). @returns undefined for an address that is none
 */
export function readTrigger(owner: string): Network | 'name' | 'other' | undefined {
  const labels = owner.toLowerCase().split('.');
  const kind = labels.at(-1) ?? '';
  if (kind === 'rpz-nsdname' || kind === 'rpz-nsip') return 'other';
  if (kind !== 'rpz-ip' && kind !== 'rpz-client-ip') return 'name';
  const [bits, ...reversed] = labels.slice(0, -1);
  const parts = reversed.reverse();
  const v4 = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part)) && !parts.includes('zz');
  const address = v4 ? parts.join('.') : colons(parts);
  return readNetwork(`${address}/${bits}`);
}

/** `zz` stands for the run of zeros, and may be at either end. */
function colons(parts: readonly string[]): string {
  return parts
    .map((part) => (part === 'zz' ? '' : part))
    .join(':')
    .replace(/^:/, '::')
    .replace(/:$/, '::')
    .replace(/:{3,}/, '::');
}

/** The owner name, relative to its zone, of a client-IP trigger. @param text CIDR as networkText writes it */
export function clientTrigger(text: string): string {
  const [address = '', length] = text.split('/');
  if (!address.includes(':')) return `${length ?? 32}.${address.split('.').reverse().join('.')}.rpz-client-ip`;
  const parts = address.split('::').map((half) => half.split(':').filter(Boolean));
  const [head = [], tail] = parts;
  const all = tail === undefined ? head : [...head, 'zz', ...tail];
  return `${length ?? 128}.${all.reverse().join('.')}.rpz-client-ip`;
}
