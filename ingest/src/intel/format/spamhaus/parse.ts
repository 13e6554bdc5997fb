import { Collector, eachLine } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofNetwork } from '../../indicator.js';
import { isObject, textOf } from '../../json.js';
import type { Json } from '../../json.js';
import { readNetwork } from '../../network.js';

/**
 * Spamhaus DROP: `CIDR ; SBL number` a line, or a JSON object a line of which the last counts the others.
 * https://www.spamhaus.org/blocklists/do-not-route-or-peer/
 */
export const spamhaus: Format = {
  name: 'spamhaus',
  about: 'Spamhaus DROP, text or JSON',
  parse(documents) {
    const found = new Collector();
    for (const text of documents) {
      const before = found.count;
      const json = text.trimStart().startsWith('{');
      let counted: unknown;
      let bad = 0;
      eachLine([text], (line, number) => {
        if (!json) return takeText(found, line, number);
        const entry = readLine(line);
        if (entry?.type === 'metadata') return void (counted = entry.records ?? 0);
        const network = readNetwork(textOf(entry?.cidr));
        if (network === undefined) bad++;
        found.add(network && ofNetwork(network, { tags: [textOf(entry?.sblid)] }), number, line);
      });
      const entries = found.count - before + bad;
      if (json && counted === undefined) found.truncated('the line of metadata that ends the list is missing');
      else if (json && counted !== entries)
        found.truncated(`it holds ${entries} entries and says it has ${String(counted)}`);
    }
    return found.done();
  },
};

function takeText(found: Collector, line: string, number: number): void {
  if (line.startsWith(';')) return;
  const [cidr = '', reference = ''] = line.split(';');
  const network = readNetwork(cidr.trim());
  found.add(network && ofNetwork(network, { tags: [reference.trim()] }), number, line);
}

function readLine(line: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
