import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../store/fixture.case.js';
import { lazyOrigins, openOrigins } from './database.js';
import { mmdb } from './mmdb.case.js';
import { NO_ORIGIN, originOfRecord } from './origin.js';

const folder = tempFolder('enrich');
afterAll(() => folder.remove());
const file = (name: string, bytes: Buffer | string): string => {
  const place = path.join(folder.path, name);
  writeFileSync(place, bytes);
  return place;
};

describe('the bundled table', () => {
  const originOf = openOrigins([]);
  test('knows countries of IPv4, mapped or not, and of IPv6', () => {
    // RIPE NCC's own, Google's resolver; both have been where they are since long.
    expect(originOf('193.0.6.139')).toEqual({ country: 'NL', asn: 0, operator: '' });
    expect(originOf('::ffff:8.8.8.8').country).toBe('US');
    expect(originOf('2001:67c:2e8::1').country).toBe('NL');
  });
  test.each(['10.0.0.1', '::', '240.0.0.9', 'fe80::1', 'no address', ''])('knows nothing of %j', (address) =>
    expect(originOf(address)).toEqual(NO_ORIGIN)
  );
});

describe("databases of one's own", () => {
  const asn = file(
    'asn.mmdb',
    mmdb({
      '193.0.0.0/16': { autonomous_system_number: 64_500, autonomous_system_organization: 'Example Networks' },
      '240.0.0.0/24': { asn: 'AS64501', as_name: 'Documentation' },
    })
  );
  const countries = file('country.mmdb', mmdb({ '193.0.0.0/16': { country: { iso_code: 'SE' } } }));

  test('add systems to the bundled countries', () => {
    const originOf = openOrigins([asn]);
    expect(originOf('193.0.6.139')).toEqual({ country: 'NL', asn: 64_500, operator: 'Example Networks' });
    expect(originOf('240.0.0.9')).toEqual({ country: '', asn: 64_501, operator: 'Documentation' });
    expect(originOf('2001:67c:2e8::1')).toEqual({ country: 'NL', asn: 0, operator: '' });
  });
  test('win over the bundled one', () =>
    expect(openOrigins([asn, countries])('193.0.6.139')).toEqual({
      country: 'SE',
      asn: 64_500,
      operator: 'Example Networks',
    }));
  test('are told by their path when they are none', () => {
    expect(() => openOrigins([file('text.mmdb', 'country,code')])).toThrow(/enrich\.geoip: .*text\.mmdb is no whole/);
    expect(() => openOrigins(['/nowhere/x.mmdb'])).toThrow(/x\.mmdb does not exist/);
  });
  test('are told at once, before anything is asked', () => {
    expect(() => lazyOrigins(['/nowhere/y.mmdb'])).toThrow(/y\.mmdb does not exist/);
    expect(lazyOrigins([])('193.0.6.139').country).toBe('NL');
  });
});

test.each([
  [{ country_code: 'NO' }, { country: 'NO' }],
  [{ registered_country: { iso_code: 'NO' } }, { country: 'NO' }],
  [
    { country: 'NO', asn: 'AS2119', as_name: 'Telenor' },
    { country: 'NO', asn: 2119, operator: 'Telenor' },
  ],
  [{ country_code: '<b>', asn: -1, as_name: 7 }, {}],
  [{ country: null, asn: 2 ** 33 }, {}],
  [null, {}],
  ['NO', {}],
])('a record %j is %j', (record, want) => expect(originOfRecord(record)).toEqual({ ...NO_ORIGIN, ...want }));
