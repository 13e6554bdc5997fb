import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatLines, hasFormats, parsed, WHERE } from '../../dialect/formats.case.js';
import { dialectOf } from '../../dialect/index.js';
import type { LineSink } from '../lines.js';
import { Source } from '../source.js';
import { HEAD_BYTES, kindOf } from './detect.js';
import { documentSink } from './sink.js';
import { unpackDocuments } from './stream.js';

async function unpacked(chunks: readonly (string | Buffer)[]): Promise<string> {
  const source = new Source('-', Readable.from(chunks.map((chunk) => Buffer.from(chunk as string, 'latin1'))));
  let text = '';
  for await (const chunk of unpackDocuments(source.chunks())) text += chunk.toString('latin1');
  return text;
}

test.each([
  ['[{"a":1}]', 'document'],
  [' \n[\n  {', 'document'],
  ['{"records":[{"time":1}]}', 'document'],
  ['{ "events" : [ {', 'document'],
  ['{\n  "a": 1\n}', 'document'],
  ['\u00ef\u00bb\u00bf[{', 'document'],
  ['{"messageType":"DATA_MESSAGE"}', 'values'],
  ['{"time":"t","properties":{"flows":[{"flowTuples":[]}]}}\n', 'values'],
  ['{"a":1}\n{"flowTuples":[]}', 'lines'],
  ['{"records":3}', 'lines'],
  ['[Sun Nov 22 03:04:05 2026] IN=eth0', 'lines'],
  ['[UFW BLOCK] IN=eth0', 'lines'],
  ['<13>Nov 22', 'lines'],
  ['{}', 'lines'],
  ['', 'lines'],
] as const)('%j is told for %s', (text, kind) => {
  expect(kindOf(Buffer.from(text, 'latin1'), true)).toBe(kind);
});

test('the kind is told as soon as it can be, and not before', () => {
  for (const text of ['', ' ', '{', '[', '{"rec', '{"records"', '{"records":[', '{"a":1']) {
    expect(kindOf(Buffer.from(text), false)).toBe('more');
  }
  expect(kindOf(Buffer.from('<'), false)).toBe('lines');
  expect(kindOf(Buffer.from('{"a":1}\n'), false)).toBe('lines');
  expect(kindOf(Buffer.alloc(HEAD_BYTES, ' '), false)).toBe('lines');
});

test('lines pass as they are, in any chunks, with the last one open', async () => {
  const text = 'Nov 22 03:04:05 fw kernel: IN=a\n\n{"records":[{}]}\n{"a": 1}';
  expect(await unpacked([text])).toBe(text);
  expect(await unpacked([...text])).toBe(text);
  const json = '{"a": 1}\n{"b": 2}';
  expect(await unpacked([...json])).toBe(json);
  expect(await unpacked(['{"a"'])).toBe('{"a"');
  expect(await unpacked([])).toBe('');
});

test('a document becomes lines, in any chunks, packed or not', async () => {
  const text = '{"records": [ {"a": 1},\n {"b": [2, 3]} ] }';
  const want = '{"a":1}\n{"b":[2,3]}\n';
  expect(await unpacked([text])).toBe(want);
  expect(await unpacked([...text])).toBe(want);
  expect(await unpacked([gzipSync(text)])).toBe(want);
});

test.each([
  ['[{"a":1},{"b":', '{"a":1}\n{"b":\n'],
  ['{"a"', '{"a"'],
])('what came before damage is handed on: %j', async (before, want) => {
  async function* damaged(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from(before));
    throw new Error('damage');
  }
  let text = '';
  const read = async (): Promise<void> => {
    for await (const chunk of unpackDocuments(damaged())) text += chunk.toString();
  };
  await expect(read()).rejects.toThrow('damage');
  expect(text).toBe(want);
});

test('a line of a socket that holds many events becomes as many lines, and any other passes untouched', () => {
  const seen: string[] = [];
  const recorder: LineSink = {
    line: (bytes, start, end) => seen.push(bytes.toString('latin1', start, end)),
    tooLong: (_bytes, start, end) => seen.push(`too long: ${end - start}`),
  };
  const sink = documentSink(recorder, 64);
  const put = (line: string): void => sink.line(Buffer.from(`<${line}>`, 'latin1'), 1, 1 + line.length);
  put('{"records":[{"a": 1},{"b":2}]}');
  put('[{"c":3}]');
  put(`{"events":[{"d":"${'x'.repeat(100)}"}]}`);
  put('{"e": 5}');
  put('{"records": 6}');
  put('[UFW BLOCK] {"flowTuples"');
  put('');
  put('{"time":"t","flowRecords":{"flows":[{"flowGroups":[{"flowTuples":["7"]}]}]}}');
  sink.tooLong(Buffer.from('abc'), 0, 2);
  expect(seen).toEqual([
    '{"a":1}',
    '{"b":2}',
    '{"c":3}',
    'too long: 64',
    '{"e": 5}',
    '{"records": 6}',
    '[UFW BLOCK] {"flowTuples"',
    '',
    '{"time":"t","flow.0":"7"}',
    'too long: 2',
  ]);
});

describe.skipIf(!hasFormats)(`objects over several lines${WHERE}`, () => {
  test.each([
    ['suricata', 'tenzir__flow.log', 'suricata', 10],
    ['suricata', 'tenzir__alert.log', 'suricata', 4],
  ])('%s/%s are lines of %s', async (folder, file, name, events) => {
    const text = await unpacked([formatLines(folder, file).join('\n')]);
    const lines = text.trimEnd().split('\n');
    const read = lines.filter(
      (line) => dialectOf(line)?.name === name && parsed(dialectOf(line)!, line).verdict === 'ok'
    );
    expect(read).toHaveLength(events);
  });
});
