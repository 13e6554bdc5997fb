import { isV4, networkText } from '../network.js';
import { secondsLeft } from './list.js';
import type { Entry, Out } from './list.js';
import { head } from './plain.js';

/** Elements of one command; nft reads it as one line. */
const A_COMMAND = 500;

/**
 * Two sets of the table `inet fireplot`, emptied and filled in one transaction, each element with its time left. What
 * refers to the sets stays. https://wiki.nftables.org/wiki-nftables/index.php/Sets
 */
export const nftables: Out = {
  name: 'nftables',
  about: 'nftables sets, for nft -f',
  write(list) {
    const v4 = list.entries.filter(({ network }) => isV4(network));
    const v6 = list.entries.filter(({ network }) => !isV4(network));
    return [
      ...head(list),
      'add table inet fireplot',
      ...set(`${list.name}_v4`, 'ipv4_addr', v4, list.now),
      ...set(`${list.name}_v6`, 'ipv6_addr', v6, list.now),
      '',
    ].join('\n');
  },
};

function set(name: string, type: string, entries: readonly Entry[], now: number): string[] {
  const lines = [`add set inet fireplot ${name} { type ${type}; flags timeout; }`, `flush set inet fireplot ${name}`];
  for (let at = 0; at < entries.length; at += A_COMMAND) {
    const elements = entries.slice(at, at + A_COMMAND).map((entry) => {
      const left = secondsLeft(entry, now);
      return `  ${networkText(entry.network)}${left === undefined ? '' : ` timeout ${left}s`}`;
    });
    lines.push(`add element inet fireplot ${name} {`, elements.join(',\n'), '}');
  }
  return lines;
}
