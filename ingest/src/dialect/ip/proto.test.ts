import { expect, test } from 'vitest';
import { protoName, protoNumber } from './proto.js';

test.each([
  [1, 'icmp'],
  [2, 'igmp'],
  [4, 'ipv4'],
  [6, 'tcp'],
  [17, 'udp'],
  [33, 'dccp'],
  [41, 'ipv6'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'ipv6-icmp'],
  [89, 'ospfigp'],
  [103, 'pim'],
  [112, 'vrrp'],
  [115, 'l2tp'],
  [132, 'sctp'],
  [136, 'udplite'],
  [137, 'mpls-in-ip'],
  [143, 'ethernet'],
])('protocol %d is %s', (number, word) => {
  expect(protoName(number)).toBe(word);
  expect(protoNumber(word)).toBe(number);
});

test('every number has a name of its own, its digits where IANA gives none', () => {
  const names = Array.from({ length: 256 }, (_, number) => protoName(number));
  expect(new Set(names).size).toBe(256);
  expect([names[61], names[253], names[255]]).toEqual(['61', '253', '255']);
});

test.each([
  ['TCP', 6],
  ['ICMPv6', 58],
  ['UDPLITE', 136],
  ['IPSEC-ESP', 50],
  ['OSPF', 89],
])('devices write %s', (word, number) => {
  expect(protoNumber(word)).toBe(number);
});

test.each(['', 'TPC', 'quic', '__proto__', 'constructor', 'x'.repeat(100_000)])('%.20j is no protocol', (word) => {
  expect(protoNumber(word)).toBe(-1);
});
