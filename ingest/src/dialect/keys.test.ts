import { expect, test } from 'vitest';
import { Keys } from './keys.js';

const keys = new Keys<number>({ src: 0, dst: 1, 'source-address': 2, 'ICMP Type': 3 });

test('a known key is found where it stands, and only as a whole', () => {
  const line = 'src=1 dst=2 source-address=3 ICMP Type: 8';
  expect(keys.find(line, 0, 3)).toBe(0);
  expect(keys.find(line, 6, 9)).toBe(1);
  expect(keys.find(line, 12, 26)).toBe(2);
  expect(keys.find(line, 29, 38)).toBe(3);
  expect(keys.find(line, 0, 2)).toBe(-1);
  expect(keys.find(line, 0, 4)).toBe(-1);
  expect(keys.find(line, 0, line.length)).toBe(-1);
  expect(keys.find('', 0, 0)).toBe(-1);
});

test('another key of the same hash is not found, and two such keys are refused when the program starts', () => {
  expect(new Keys<number>({ Aa: 7 }).find('BB', 0, 2)).toBe(-1);
  expect(() => new Keys<number>({ Aa: 0, BB: 1 })).toThrow('The key BB has the hash of another.');
});

test('what every object has is no key', () => {
  for (const word of ['constructor', '__proto__', 'toString']) expect(keys.find(word, 0, word.length)).toBe(-1);
});
