import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { address, isIpv6, isMapped } from './address.js';

function write(text: string): number[] {
  const bytes = new Uint8Array(20).fill(0xaa);
  expect(address(bytes, 2, text)).toBe(18);
  expect([bytes[1], bytes[18]], 'nothing beside it').toEqual([0xaa, 0xaa]);
  return [...bytes.subarray(2, 18)];
}

function expected(text: string): number[] {
  const parsed = ipaddr.parse(text);
  return (parsed.kind() === 'ipv4' ? (parsed as ipaddr.IPv4).toIPv4MappedAddress() : parsed).toByteArray();
}

const ZERO = new Array<number>(16).fill(0);

describe('address', () => {
  test.each([
    ...['0.0.0.0', '255.255.255.255', '198.51.100.7', '::', '::1', '1::', '2001:db8::1', '1:2:3:4:5:6:7:8'],
    ...[
      '::ffff:198.51.100.7',
      '64:ff9b::192.0.2.33',
      '1:2:3:4:5:6:192.0.2.33',
      '1::8',
      '1:2:3:4:5:6:7::',
      '::2:3:4:5:6:7:8',
    ],
    ...['FE80::ABCD', '2001:0db8:0000:0000:0000:0000:0000:0001'],
  ])('writes %s', (text) => {
    expect(write(text)).toEqual(expected(text));
  });

  test('writes any address as ipaddr.js reads it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        fc.pre(!/^::\d+\./.test(text)); // ipaddr.js takes ::1.2.3.4 for ::ffff:1.2.3.4, which it is not
        expect(write(text)).toEqual(expected(text));
      }),
      { seed: 2, numRuns: 2_000 }
    );
  });

  test.each([
    ...[
      '',
      '1.2.3',
      '1.2.3.4.5',
      '1.2.3.256',
      '1..3.4',
      'a.b.c.d',
      '1.2.3.',
      '1:2',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
    ],
    ...[
      '1::2::3',
      ':1',
      '12345::',
      'g::',
      '::1.2.3',
      '1:2:3:4:5:6:7:1.2.3.4',
      ':::',
      '::1.2.3.4.5',
      '1::2:3:4:5:6:7:8',
    ],
  ])('writes :: for %j, which is none', (text) => {
    expect(write(text)).toEqual(ZERO);
  });
});

test('isIpv6 and isMapped tell the two apart', () => {
  const bytes = new Uint8Array(16);
  for (const [text, v6, v4] of [
    ['10.0.0.1', false, true],
    ['::ffff:10.0.0.1', true, true],
    ['2001:db8::1', true, false],
    ['::1', true, false],
  ] as const) {
    address(bytes, 0, text);
    expect([isIpv6(text), isMapped(bytes, 0)], text).toEqual([v6, v4]);
  }
});
