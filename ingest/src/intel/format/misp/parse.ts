import { Collector } from '../../feed.js';
import type { Format } from '../../feed.js';
import { ofDomain, ofNetwork, readTime } from '../../indicator.js';
import type { Details, Indicator } from '../../indicator.js';
import { isObject, objects, readJson, textOf, texts } from '../../json.js';
import type { Json } from '../../json.js';
import { readNetwork } from '../../network.js';

/**
 * MISP: events of a feed (`Event`), alone, in a list, or as an answer of its API (`response`); a feed's manifest says
 * nothing of addresses. https://www.misp-standard.org/rfc/misp-standard-core.html
 */
export const misp: Format = {
  name: 'misp',
  about: 'MISP events, JSON: a file, or a folder with manifest.json',
  parse(documents) {
    const found = new Collector();
    let number = 0;
    for (const event of documents.flatMap(readJson).flatMap(events)) {
      const inObjects = objects(event.Object)
        .filter(({ deleted }) => deleted !== true)
        .flatMap(({ Attribute }) => objects(Attribute));
      for (const attribute of [...objects(event.Attribute), ...inObjects]) take(found, ++number, attribute, event);
    }
    return found.done();
  },
};

function events(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(events);
  if (!isObject(value)) return [];
  if (isObject(value.Event)) return [value.Event];
  return value.response === undefined ? [] : events(value.response);
}

/** Which part of a value between bars is the address or the name, by type. */
const PARTS: Readonly<Record<string, readonly ('network' | 'domain')[]>> = {
  'ip-src': ['network'],
  'ip-dst': ['network'],
  'ip-src|port': ['network'],
  'ip-dst|port': ['network'],
  domain: ['domain'],
  hostname: ['domain'],
  'hostname|port': ['domain'],
  'domain|ip': ['domain', 'network'],
};

function take(found: Collector, number: number, attribute: Json, event: Json): void {
  const type = textOf(attribute.type);
  const parts = Object.hasOwn(PARTS, type) ? PARTS[type] : undefined;
  // An attribute that is not for detection names victims and context as well as culprits.
  if (parts === undefined || attribute.deleted === true || attribute.to_ids === false) return found.ignore();
  const details: Details = {
    tags: [...objects(event.Tag), ...objects(attribute.Tag)].map(({ name }) => textOf(name)),
    firstSeen: readTime(attribute.first_seen) ?? readTime(event.date),
    lastSeen: readTime(attribute.last_seen) ?? readTime(attribute.timestamp),
    comment: textOf(attribute.comment) || textOf(event.info),
  };
  const values = textOf(attribute.value).split('|');
  for (const [i, part] of parts.entries()) {
    const text = (values[i] ?? '').trim();
    found.add(part === 'domain' ? ofDomain(text, details) : lone(text, details), number, text);
  }
}

function lone(text: string, details: Details): Indicator | undefined {
  const network = readNetwork(text);
  return network && ofNetwork(network, details);
}

/** MISP's lists of what is known to be good: an allow list. https://github.com/MISP/misp-warninglists */
export const mispWarninglist: Format = {
  name: 'misp-warninglist',
  about: 'MISP warninglist, JSON: what it lists is allowed',
  parse(documents) {
    const found = new Collector();
    let number = 0;
    for (const list of documents.flatMap(readJson).filter(isObject)) {
      const details: Details = { allow: true, comment: textOf(list.name) };
      for (const text of texts(list.list)) {
        number++;
        if (list.type === 'regex' || list.type === 'substring') found.ignore();
        else found.add(lone(text, details) ?? ofDomain(text.replace(/^\./, '*.'), details), number, text);
      }
    }
    return found.done();
  },
};
