import { isV4, networkText } from '../network.js';
import { second, secondsLeft } from './list.js';
import type { Entry, Out } from './list.js';
import { head } from './plain.js';

/** RouterOS takes no longer timeout: 35 weeks. */
const LONGEST_S = 35 * 7 * 86_400;

/**
 * A script for RouterOS's /import that fills address lists. An entry that is there is replaced, and what an earlier
 * import left and is not in this one is taken out at the end, by its comment: at no moment is the list empty.
 * https://help.mikrotik.com/docs/display/ROS/Address-lists
 */
export const mikrotik: Out = {
  name: 'mikrotik',
  about: 'RouterOS script with address lists, for /import',
  write(list) {
    const { entries, now, name } = list;
    const v4 = entries.filter(({ network }) => isV4(network));
    const v6 = entries.filter(({ network }) => !isV4(network));
    const made = `fireplot ${second(now)}`;
    return [
      ...head(list),
      ...menu('/ip firewall address-list', { name, made, now }, v4, ''),
      ...menu('/ipv6 firewall address-list', { name, made, now }, v6, '/128'),
      '',
    ].join('\n');
  },
};

interface Import {
  readonly name: string;
  readonly made: string;
  readonly now: number;
}

/** Each command names its menu whole, since what a block inherits of it is nowhere promised. */
function menu(path: string, { name, made, now }: Import, entries: readonly Entry[], length: string): string[] {
  const lines = entries.map((entry) => {
    const address = `${networkText(entry.network)}${length}`;
    const left = secondsLeft(entry, now);
    const timeout = left === undefined ? '' : ` timeout=${duration(Math.min(left, LONGEST_S))}`;
    const add = `${path} add list=${name} address=${address}${timeout} comment="${made}"`;
    return `:do { ${add} } on-error={ ${path} remove [find where list=${name} and address=${address}]; ${add} }`;
  });
  return [...lines, `${path} remove [find where list=${name} and comment~"^fireplot " and comment!="${made}"]`];
}

/** RouterOS's words for a time: `6d23h59m59s`. */
function duration(seconds: number): string {
  const [d, h, m, s] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  return `${d}d${h}h${m}m${s}s`;
}
