import { expect, test } from 'vitest';
import { byName, dialectOf, DIALECTS } from './index.js';

test('every dialect has a name of its own, by which it is found', () => {
  const names = DIALECTS.map((dialect) => dialect.name);
  expect(new Set(names).size).toBe(names.length);
  for (const dialect of DIALECTS) expect(byName(dialect.name)).toBe(dialect);
  expect(byName('morse')).toBeUndefined();
  expect(byName('')).toBeUndefined();
});

test('a line is given to the dialect that claims it, and to none when none does', () => {
  expect(dialectOf('DROP IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 ')?.name).toBe('netfilter');
  expect(dialectOf('input: in:ether1 out:(unknown 0), proto UDP, 192.0.2.1:1->192.0.2.2:2, len 9')?.name).toBe(
    'mikrotik'
  );
  for (const line of ['', ' ', 'sshd[1]: Failed password', '{}', '\u0000']) expect(dialectOf(line)).toBeUndefined();
});

test('a line made of the words of two is given to the first', () => {
  const line = 'drop: in:a out:b IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 LEN=40 PROTO=UDP SPT=1 DPT=2 LEN=20';
  expect(dialectOf(line)?.name).toBe(DIALECTS[0]?.name);
});
