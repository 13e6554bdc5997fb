import { Collector } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork, readScore, readTime } from '../../indicator.js';
import type { Details } from '../../indicator.js';
import { isObject, objects, readJson, textOf, texts } from '../../json.js';
import type { Json } from '../../json.js';
import { readNetwork } from '../../network.js';
import { readPattern } from './pattern.js';

/**
 * STIX 2.1: indicators of a bundle or of TAXII 2.1 envelopes. Of one id the newest version counts.
 * https://docs.oasis-open.org/cti/stix/v2.1/
 */
export const stix: Format = {
  name: 'stix',
  about: 'STIX 2.1 bundle or TAXII 2.1 envelopes, JSON',
  parse(documents) {
    const found = new Collector();
    const newest = new Map<string, Json>();
    for (const value of documents.flatMap(readJson).filter(isObject)) {
      for (const object of objects(value.objects)) {
        if (object.type !== 'indicator') continue;
        const id = textOf(object.id);
        const before = newest.get(id);
        if (before === undefined || textOf(object.modified) > textOf(before.modified)) newest.set(id, object);
      }
    }
    let number = 0;
    for (const indicator of newest.values()) take(found, ++number, indicator);
    return found.done();
  },
};

function take(found: Collector, number: number, indicator: Json): void {
  const pattern = textOf(indicator.pattern);
  const language = textOf(indicator.pattern_type) || 'stix';
  if (indicator.revoked === true || language !== 'stix') return found.ignore();
  const comparisons = readPattern(pattern);
  if (comparisons === 'other') return found.ignore();
  if (comparisons === undefined) return found.bad(number, pattern);
  const types = texts(indicator.indicator_types);
  const details: Details = {
    allow: types.includes('benign') && !types.includes('malicious-activity'),
    score: readScore(indicator.confidence),
    tags: [...types, ...texts(indicator.labels)],
    firstSeen: readTime(indicator.valid_from) ?? readTime(indicator.created),
    lastSeen: readTime(indicator.modified),
    expires: readTime(indicator.valid_until),
    comment: textOf(indicator.name),
  };
  for (const { type, value } of comparisons) {
    const network = type === 'domain-name' ? undefined : readNetwork(value);
    const one = type === 'domain-name' ? ofDomain(value, details) : network && ofNetwork(network, details);
    found.add(one, number, value);
  }
}
