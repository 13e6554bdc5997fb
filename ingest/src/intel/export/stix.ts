import { createHash } from 'node:crypto';
import { isV4, networkText } from '../network.js';
import { describe } from './list.js';
import type { Entry, Out } from './list.js';

/** Of our own: the specification keeps its namespace for observables. */
const NAMESPACE = Buffer.from('5d2c6c1ea3cf4b0f9a1fd0b2b7e1f6c4', 'hex');
/** When this identity was made: an object's `created` never changes. */
const BORN = '2026-11-01T00:00:00.000Z';

/**
 * A STIX 2.1 bundle: who says it, and an indicator an address. Ids come from what the objects are about, so an address
 * that is exported again is the same indicator, modified. https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html
 */
export const stix: Out = {
  name: 'stix',
  about: 'STIX 2.1 bundle of indicators, JSON',
  write({ entries, name }) {
    const author = `identity--${uuid(`identity ${name}`)}`;
    const who = {
      ...{ type: 'identity', spec_version: '2.1', id: author, created: BORN, modified: BORN },
      ...{ name, identity_class: 'system' },
    };
    const objects = [who, ...entries.map((entry) => indicator(entry, author))];
    const id = `bundle--${uuid(JSON.stringify(objects))}`;
    return `${JSON.stringify({ type: 'bundle', id, objects }, undefined, 2)}\n`;
  },
};

function indicator(entry: Entry, author: string): object {
  const { network, why, score, firstSeen, lastSeen, expires } = entry;
  const address = networkText(network);
  const created = new Date(firstSeen).toISOString();
  return {
    ...{ type: 'indicator', spec_version: '2.1' },
    id: `indicator--${uuid(`indicator ${author} ${address} ${created}`)}`,
    ...{ created_by_ref: author, created, modified: new Date(lastSeen).toISOString() },
    ...{ name: `${address} scans`, description: describe(entry) },
    indicator_types: ['anomalous-activity'],
    pattern: `[${isV4(network) ? 'ipv4-addr' : 'ipv6-addr'}:value = '${address}']`,
    ...{ pattern_type: 'stix', pattern_version: '2.1', valid_from: created },
    ...(expires === undefined ? {} : { valid_until: new Date(expires).toISOString() }),
    ...{ confidence: score, labels: why },
  };
}

/** RFC 9562, version 5. */
function uuid(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
