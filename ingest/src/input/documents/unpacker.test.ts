import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RECORD_LIMIT, Unpacker } from './unpacker.js';

function linesOf(kind: 'document' | 'values', ...chunks: readonly (string | Buffer)[]): readonly string[] {
  const lines: string[] = [];
  const unpacker = new Unpacker(kind, (line) => lines.push(line));
  for (const chunk of chunks) unpacker.push(Buffer.from(chunk as string, 'latin1'));
  unpacker.end();
  return lines;
}

const RECORDS = { records: [{ a: 1, b: ['}', ']"\\'] }, { a: { records: [{}] } }], next: { c: [{ d: 1 }] } };

test('a list of records is a line each, whatever stands around it and however it is written', () => {
  const want = RECORDS.records.map((record) => JSON.stringify(record));
  expect(linesOf('document', JSON.stringify(RECORDS))).toEqual(want);
  expect(linesOf('document', JSON.stringify(RECORDS, null, 2).replaceAll('\n', '\r\n'))).toEqual(want);
  expect(linesOf('document', `\u00ef\u00bb\u00bf${JSON.stringify(RECORDS.records, null, '\t')}\n`)).toEqual(want);
  expect(linesOf('document', want.map((line) => JSON.stringify(JSON.parse(line), null, 2)).join('\n'))).toEqual(want);
});

test("CloudWatch's documents, one behind another, are their events", () => {
  const document = (id: number): string =>
    JSON.stringify({ messageType: 'DATA_MESSAGE', filters: [{ x: 1 }], logEvents: [{ id }, { id: id + 1 }] });
  expect(linesOf('values', document(1) + document(3), `\n${document(5)}`)).toEqual(
    [1, 2, 3, 4, 5, 6].map((id) => `{"id":${id}}`)
  );
});

test("Azure's records are their tuples, also where a list of them is not over yet", () => {
  const record = (port: number): object => ({
    time: 't',
    properties: { flows: [{ rule: 'r', flows: [{ flowTuples: [`${port}`, `${port + 1}`] }] }] },
  });
  const text = JSON.stringify({ records: [record(1), record(3)] });
  const want = [1, 2, 3, 4].map((port) => `{"time":"t","rule":"r","flow.0":"${port}"}`);
  expect(linesOf('document', text)).toEqual(want);
  expect(linesOf('document', text.slice(0, -2))).toEqual(want);
  expect(linesOf('values', `${JSON.stringify(record(1))}\n${JSON.stringify(record(3))}\n`)).toEqual(want);
});

test('a list under another key, or of other things, is part of its object', () => {
  for (const each of [{ x: 1, records: [{ a: 1 }] }, { records: [1, { a: 1 }] }, { records: [] }, { lists: [{}] }]) {
    expect(linesOf('document', JSON.stringify(each))).toEqual([JSON.stringify(each)]);
  }
});

test('what was cut is handed on as it is, and what follows is read again', () => {
  expect(linesOf('values', '{"a":"b\n{"c":1}\n{"d":{\n{"e":2}\nnot json {"x"}\n"text"\n{"f":3}')).toEqual([
    '{"a":"b',
    '{"c":1}',
    '{"d":{',
    '{"e":2}',
    'not json {"x"}',
    '"text"',
    '{"f":3}',
  ]);
  expect(linesOf('document', '[{"a":1},\n{"b":')).toEqual(['{"a":1}', '{"b":']);
});

test('no depth and no length takes more memory than its bound, and the next record is read', () => {
  const deep = '{"a":'.repeat(200_000);
  expect(linesOf('document', deep).map((line) => line.length)).toEqual([deep.length]);
  const open = Buffer.alloc(RECORD_LIMIT + 1_000, 'x').toString('latin1');
  const lines = linesOf('document', '[{"a":"', open, '"},{"b":1}]');
  expect(lines).toHaveLength(2);
  expect(lines[0]?.length).toBeLessThan(RECORD_LIMIT / 10);
  expect(lines[1]).toBe('{"b":1}');
});

test('lines do not depend on how the bytes are cut, and no bytes are too odd', () => {
  const piece = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.constantFrom('{"records":[', '{"messageType":1,"logEvents":[', '[{', '}]', ']}', '\n', '"', '\\', ',', 'x'),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('latin1'))
  );
  fc.assert(
    fc.property(
      fc.constantFrom('document' as const, 'values' as const),
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.array(fc.nat(200), { maxLength: 6 }),
      (kind, text, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((place, index) => text.slice(places[index], place));
        const lines = linesOf(kind, ...chunks);
        expect(lines).toEqual(linesOf(kind, text));
        for (const line of lines) expect(line).not.toContain('\n');
      }
    ),
    { seed: 20_261_122, numRuns: 1_000 }
  );
});

test('any list of objects comes out as it went in', () => {
  fc.assert(
    fc.property(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), fc.constantFrom(undefined, 2), (list, indent) => {
      const bytes = (text: string): string => Buffer.from(text).toString('latin1');
      const want = list.map((each) => bytes(JSON.stringify(each)));
      expect(linesOf('document', bytes(JSON.stringify(list, null, indent)))).toEqual(want);
    }),
    { seed: 20_261_122, numRuns: 500 }
  );
});
