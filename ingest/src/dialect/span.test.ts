import { expect, test } from 'vitest';
import { isText, textEnd, whole } from './span.js';

test('a number fills its span, or it is none', () => {
  expect(whole('x65535,', 1, 6, 65_535)).toBe(65_535);
  expect(whole('x65536,', 1, 6, 65_535)).toBe(-1);
  expect(whole('12a', 0, 3, 255)).toBe(-1);
  expect(whole('12a', 0, 2, 255)).toBe(12);
  expect(whole('-1', 0, 2, 255)).toBe(-1);
  expect(whole('', 0, 0, 255)).toBe(-1);
  expect(whole('9'.repeat(400), 0, 400, 255)).toBe(-1);
});

test('a text fills its span, or it is another', () => {
  expect(isText('a,match,b', 2, 7, 'match')).toBe(true);
  expect(isText('a,match,b', 2, 6, 'match')).toBe(false);
  expect(isText('a,matchx', 2, 8, 'match')).toBe(false);
});

test('spaces, line ends and NULs behind a line are not the text', () => {
  expect(textEnd('text \r\n\0 ')).toBe(4);
  expect(textEnd('text')).toBe(4);
  expect(textEnd(' \r\n')).toBe(0);
  expect(textEnd('')).toBe(0);
});
