import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIp, scanIp, scanIpv4, skipZone } from './address.js';

const SEED = 20_261_122;

describe('scanIp', () => {
  test.each([
    '0.0.0.0',
    '255.255.255.255',
    '192.0.2.1',
    '::',
    '::1',
    '1::',
    '2001:db8::1',
    '2001:0db8:0000:0000:0000:0000:0000:0001',
    'fe80::208:a2ff:fe0f:cb66',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7::',
    '::2:3:4:5:6:7:8',
    '::ffff:192.0.2.1',
    '64:ff9b::192.0.2.33',
    '1:2:3:4:5:6:192.0.2.1',
    'ABCD:EF01::9',
  ])('%s is an address, to its end', (text) => {
    expect(scanIp(text, 0, text.length)).toBe(text.length);
    expect(isIp(text)).toBe(true);
  });

  test.each([
    '',
    '1092.168.10.12',
    '1192.168.2.2',
    '256.1.1.1',
    '1.2.3',
    '1.2.3.',
    '1.2.3.4.5',
    '01.2.3.4',
    '1.2.3.04',
    '1..2.3',
    '.1.2.3',
    '-1.2.3.4',
    '127.1',
    '0x7f.0.0.1',
    ':',
    ':::',
    ':1',
    '1:',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '12345::',
    '::ffff:256.0.0.1',
    '::192.0.2',
    '192.0.2.1::',
    'g::1',
    'router.example',
    '1:2:3:4:5:6:7:192.0.2.1',
  ])('%j is none', (text) => {
    expect(isIp(text)).toBe(false);
  });

  test.each([
    ['192.0.2.1:80', 9],
    ['192.0.2.1->', 9],
    ['192.0.2.1 DST=', 9],
    ['2001:db8::1]:80', 11],
    ['fe80::1%eth0 x', 7],
    ['fe80::1->ff02::1', 7],
  ])('of %j ends at %d', (text, end) => {
    expect(scanIp(text, 0, text.length)).toBe(end);
  });

  test('looks no further than its end', () => {
    expect(scanIp('192.0.2.123', 0, 9)).toBe(9);
    expect(scanIp('192.0.2.1', 0, 8)).toBe(-1);
    expect(scanIpv4('xx192.0.2.1', 2, 11)).toBe(11);
  });

  test('agrees with the platform on every text, but for what the platform reads more freely', () => {
    const piece = fc.constantFrom('0', '1', '25', '255', '256', '01', '.', ':', '::', 'f', 'abcd', 'g', '12345', '-');
    const text = fc.array(piece, { minLength: 1, maxLength: 17 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.ipV4(), fc.ipV6()), (address) => {
        expect([address, isIp(address)]).toEqual([address, isIPv4(address) || isIPv6(address)]);
      }),
      { seed: SEED, numRuns: 20_000 }
    );
  });
});

describe('skipZone', () => {
  test.each([
    ['fe80::1%eth0', 12],
    ['fe80::1%eth0.100 DST=', 16],
    ['fe80::1%WAN]->[', 11],
    ['fe80::1%br-lan->ff02::1', 14],
    ['fe80::1', 7],
  ])('%j goes on at %d', (text, end) => {
    expect(skipZone(text, 7, text.length)).toBe(end);
  });
});
