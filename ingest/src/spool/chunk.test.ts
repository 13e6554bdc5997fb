import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunkOf, GROUP, HEAD, HEADER_BYTES, MARKS, scan, seedOf } from './chunk.js';

const SEED = seedOf('00000000-0000-4000-8000-000000000000');
const payloads = fc.array(fc.uint8Array({ maxLength: 60 }), { minLength: 1, maxLength: 8 });
const kinds = [HEAD, GROUP, MARKS];

const fileOf = (parts: readonly Uint8Array[]): Buffer =>
  Buffer.concat(parts.map((part, i) => chunkOf(kinds[i % 3] as number, part, SEED)));

const contents = (bytes: Buffer): Buffer[] =>
  scan(bytes, SEED).chunks.map(({ start, end }) => Buffer.from(bytes.subarray(start, end)));

describe('chunks', () => {
  test('are read back as they were written', () => {
    fc.assert(
      fc.property(payloads, (parts) => {
        const bytes = fileOf(parts);
        const { chunks, end, lost, torn } = scan(bytes, SEED);
        expect(chunks.map(({ kind }) => kind)).toEqual(parts.map((_, i) => kinds[i % 3]));
        expect(contents(bytes)).toEqual(parts.map((part) => Buffer.from(part)));
        expect([end, lost, torn]).toEqual([bytes.length, 0, false]);
      }),
      { seed: 1 }
    );
  });

  test('that were written whole are found in a file cut anywhere, and the cut is told', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (parts, where) => {
        const bytes = fileOf(parts);
        const cut = where % (bytes.length + 1);
        const ends = parts.map((_, i) => fileOf(parts.slice(0, i + 1)).length);
        const whole = ends.filter((end) => end <= cut);
        const { chunks, end, lost, torn } = scan(bytes.subarray(0, cut), SEED);
        expect(chunks).toHaveLength(whole.length);
        expect([end, lost, torn]).toEqual([whole.at(-1) ?? 0, 0, cut > (whole.at(-1) ?? 0)]);
      }),
      { seed: 1 }
    );
  });

  test('are lost one at most to a flipped bit, and never changed', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.nat(7), (parts, where, bit) => {
        const bytes = fileOf(parts);
        const at = where % bytes.length;
        bytes[at] = (bytes[at] as number) ^ (1 << bit);
        const found = contents(bytes).map((content) => content.toString('hex'));
        const written = parts.map((part) => Buffer.from(part).toString('hex'));
        const ends = parts.map((_, i) => fileOf(parts.slice(0, i + 1)).length);
        const hit = ends.findIndex((end) => at < end);
        expect(found).toEqual(written.filter((_, i) => i !== hit));
      }),
      { seed: 1 }
    );
  });

  test('written into a log line are none, though the chunk around them is damaged', () => {
    const inner = chunkOf(MARKS, Buffer.from('[["file:1","0",null]]'), seedOf('a guess'));
    const bytes = Buffer.concat([chunkOf(GROUP, inner, SEED), chunkOf(GROUP, Buffer.from('next'), SEED)]);
    bytes[HEADER_BYTES - 1] = (bytes[HEADER_BYTES - 1] as number) ^ 1;
    expect(contents(bytes).map(String)).toEqual(['next']);
  });

  test('are told apart from what is no chunk at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(scan(Buffer.from(noise), SEED).chunks).toEqual([]);
      }),
      { seed: 1 }
    );
  });
});
