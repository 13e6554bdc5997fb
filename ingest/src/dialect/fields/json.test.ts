import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fields } from './fields.js';
import { jsonNode, jsonText, readObject } from './json.js';

enum Field {
  A,
  B,
  Deep,
}

const NODE = jsonNode<Field>({ a: Field.A, 'b.c': Field.B, o: { p: { q: Field.Deep } } });
const fields = new Fields<Field>(3);

function read(line: string): readonly [end: number, ...values: string[]] {
  fields.clear();
  const end = readObject(line, 0, line.length, NODE, fields);
  return [end, ...[Field.A, Field.B, Field.Deep].map((field) => jsonText(line, fields, field))];
}

test('known values are found at any depth that the shape has, whatever stands between them', () => {
  expect(read('{"a":1,"b.c":"x","o":{"p":{"q":true}}}')).toEqual([38, '1', 'x', 'true']);
  expect(read('{ "z" : [ {"a":9}, "]}" ] , "o":{"a":8,"p":{"q":"deep"}} , "a" : null }').slice(1)).toEqual([
    '',
    '',
    'deep',
  ]);
});

test('the first of a key wins, and escapes become the bytes of UTF-8', () => {
  expect(read('{"a":"x\\/\\"\\n","a":"y"}')[1]).toBe('x/"\n');
  expect(read('{"a":"\\u00e4\\ud83d\\ude00"}')[1]).toBe(Buffer.from('ä😀').toString('latin1'));
});

test('what does not end, or is no object, is told', () => {
  for (const line of [
    '',
    '{',
    '[]',
    '{"a"}',
    '{"a":}',
    '{"a":1',
    '{"a":"x}',
    '{"a":[1,2}',
    '{a:1}',
    '{"o":{"p":{"q":1}}',
  ])
    expect(read(line)[0]).toBe(-1);
});

test('whatever JSON writes is read to its end', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string({ unit: 'grapheme-ascii' }), (rest, a) => {
      const line = JSON.stringify({ ...rest, a });
      expect(read(line)[0]).toBe(line.length);
      // An array or object under the key that comes first takes its place.
      if (!('a' in rest) && a.length < 100) expect(read(line)[1]).toBe(a);
    }),
    { seed: 20_261_122, numRuns: 500 }
  );
});
