import { Collector, eachLine } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofNetwork } from '../../indicator.js';
import { readNetwork, readRange } from '../../network.js';
import { readWildcard } from './wildcard.js';

/**
 * SiLK sets as text: what `rwsetcat` prints (addresses, CIDR blocks, `--ip-ranges` with bars) and what `rwsetbuild`
 * reads (wildcards and ranges, too). https://tools.netsa.cert.org/silk/rwsetbuild.html
 */
export const silk: Format = {
  name: 'silk',
  about: 'SiLK set as text: rwsetcat, or input of rwsetbuild',
  parse(documents) {
    const found = new Collector();
    eachLine(documents, (line, number) => {
      const comment = line.indexOf('#');
      const text = comment < 0 ? line : line.slice(0, comment).trim();
      if (text === '') return;
      const networks = read(text);
      if (networks === undefined || networks.length === 0) return found.bad(number, line);
      for (const network of networks) found.add(ofNetwork(network), number, line);
    });
    return found.done();
  },
};

function read(text: string) {
  // --ip-ranges: count|first|last|
  const columns = text.split('|').map((column) => column.trim());
  if (columns.length >= 3 && /^\d+$/.test(columns[0] ?? '')) return readRange(`${columns[1]}-${columns[2]}`);
  const lone = readNetwork(columns[0] ?? '');
  if (lone !== undefined) return [lone];
  return readRange(text.replace(/\s+/, '-')) ?? readRange(text) ?? readWildcard(text);
}
