import { Collector } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork, readTime } from '../../indicator.js';
import type { Details } from '../../indicator.js';
import { isObject, objects, readJson, textOf, texts } from '../../json.js';
import type { Json } from '../../json.js';
import { readNetwork } from '../../network.js';

/**
 * AlienVault OTX: a page of the pulse API (`results`), an array of pulses, one pulse, or an indicator a line.
 * https://otx.alienvault.com/api
 */
export const otx: Format = {
  name: 'otx',
  about: 'AlienVault OTX pulses, JSON',
  parse(documents) {
    const found = new Collector();
    let number = 0;
    for (const value of documents.flatMap(readJson)) {
      for (const pulse of pulses(value)) {
        const lone = typeof pulse.indicator === 'string';
        for (const indicator of lone ? [pulse] : objects(pulse.indicators)) {
          take(found, ++number, indicator, lone ? {} : pulse);
        }
      }
    }
    return found.done();
  },
};

function pulses(value: unknown): Json[] {
  if (Array.isArray(value)) return objects(value);
  if (!isObject(value)) return [];
  return Array.isArray(value.results) ? objects(value.results) : [value];
}

function take(found: Collector, number: number, indicator: Json, pulse: Json): void {
  const type = textOf(indicator.type);
  const text = textOf(indicator.indicator).trim();
  if (indicator.is_active === 0 || indicator.is_active === false) return found.ignore();
  const details: Details = {
    tags: [...texts(pulse.tags), ...texts(indicator.tags)],
    firstSeen: readTime(indicator.created ?? pulse.created),
    lastSeen: readTime(pulse.modified),
    expires: readTime(indicator.expiration),
    comment: textOf(pulse.name) || textOf(indicator.title),
  };
  if (type === 'IPv4' || type === 'IPv6' || type === 'CIDR') {
    const network = readNetwork(text);
    return found.add(network && ofNetwork(network, details), number, text);
  }
  if (type === 'domain' || type === 'hostname') return found.add(ofDomain(text, details), number, text);
  if (type === '') return found.bad(number, JSON.stringify(indicator));
  found.ignore();
}
