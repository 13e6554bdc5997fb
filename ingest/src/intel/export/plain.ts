import { networkText } from '../network.js';
import { second } from './list.js';
import type { List, Out } from './list.js';

/** One address a line, behind a head of comments. */
export const plain: Out = {
  name: 'plain',
  about: 'one address a line, # comments',
  write: (list) => [...head(list), ...list.entries.map(({ network }) => networkText(network)), ''].join('\n'),
};

/** Comments that say what a list is; for consumers that take `#`. */
export function head({ entries, now, name }: List): string[] {
  return [`# ${name}: ${entries.length} addresses that fireplot found scanning, made ${second(now)}`];
}
