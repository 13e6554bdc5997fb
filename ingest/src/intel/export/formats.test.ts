import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../format/index.js';
import { networkText } from '../network.js';
import { OUTS } from './index.js';
import { entry, list, NOW } from './list.case.js';
import type { Entry } from './list.js';

const SOME = [
  entry('192.0.2.7'),
  entry('198.51.100.7', { why: ['spike', 'vertical'], score: 90 }),
  entry('2001:db8::1'),
];

const written = (name: string, ...args: Parameters<typeof list>): string => {
  const out = OUTS.find((each) => each.name === name);
  if (out === undefined) throw new Error(`no format ${name}`);
  return out.write(list(...args));
};

describe('a list is written', () => {
  test('for Zeek, with a value in each column', () => {
    const seen = 'seen 2026-11-23T11:00:00Z to 2026-11-23T12:00:00Z; until 2026-11-30T12:00:00Z';
    expect(written('zeek', SOME)).toBe(
      `#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc
192.0.2.7\tIntel::ADDR\tfireplot\tvertical; ${seen}
198.51.100.7\tIntel::ADDR\tfireplot\tspike, vertical; ${seen}
2001:db8::1\tIntel::ADDR\tfireplot\tvertical; ${seen}
`
    );
  });

  test.each(['silk', 'plain'])('for %s, an address a line', (name) => {
    expect(written(name, SOME)).toBe(
      `# fireplot: 3 addresses that fireplot found scanning, made 2026-11-25T12:00:00Z
192.0.2.7
198.51.100.7
2001:db8::1
`
    );
  });

  test.each([
    ['drop', 'rpz-drop.'],
    ['nxdomain', '.'],
    ['nodata', '*.'],
    ['tcp-only', 'rpz-tcp-only.'],
  ] as const)('for BIND, with policy %s', (policy, data) => {
    expect(written('rpz', SOME, { policy })).toBe(
      `; fireplot: 3 addresses that fireplot found scanning, made 2026-11-25T12:00:00Z
$TTL 300
@ IN SOA localhost. root.localhost. ( ${NOW / 1_000} 3600 600 604800 300 )
@ IN NS localhost.
32.7.2.0.192.rpz-client-ip CNAME ${data}
32.7.100.51.198.rpz-client-ip CNAME ${data}
128.1.zz.db8.2001.rpz-client-ip CNAME ${data}
`
    );
  });

  test('for OSSEC and Wazuh lists, keys with colons in quotes', () => {
    expect(written('cdb', SOME)).toBe('192.0.2.7:vertical\n198.51.100.7:spike,vertical\n"2001:db8::1":vertical\n');
  });

  test('for active response, without times and as sort has it, so that comm tells what changed', () => {
    const some = [entry('9.0.2.7'), entry('10.51.100.7')];
    const lines = 'add - 10.51.100.7\nadd - 9.0.2.7\n';
    expect(written('ossec-ar', some)).toBe(lines);
    expect(written('ossec-ar', some, { now: NOW + 1 })).toBe(lines);
    const messages = written('wazuh-ar', some).trimEnd().split('\n');
    expect(messages).toHaveLength(2);
    expect(JSON.parse(messages[0] ?? '')).toEqual({
      ...{ version: 1, origin: { name: 'fireplot', module: 'wazuh-execd' }, command: 'add' },
      parameters: {
        ...{ extra_args: [], alert: { data: { srcip: '10.51.100.7' } } },
        program: 'active-response/bin/firewall-drop',
      },
    });
  });

  test('for nftables, each element with its time left, none when it is for ever', () => {
    const some = [entry('192.0.2.7', { expires: NOW + 1 }), entry('198.51.100.7', { expires: undefined })];
    expect(written('nftables', [...some, entry('2001:db8::1')], { name: 'bad' })).toBe(
      `# bad: 3 addresses that fireplot found scanning, made 2026-11-25T12:00:00Z
add table inet fireplot
add set inet fireplot bad_v4 { type ipv4_addr; flags timeout; }
flush set inet fireplot bad_v4
add element inet fireplot bad_v4 {
  192.0.2.7 timeout 1s,
  198.51.100.7
}
add set inet fireplot bad_v6 { type ipv6_addr; flags timeout; }
flush set inet fireplot bad_v6
add element inet fireplot bad_v6 {
  2001:db8::1 timeout 432000s
}
`
    );
  });

  test('for RouterOS, so that a list is never empty and what is over goes', () => {
    const made = 'comment="fireplot 2026-11-25T12:00:00Z"';
    const four = `/ip firewall address-list add list=fireplot address=192.0.2.7 timeout=5d0h0m0s ${made}`;
    const six = `/ipv6 firewall address-list add list=fireplot address=2001:db8::1/128 timeout=245d0h0m0s ${made}`;
    const rest = 'list=fireplot and comment~"^fireplot " and comment!="fireplot 2026-11-25T12:00:00Z"';
    const long = entry('2001:db8::1', { expires: NOW + 300 * 86_400_000 });
    expect(written('mikrotik', [entry('192.0.2.7'), long])).toBe(
      `# fireplot: 2 addresses that fireplot found scanning, made 2026-11-25T12:00:00Z
:do { ${four} } on-error={ /ip firewall address-list remove [find where list=fireplot and address=192.0.2.7]; ${four} }
/ip firewall address-list remove [find where ${rest}]
:do { ${six} } on-error={ /ipv6 firewall address-list remove [find where list=fireplot and address=2001:db8::1/128]; ${six} }
/ipv6 firewall address-list remove [find where ${rest}]
`
    );
  });

  test('as STIX, ids from what the objects are about', () => {
    const text = written('stix', SOME);
    expect(written('stix', SOME, { now: NOW + 1 })).toBe(text);
    const { id, objects } = JSON.parse(text) as { id: string; objects: { id: string }[] };
    expect(id).toMatch(/^bundle--[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(objects).toHaveLength(4);
    expect(objects[2]).toEqual({
      ...{ type: 'indicator', spec_version: '2.1', id: objects[2]?.id, created_by_ref: objects[0]?.id },
      ...{ created: '2026-11-23T11:00:00.000Z', modified: '2026-11-23T12:00:00.000Z', name: '198.51.100.7 scans' },
      description: 'spike, vertical; seen 2026-11-23T11:00:00Z to 2026-11-23T12:00:00Z; until 2026-11-30T12:00:00Z',
      ...{ indicator_types: ['anomalous-activity'], pattern: "[ipv4-addr:value = '198.51.100.7']" },
      ...{ pattern_type: 'stix', pattern_version: '2.1', valid_from: '2026-11-23T11:00:00.000Z' },
      ...{ valid_until: '2026-11-30T12:00:00.000Z', confidence: 90, labels: ['spike', 'vertical'] },
    });
    const later = [entry('192.0.2.7', { lastSeen: NOW, expires: NOW + 1 })];
    const again = JSON.parse(written('stix', later)) as { objects: { id: string }[] };
    expect(again.objects[1]?.id).toBe(objects[1]?.id);
    const forever = written('stix', [entry('192.0.2.7', { expires: undefined })]);
    expect(forever).not.toContain('valid_until');
  });
});

const READ_BACK = ['zeek', 'silk', 'rpz', 'cdb', 'plain', 'stix'];

const reader = (name: string) => {
  const format = FORMATS.find((each) => each.name === name);
  if (format === undefined) throw new Error(`no reader ${name}`);
  return format;
};

const v4 = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(255))).map((octets) => octets.join('.'));
const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
/** `::` is nobody, and no list has it. */
const v6 = fc
  .tuple(...Array.from({ length: 8 }, () => group))
  .filter((groups) => groups.some((each) => each > 0))
  .map((groups) => groups.map((each) => each.toString(16)).join(':'));
const some = fc
  .uniqueArray(
    fc.oneof(v4, v6).map((address) => entry(address)),
    { selector: ({ network }) => network.start, maxLength: 20 }
  )
  .map((entries): Entry[] => entries);

describe.each(READ_BACK)('%s is read back', (name) => {
  test('as what was written, whatever the addresses', () => {
    fc.assert(
      fc.property(some, (entries) => {
        const parsed = reader(name).parse([written(name, entries)], {});
        expect([parsed.badCount, parsed.ignored, parsed.truncated]).toEqual([0, 0, undefined]);
        expect(parsed.indicators.map(({ network }) => network && networkText(network))).toEqual(
          entries.map(({ network }) => networkText(network))
        );
        expect(parsed.indicators.some(({ allow }) => allow)).toBe(false);
      }),
      { seed: 5 }
    );
  });

  test('as nothing when it is empty', () => {
    const { indicators, badCount, truncated } = reader(name).parse([written(name, [])], {});
    expect([indicators.length, badCount, truncated]).toEqual([0, 0, undefined]);
  });
});

test('what a reader keeps besides the address comes back', () => {
  const parsed = (name: string) => reader(name).parse([written(name, SOME)], {}).indicators[1];
  expect(parsed('stix')).toMatchObject({
    ...{ score: 90, expires: SOME[1]?.expires, firstSeen: SOME[1]?.firstSeen, lastSeen: SOME[1]?.lastSeen },
    tags: ['anomalous-activity', 'spike', 'vertical'],
  });
  expect(parsed('cdb')).toMatchObject({ tags: ['spike,vertical'] });
  expect(parsed('zeek')).toMatchObject({
    tags: ['fireplot'],
    comment: expect.stringMatching(/^spike, vertical; /) as string,
  });
  expect(parsed('rpz')).toMatchObject({ tags: ['rpz-drop'] });
});

test('every format that has a reader is read back', () => {
  const both = OUTS.map(({ name }) => name).filter((name) => FORMATS.some((format) => format.name === name));
  expect(both.sort()).toEqual([...READ_BACK].sort());
});
