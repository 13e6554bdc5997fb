import { describe, expect, test } from 'vitest';
import { Senders } from './senders.js';

function senders(allow: readonly string[] = []): { made: string[]; turnedAway: string[]; senders: Senders<string> } {
  const made: string[] = [];
  const turnedAway: string[] = [];
  const make = (address: string): string => (made.push(address), `made ${address}`);
  return { made, turnedAway, senders: new Senders(allow, make, (address) => void turnedAway.push(address)) };
}

describe('Senders', () => {
  test.each(['127.0.0.1', '::1', '10.1.2.3', '172.16.0.1', '192.168.88.1', '169.254.1.1', 'fe80::1', 'fd00::1'])(
    'lets %s in without being told',
    (address) => {
      expect(senders().senders.admit(address)).toBe(`made ${address}`);
    }
  );

  test.each(['192.0.2.1', '172.32.0.1', '2001:db8::1', ''])('turns %j away unless it is allowed', (address) => {
    expect(senders().senders.admit(address)).toBeUndefined();
  });

  test('lets in what is allowed besides', () => {
    const { senders: some } = senders(['192.0.2.0/24', '2001:db8::/32']);
    expect(some.admit('192.0.2.1')).toBe('made 192.0.2.1');
    expect(some.admit('2001:db8::1')).toBe('made 2001:db8::1');
    expect(some.admit('198.51.100.1')).toBeUndefined();
  });

  test('makes a sender once, and counts each try of one that may not', () => {
    const { senders: some, made, turnedAway } = senders();
    for (let i = 0; i < 3; i++) {
      some.admit('10.0.0.1');
      some.admit('192.0.2.1');
    }
    expect([made, turnedAway, some.refused]).toEqual([['10.0.0.1'], ['192.0.2.1'], 3]);
  });

  test('keeps those who may send through a flood of those who may not', () => {
    const { senders: some, made } = senders();
    some.admit('10.0.0.1');
    for (let i = 0; i < 30_000; i++) some.admit(`2001:db8::${i.toString(16)}`);
    some.admit('10.0.0.1');
    expect(made).toEqual(['10.0.0.1']);
    expect(some.refused).toBe(30_000);
  });
});
