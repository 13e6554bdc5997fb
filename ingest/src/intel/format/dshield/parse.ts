import { Collector, eachLine } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofNetwork, readTime } from '../../indicator.js';
import { readNetwork, readRange } from '../../network.js';

const PADDED = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * DShield by tabs: the block list (`start end bits attacks name country email`) and lists of sources (address, counts,
 * first and last day). Addresses are padded with zeros there, which are decimal. https://www.dshield.org/feeds_doc.html
 */
export const dshield: Format = {
  name: 'dshield',
  about: 'DShield block list, top sources, daily sources',
  parse(documents) {
    const found = new Collector();
    eachLine(documents, (line, number) => {
      const columns = line.split('\t').map((column) => column.trim());
      if (line.startsWith('#') || /^(?:start|source|ip)\b/i.test(line)) return;
      const first = unpadded(columns[0] ?? '');
      const last = unpadded(columns[1] ?? '');
      if (last !== '') {
        const networks = readRange(`${first}-${last}`);
        const tags = [columns[5] ?? ''].filter((country) => /^[A-Z]{2}$/.test(country));
        const details = { comment: known(columns[4]), tags };
        if (networks === undefined) return found.bad(number, line);
        for (const network of networks) found.add(ofNetwork(network, details), number, line);
        return;
      }
      const days = columns.map((column) => readTime(column)).filter((day) => day !== undefined);
      const network = readNetwork(first);
      found.add(network && ofNetwork(network, { firstSeen: days[0], lastSeen: days.at(-1) }), number, line);
    });
    return found.done();
  },
};

function unpadded(text: string): string {
  if (PADDED.test(text)) return text.split('.').map(Number).join('.');
  return text.includes(':') ? text : '';
}

const known = (text: string | undefined): string => (text === undefined || /^(?:-|none)$/i.test(text) ? '' : text);
