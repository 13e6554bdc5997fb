import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { misp, mispWarninglist } from './parse.js';

const EVENT = JSON.stringify({
  Event: {
    info: 'Scanners of November',
    date: '2026-11-03',
    Tag: [{ name: 'tlp:white' }],
    Attribute: [
      { type: 'ip-src', value: '198.51.100.0/28', to_ids: true, timestamp: '1793700000', comment: 'rack' },
      { type: 'ip-dst|port', value: '2001:db8::5|443', to_ids: true },
      { type: 'domain|ip', value: 'bad.example|192.0.2.5', to_ids: true },
      { type: 'ip-src', value: '192.0.2.77', to_ids: false },
      { type: 'md5', value: 'd41d8cd98f00b204e9800998ecf8427e', to_ids: true },
      { type: 'ip-src', value: 'n/a', to_ids: true },
    ],
    Object: [{ Attribute: [{ type: 'hostname', value: 'c2.example.net', to_ids: true, Tag: [{ name: 'c2' }] }] }],
  },
});
const MANIFEST = '{"5a0c":{"info":"Scanners of November","timestamp":"1793700000"}}';

describe('misp', () => {
  test('reads addresses and names of attributes and objects; what is not for detection is ignored', () => {
    expect(found(misp, EVENT)).toEqual([
      '198.51.100.0/28',
      '2001:db8::5',
      'bad.example',
      '192.0.2.5',
      'c2.example.net',
    ]);
    expect(counts(misp.parse([EVENT], {}))).toEqual([1, 2, undefined]);
    const { indicators } = misp.parse([EVENT], {});
    expect(indicators[0]).toMatchObject({ comment: 'rack', tags: ['tlp:white'], lastSeen: 1793700000000 });
    expect(indicators[4]).toMatchObject({ comment: 'Scanners of November', tags: ['tlp:white', 'c2'] });
  });

  test('reads answers and lists of events, and finds nothing in a manifest', () => {
    expect(found(misp, `{"response":[${EVENT}]}`)).toHaveLength(5);
    expect(found(misp, `[${EVENT},${EVENT}]`)).toHaveLength(10);
    expect(found(misp, MANIFEST)).toEqual([]);
  });

  test('holds on any text', () => holdsOnAnyText(misp, EVENT));
});

describe('misp-warninglist', () => {
  const LIST = JSON.stringify({
    name: 'Public resolvers',
    type: 'cidr',
    list: ['192.0.2.53', '2001:db8:53::/64', 'dns.example', 'not an address'],
  });

  test('allows what it lists', () => {
    expect(found(mispWarninglist, LIST)).toEqual(['+192.0.2.53', '+2001:db8:53::/64', '+dns.example']);
    expect(counts(mispWarninglist.parse([LIST], {}))).toEqual([1, 0, undefined]);
  });

  test('cannot match by parts of names or by patterns', () => {
    expect(counts(mispWarninglist.parse(['{"type":"regex","list":["^a"]}'], {}))).toEqual([0, 1, undefined]);
  });

  test('holds on any text', () => holdsOnAnyText(mispWarninglist, LIST));
});
