import { expect, test } from 'vitest';
import { StoreError } from '../store/error.js';
import { UserError } from '../config/error.js';
import { InputError } from '../input/source.js';
import { exitCodeOf, sentenceOf } from './exit.js';
import { printable } from './io.js';
import { summary } from './load.js';

test.each([
  ['plain ÆØÅ 日本', 'plain ÆØÅ 日本'],
  ['a\nb', 'a\nb'],
  ['\x1b[31m', '\\u001b[31m'],
  ['\x9b31m', '\\u009b31m'],
  ['\r\t\0\x7f', '\\u000d\\u0009\\u0000\\u007f'],
  ['\u202etxt', '\\u202etxt'],
])('printable shows %j as text', (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test('what the user has to mend ends with 2, what failed on the way with 1', () => {
  expect(exitCodeOf(new UserError('x'))).toBe(2);
  expect(exitCodeOf(new InputError('x'))).toBe(2);
  expect(exitCodeOf(new StoreError('held', 'x'))).toBe(2);
  expect(exitCodeOf(new StoreError('query', 'x'))).toBe(1);
  expect(exitCodeOf(new Error('x'))).toBe(1);
});

test('a fault of the program says where it was, the user’s faults do not', () => {
  expect(sentenceOf(new UserError('Mend it.'))).toBe('Mend it.');
  expect(sentenceOf(new Error('oops'))).toMatch(/^An error of fireplot itself: Error: oops\n +at /);
});

test('the summary of a load has the reasons by their number', () => {
  const reasons = new Map([
    ['too-long', 1],
    ['unclaimed', 7],
    ['bad-port', 1],
  ]);
  const counts = { loaded: 10, refused: 9, reasons, known: 4, lines: 23 };
  expect(summary(counts, 2)).toBe(
    'loaded 10, refused 9 (unclaimed: 7, bad-port: 1, too-long: 1), already there 4 (2.0 s, 12 lines/s)'
  );
  expect(summary({ ...counts, refused: 0, reasons: new Map() }, 0)).toContain('refused 0, already there 4');
});
