import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Fields } from './fields.js';
import { dotted } from './dotted.js';
import { hasWord, jsonNode, jsonText, readObject } from './json.js';

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

test('paths may be nested, dotted, or both', () => {
  const node = jsonNode<Field>(dotted({ 'a.b.c': Field.A, 'a.d': Field.B, e: Field.Deep }));
  for (const line of [
    '{"a":{"b":{"c":1},"d":2},"e":3}',
    '{"a.b.c":1,"a.d":2,"e":3}',
    '{"a.b":{"c":1},"a":{"d":2},"e":3}',
    '{"a":{"b.c":1,"d":2},"e":3}',
  ]) {
    fields.clear();
    expect(readObject(line, 0, line.length, node, fields)).toBe(line.length);
    expect([Field.A, Field.B, Field.Deep].map((field) => jsonText(line, fields, field))).toEqual(['1', '2', '3']);
  }
});

test('where the shape says so an array is located, and its words are found; or its first object is read', () => {
  const node = jsonNode<Field>({ a: [Field.A], o: [{ b: Field.B }], z: Field.Deep });
  const line = '{"a":["x","y\\"z"],"o":[{"b":1,"c":[{}]},{"b":2}],"z":3}';
  fields.clear();
  expect(readObject(line, 0, line.length, node, fields)).toBe(line.length);
  expect(['x', 'y', 'z', '3'].map((word) => hasWord(line, fields, Field.A, word))).toEqual([true, false, false, false]);
  expect([jsonText(line, fields, Field.B), jsonText(line, fields, Field.Deep)]).toEqual(['1', '3']);
  const single = '{"a":"x","o":{"b":1}}';
  fields.clear();
  expect(readObject(single, 0, single.length, node, fields)).toBe(single.length);
  expect([hasWord(single, fields, Field.A, 'x'), jsonText(single, fields, Field.B)]).toEqual([true, '1']);
  for (const cut of ['{"o":[{"b":1}', '{"a":["x"', '{"o":[', '{"o":[{"b"']) {
    expect(readObject(cut, 0, cut.length, node, fields)).toBe(-1);
  }
  const odd = '{"o":[1,{"b":2}],"a":[],"z":3}';
  fields.clear();
  expect(readObject(odd, 0, odd.length, node, fields)).toBe(odd.length);
  expect(fields.has(Field.B)).toBe(false);
});
