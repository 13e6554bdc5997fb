import { describe, expect, test } from 'vitest';
import { openRepeat, repeat, repeatOf } from './repeat.js';

describe('repeatOf', () => {
  test.each([
    ['Nov 22 01:15:43 fw last message repeated 5 times', 5],
    ['Nov 22 01:15:43 last message repeated 2 times', 2],
    ['Nov 22 01:15:43: --- last message repeated 1 time ---', 1],
    ['<46>Nov 22 01:15:43 fw last message repeated 12 times', 12],
    ['<46>2026-11-22T01:15:43Z fw kernel: last message repeated 3 times', 3],
    ['last message repeated 7 times', 7],
    ["Nov 22 01:15:43 fw Last message 'kernel: DROP IN=e' repeated 4 times, suppressed by syslog-ng on fw", 4],
    ["Nov 22 01:15:43 fw Last message 'x' repeated 9 times' repeated 2 times, suppressed by syslog-ng on fw", 2],
  ])('%j says %d', (line, count) => {
    expect(repeatOf(line)).toBe(count);
  });

  test.each([
    '',
    'Nov 22 01:15:43 fw kernel: DROP IN=eth0',
    'Nov 22 01:15:43 fw sshd[1]: last message repeated 5 times',
    'Nov 22 01:15:43 fw sudo: user repeated 5 times',
    'Nov 22 01:15:43 fw last message repeated times',
    'Nov 22 01:15:43 fw last message repeated 0 times',
    'Nov 22 01:15:43 fw last message repeated -3 times',
    'Nov 22 01:15:43 fw last message repeated 4294967296 times',
    'Nov 22 01:15:43 fw last message repeated 5 apples',
    'Nov 22 01:15:43 fw message repeated 5 times: [ x]',
  ])('%j says nothing', (line) => {
    expect(repeatOf(line)).toBe(0);
  });
});

describe('openRepeat', () => {
  const opened = (line: string): readonly [number, string] | undefined =>
    openRepeat(line, 0, line.length) ? [repeat.count, line.slice(repeat.at, repeat.end)] : undefined;

  test.each([
    ['message repeated 3 times: [ inner text]', 3, 'inner text'],
    ['message repeated 2 times: [[UFW BLOCK] IN=eth0 ] ', 2, '[UFW BLOCK] IN=eth0 '],
    ['message repeated 1 time: [x]', 1, 'x'],
    ['message repeated 4 times: [ cut before its end', 4, 'cut before its end'],
  ])('%j stands for %d of %j', (line, count, inner) => {
    expect(opened(line)).toEqual([count, inner]);
  });

  test.each([
    'message repeated 0 times: [ x]',
    'message repeated 4294967296 times: [ x]',
    'message repeated x times: [ x]',
    'message repeated 3 times',
    'last message repeated 3 times',
    '',
  ])('%j is no fold', (line) => {
    expect(opened(line)).toBeUndefined();
  });
});
