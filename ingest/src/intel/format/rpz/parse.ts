import { Collector } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork } from '../../indicator.js';
import type { Indicator } from '../../indicator.js';
import { readTrigger } from './trigger.js';
import { records } from './records.js';

const OURS = ['CNAME', 'A', 'AAAA', 'TXT'];

/**
 * A response policy zone, as a master file or as dig prints a transfer: client-IP, response-IP and QNAME triggers.
 * PASSTHRU allows. https://datatracker.ietf.org/doc/html/draft-vixie-dnsop-dns-rpz-00
 */
export const rpz: Format = {
  name: 'rpz',
  about: 'BIND response policy zone: master file, or transfer as dig prints it',
  parse(documents) {
    const found = new Collector();
    for (const text of documents) {
      let soas = 0;
      const seen = new Set<string>();
      for (const { owner, type, data, line, origin, broken } of records(text)) {
        if (broken !== '') {
          found.truncated(broken);
          continue;
        }
        if (type === 'SOA') soas++;
        if (owner === '' || !OURS.includes(type)) continue;
        // Local data has several records a name.
        if (seen.has(owner)) continue;
        seen.add(owner);
        const action = actionOf(type, data);
        const tags = [`rpz-${action}`];
        const trigger = readTrigger(owner);
        if (trigger === 'other') found.ignore();
        else found.add(indicatorOf(trigger, owner, tags, action === 'passthru'), line, `${owner} ${origin}`);
      }
      // A transfer ends with the record that it began with.
      if (/^; <<>> DiG/m.test(text) && soas === 1) found.truncated('the transfer lacks the SOA record at its end');
    }
    return found.done();
  },
};

function indicatorOf(
  trigger: ReturnType<typeof readTrigger>,
  owner: string,
  tags: readonly string[],
  allow: boolean
): Indicator | undefined {
  if (trigger === 'other' || trigger === undefined) return undefined;
  return trigger === 'name' ? ofDomain(owner, { tags, allow }) : ofNetwork(trigger, { tags, allow });
}

function actionOf(type: string, data: string): string {
  if (type !== 'CNAME') return 'local-data';
  if (data === '.') return 'nxdomain';
  if (data === '*.') return 'nodata';
  return /^rpz-(passthru|drop|tcp-only)\.$/i.exec(data)?.[1]?.toLowerCase() ?? 'local-data';
}
