// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { classFrom, className, classOfProtocol, transportOf, UNTOLD } from './classes';

describe('className', () => {
  it('names every class as the data source does', () => {
    const names = Array.from({ length: 9 }, (_, id) => className(id));
    expect(names).toEqual([
      'TCP/IPv4',
      'UDP/IPv4',
      'other/IPv4',
      'no port/IPv4',
      'TCP/IPv6',
      'UDP/IPv6',
      'other/IPv6',
      'no port/IPv6',
      'TCP/IPv4 tail',
    ]);
    expect(className(13)).toBe('UDP/IPv6 tail');
    expect(className(UNTOLD)).toBe('events');
  });
});

describe('classFrom', () => {
  it.each([
    [5, 5],
    ['5', 5],
    ['UDP/IPv6', 5],
    [' tcp/ipv4 tail ', 8],
  ])('reads %j as class %j', (value, id) => expect(classFrom(value)).toBe(id));

  it.each([[16], [-1], [1.5], [NaN], [''], ['drop'], [null], [undefined], [{}], ['99']])('refuses %j', (value) =>
    expect(classFrom(value)).toBeUndefined()
  );

  it('reads back every name', () => {
    for (let id = 0; id < UNTOLD; id++) {
      expect(classFrom(className(id))).toBe(id);
    }
  });
});

describe('classOfProtocol', () => {
  it.each([
    ['TCP (SYN)', false, 0],
    ['tcp', true, 4],
    ['6', false, 0],
    [6, true, 4],
    [17, false, 1],
    ['udp6', false, 5],
    ['tcp6', false, 4],
    ['sctp', false, 2],
    [136, false, 2],
    ['ICMP', false, 3],
    ['ipv6-icmp', false, 7],
    [58, false, 7],
    ['', false, UNTOLD],
    [null, true, UNTOLD],
  ])('%j with IPv6 %j is class %j', (proto, ipv6, id) => expect(classOfProtocol(proto, ipv6)).toBe(id));
});

describe('transportOf', () => {
  it('tells tcp from udp, and is silent about the rest', () => {
    expect([0, 4, 8, 1, 13, 2, 3, UNTOLD].map(transportOf)).toEqual([
      'tcp',
      'tcp',
      'tcp',
      'udp',
      'udp',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
