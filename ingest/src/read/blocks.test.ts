import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, BLOCK_LINES, BlockCutter } from './blocks.js';
import type { KnownPiece } from './blocks.js';
import { hashOf } from './token.js';

interface Cut {
  text: string;
  offset: number;
  firstLine: number;
  hash: string;
  known: boolean;
}

/** The blocks of a source that comes in chunks of this size. */
function cut(source: string, known: readonly KnownPiece[] = [], chunk = 64 * 1024): Cut[] {
  const bytes = Buffer.from(source, 'latin1');
  const cutter = new BlockCutter();
  cutter.learn(known);
  const blocks: Cut[] = [];
  const drain = (ended: boolean): void => {
    for (let block = cutter.next(ended); block !== undefined; block = cutter.next(ended)) {
      const { offset, firstLine, hash } = block;
      blocks.push({ text: block.bytes.toString('latin1'), offset, firstLine, hash, known: block.known !== undefined });
    }
  };
  for (let at = 0; at < bytes.length; at += chunk) {
    cutter.push(bytes.subarray(at, at + chunk));
    drain(false);
  }
  drain(true);
  return blocks;
}

const piecesOf = (blocks: readonly Cut[]): KnownPiece[] =>
  blocks.map(({ text, offset, hash }) => ({ offset, length: text.length, hash, rows: 0 }));

const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `line ${from + i}\n`).join('');

describe('BlockCutter', () => {
  test('cuts behind so many lines, and numbers them', () => {
    const blocks = cut(lines(0, BLOCK_LINES * 2 + 10));
    expect(blocks.map(({ text, firstLine }) => [text.split('\n').length - 1, firstLine])).toEqual([
      [BLOCK_LINES, 1],
      [BLOCK_LINES, BLOCK_LINES + 1],
      [10, BLOCK_LINES * 2 + 1],
    ]);
  });

  test('cuts long lines at the last line end within the bytes of a block', () => {
    const line = `${'x'.repeat(999_999)}\n`;
    const blocks = cut(line.repeat(20));
    expect(blocks.map(({ text }) => text.length)).toEqual([16_000_000, 4_000_000]);
  });

  test('cuts a line that is longer than a block in the middle, and goes on', () => {
    const blocks = cut(`${'x'.repeat(BLOCK_BYTES + 5)}\nnext\n`);
    expect(blocks.map(({ text, firstLine }) => [text.length, firstLine])).toEqual([
      [BLOCK_BYTES, 1],
      [11, 1],
    ]);
  });

  test('puts a last line without its end into a block of its own', () => {
    expect(cut('one\ntwo\nthr').map(({ text }) => text)).toEqual(['one\ntwo\n', 'thr']);
  });

  test('has no block for an empty source', () => {
    expect(cut('')).toEqual([]);
  });

  test('comes to the same blocks however the source is read', () => {
    const text = lines(0, BLOCK_LINES + 3_000);
    const whole = cut(text, [], text.length);
    for (const chunk of [1_000, 77_777, 300_000]) expect(cut(text, [], chunk)).toEqual(whole);
  });

  test('knows a source again, piece by piece', () => {
    const text = lines(0, BLOCK_LINES + 10);
    const first = cut(text);
    const second = cut(text, piecesOf(first));
    expect(second.map(({ known }) => known)).toEqual([true, true]);
    expect(second.map(({ firstLine }) => firstLine)).toEqual(first.map(({ firstLine }) => firstLine));
  });

  test('goes on behind what it knows when the source has grown', () => {
    const first = cut(lines(0, 70_000));
    const grown = cut(lines(0, 70_005), piecesOf(first));
    expect(grown.map(({ text, known, firstLine }) => [text.split('\n')[0], known, firstLine])).toEqual([
      ['line 0', true, 1],
      ['line 50000', true, 50_001],
      ['line 70000', false, 70_001],
    ]);
  });

  test('reads a half line again once it is whole, and nothing else', () => {
    const first = cut('one\ntwo\nthr');
    const grown = cut('one\ntwo\nthree\nfour\n', piecesOf(first));
    expect(grown.map(({ text, known }) => [text, known])).toEqual([
      ['one\ntwo\n', true],
      ['three\nfour\n', false],
    ]);
    expect(cut('one\ntwo\nthr', piecesOf(first)).map(({ known }) => known)).toEqual([true, true]);
  });

  test('does not take a piece for known whose content is another', () => {
    const pieces = piecesOf(cut('one\ntwo\n'));
    expect(cut('one\nTWO\n', pieces).map(({ known }) => known)).toEqual([false]);
    expect(cut('one\n', pieces).map(({ known }) => known)).toEqual([false]);
  });

  test('loses and doubles no byte, whatever the store knows and however the source grows', () => {
    const source = fc
      .array(fc.constantFrom('a\n', 'bb\n', '\n', 'c'), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(source, source, fc.integer({ min: 1, max: 9 }), (old, added, chunk) => {
        const known = piecesOf(cut(old));
        const blocks = cut(old + added, known, chunk);
        expect(blocks.map(({ text }) => text).join('')).toBe(old + added);
        const stored = new Set(known.map(({ offset, hash }) => `${offset} ${hash}`));
        for (const block of blocks)
          if (block.known) expect(stored.has(`${block.offset} ${hashOf(Buffer.from(block.text))}`)).toBe(true);
        // Of what was stored, only a half line may come again.
        const again = blocks.filter(({ known, offset }) => !known && offset < old.length);
        for (const { offset } of again) expect(old.slice(offset)).not.toContain('\n');
      }),
      { seed: 3, numRuns: 500 }
    );
  });
});
