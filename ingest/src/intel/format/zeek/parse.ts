import { Collector, eachLine } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork } from '../../indicator.js';
import { readNetwork } from '../../network.js';

/** Zeek's intelligence framework: columns by tab, named by `#fields`. https://docs.zeek.org/en/master/frameworks/intel.html */
export const zeek: Format = {
  name: 'zeek',
  about: 'Zeek intel file',
  parse(documents) {
    const found = new Collector();
    let columns: readonly string[] = [];
    eachLine(documents, (line, number) => {
      if (line.startsWith('#')) {
        if (/^#fields[\t ]/.test(line)) columns = line.split(/[\t ]+/).slice(1);
        return;
      }
      const values = line.split('\t');
      const value = (name: string): string => {
        const text = values[columns.indexOf(name)] ?? '';
        return text === '-' ? '' : text.trim();
      };
      const [text, type] = [value('indicator'), value('indicator_type')];
      const details = { comment: value('meta.desc'), tags: [value('meta.source')] };
      if (type === 'Intel::ADDR' || type === 'Intel::SUBNET') {
        const network = readNetwork(text);
        return found.add(network && ofNetwork(network, details), number, line);
      }
      if (type === 'Intel::DOMAIN') return found.add(ofDomain(text, details), number, line);
      if (type.startsWith('Intel::')) found.ignore();
      else found.bad(number, line);
    });
    return found.done();
  },
};
