import { Collector, eachLine } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork } from '../../indicator.js';
import { readNetwork } from '../../network.js';

/**
 * OSSEC and Wazuh CDB lists as text; `10.1.` is the network of what stands before the dot.
 * https://documentation.wazuh.com/current/user-manual/ruleset/cdb-list.html
 */
export const cdb: Format = {
  name: 'cdb',
  about: 'OSSEC or Wazuh CDB list',
  parse(documents) {
    const found = new Collector();
    eachLine(documents, (line, number) => {
      if (line.startsWith('#')) return;
      const bare = readNetwork(line.replace(/:$/, ''));
      const [key, value] = split(line);
      const tags = [value];
      const network = bare ?? readNetwork(prefix(key));
      found.add(network ? ofNetwork(network, { tags: bare ? [] : tags }) : ofDomain(key, { tags }), number, line);
    });
    return found.done();
  },
};

/** `10.1.` as `10.1.0.0/16`. */
function prefix(key: string): string {
  const octets = /^(?:\d{1,3}\.){1,3}$/.test(key) ? key.slice(0, -1).split('.') : undefined;
  if (octets === undefined) return key;
  return `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`;
}

/** `"key":value`, `key:value` or `key:`; a key with colons (IPv6) stands in quotes. */
function split(line: string): [key: string, value: string] {
  const close = line.startsWith('"') ? line.indexOf('"', 1) : -1;
  const colon = line.indexOf(':', close + 1);
  const key = close > 0 ? line.slice(1, close) : colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).trim();
  return [key.trim(), value.replace(/^"|"$/g, '')];
}
