import { Collector, eachLine } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork } from '../../indicator.js';
import { readNetwork, readRange } from '../../network.js';

/** What counts entries in the head of a netset: `# Entries : 1234 unique IPs` or `1234 subnets`. */
const COUNTED = /^#\s*entries\s*:\s*(\d+)\s+(?:(?:unique\s+)?ips|subnets)/i;

/** An address, network, range or name a line; what follows `#`, `;` or `//` is a comment. */
export const plain: Format = {
  name: 'plain',
  about: 'one address, network, range or name a line',
  parse: (documents) => parse(documents),
};

/** FireHOL's netset and ipset files: as plain, with a head that says how many there are. https://iplists.firehol.org */
export const netset: Format = {
  name: 'netset',
  about: 'FireHOL netset or ipset',
  parse: (documents) => parse(documents),
};

function parse(documents: readonly string[]) {
  const found = new Collector();
  for (const text of documents) {
    let lines = 0;
    let counted: number | undefined;
    eachLine([text], (line, number) => {
      const [, count] = COUNTED.exec(line) ?? [];
      if (count !== undefined) counted = Number(count);
      const comment = line.search(/[#;]|\/\//);
      const entry = comment < 0 ? line : line.slice(0, comment).trim();
      if (entry === '') return;
      lines++;
      const network = readNetwork(entry);
      if (network !== undefined) return found.add(ofNetwork(network), number, line);
      const range = readRange(entry);
      if (range === undefined) return found.add(ofDomain(entry), number, line);
      for (const part of range) found.add(ofNetwork(part), number, line);
    });
    // Entries may be counted in addresses, of which a network has many: only fewer lines than it could be are a cut.
    if (counted !== undefined && /subnets/i.test(text.slice(0, 4_096)) && lines < counted) {
      found.truncated(`it holds ${lines} entries and says it has ${counted}`);
    }
  }
  return found.done();
}
