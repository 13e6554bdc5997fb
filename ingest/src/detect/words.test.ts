import { describe, expect, test } from 'vitest';
import { flagsWord, plainAddress } from './words.js';

describe('words for flags', () => {
  test.each([
    [2, 'syn'],
    [0, 'null'],
    [1, 'fin'],
    [41, 'xmas'],
    [17, 'maimon'],
    [16, 'ack'],
    [3, 'synfin'],
    [43, 'other:FIN+SYN+PSH+URG'],
    [63, 'other:FIN+SYN+RST+PSH+ACK+URG'],
    [64, ''],
  ])('%i is %s', (flags, word) => expect(flagsWord(flags)).toBe(word));

  test('each of the 64 combinations has a word of its own', () => {
    const words = Array.from({ length: 64 }, (_, flags) => flagsWord(flags));
    expect(new Set(words).size).toBe(64);
    expect(words).not.toContain('');
  });
});

test('mapped IPv4 is written as people know it, IPv6 as it is', () => {
  expect(plainAddress('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(plainAddress('2001:db8::1')).toBe('2001:db8::1');
  expect(plainAddress('::ffff:0:1')).toBe('::ffff:0:1');
});
