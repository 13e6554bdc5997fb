import { expect, test } from 'vitest';
import { linesBefore } from './before.js';

const before = (text: string, last = text): string[] => linesBefore(Buffer.from(text), Buffer.from(last), text.length);

test('a head with hashes is read again, and the last lines', () => {
  expect(before('#a\n#b\n1\n2\n3\n4\n')).toEqual(['#a', '#b', '2', '3', '4']);
});

test('a first line without one is read again too: it may be a title', () => {
  expect(before('sIP|dIP|\n1|2|\n3|4|\n5|6|\n7|8|\n')).toEqual(['sIP|dIP|', '3|4|', '5|6|', '7|8|']);
  expect(before('title\n#b\n1\n2\n3\n')).toEqual(['title', '#b', '1', '2', '3']);
});

test('a last piece that lacks its start is left out', () => {
  expect(before('title\r\n11\r\n22\r\n33\r\n', '1\r\n22\r\n33\r\n')).toEqual(['title', '22', '33']);
});
