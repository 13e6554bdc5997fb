import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Framer } from './framer.js';

const LIMIT = 32;

/** What a stream cut into these chunks comes out as; a head of a long line is marked with a `…` behind it. */
function frame(chunks: readonly Buffer[], octetCounting = true, limit = LIMIT): string[] {
  const out: string[] = [];
  const framer = new Framer(
    limit,
    {
      line: (bytes, start, end) => void out.push(bytes.toString('latin1', start, end)),
      tooLong: (bytes, start, end) => void out.push(`${bytes.toString('latin1', start, end)}…`),
    },
    { octetCounting }
  );
  for (const chunk of chunks) framer.push(chunk);
  framer.end();
  return out;
}

const counted = (text: string): string => `${Buffer.byteLength(text, 'latin1')} ${text}`;
const long = `<1>${'x'.repeat(60)}`;

const STREAMS: readonly [string, string, readonly string[]][] = [
  ['LF framing', '<14>one\n<14>two\n', ['<14>one', '<14>two']],
  ['CRLF framing', '<14>one\r\n<14>two\r\n', ['<14>one', '<14>two']],
  ['a last line without its end', '<14>one\n<14>tw', ['<14>one', '<14>tw']],
  ['an empty line', 'one\n\ntwo\n', ['one', '', 'two']],
  ['a line that begins with a number', '2026-11-20 one\n7 two\n', ['2026-11-20 one', '7 two']],
  ['a number and nothing else', '123', ['123']],
  ['octet counting', counted('<14>one') + counted('<14>two'), ['<14>one', '<14>two']],
  ['octet counting with a line end inside', counted('<14>one\n') + counted('<14>two\r\n'), ['<14>one', '<14>two']],
  ['octet counting with a line end behind', `${counted('<14>one')}\n${counted('<14>two')}\n`, ['<14>one', '<14>two']],
  ['a counted frame of two lines', counted('<14>one\n two') + counted('<14>3'), ['<14>one\n two', '<14>3']],
  ['a counted frame that ends too early', '20 <14>one', ['<14>one']],
  ['a plain line between counted frames', `${counted('<1>a')}<2>b\n${counted('<3>c')}`, ['<1>a', '<2>b', '<3>c']],
  ['a line of the limit', `${'y'.repeat(LIMIT)}\nz\n`, ['y'.repeat(LIMIT), 'z']],
  ['a line of the limit with CRLF', `${'y'.repeat(LIMIT)}\r\nz\n`, ['y'.repeat(LIMIT), 'z']],
  ['a line one over the limit', `${'y'.repeat(LIMIT + 1)}\nz\n`, [`${'y'.repeat(LIMIT)}…`, 'z']],
  ['a line far over the limit', `${long}\nz\n`, [`${long.slice(0, LIMIT)}…`, 'z']],
  ['a counted frame over the limit', counted(long) + counted('<2>z'), [`${long.slice(0, LIMIT)}…`, '<2>z']],
  ['a long line that never ends', long, [`${long.slice(0, LIMIT)}…`]],
  ['NUL, escapes and invalid UTF-8', '<1>a\0b\x1b[31m\xff\xc3\n', ['<1>a\0b\x1b[31m\xff\xc3']],
];

describe('Framer', () => {
  test.each(STREAMS)('reads %s', (_, text, expected) => {
    expect(frame([Buffer.from(text, 'latin1')])).toEqual(expected);
  });

  test.each(STREAMS)('reads %s, cut at every byte', (_, text, expected) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(frame([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(expected);
    }
    expect(frame(Array.from(bytes, (code) => Buffer.of(code)))).toEqual(expected);
  });

  test('takes a count for text where octet counting is off', () => {
    expect(frame([Buffer.from('7 <14>one\n')], false)).toEqual(['7 <14>one']);
  });

  test('comes to the same lines however any stream is cut', () => {
    const stream = fc
      .array(fc.oneof(fc.stringMatching(/^[ -~]{0,50}$/), fc.constantFrom('\n', '\r\n', '9 <1>', '\0', '12 <')), {
        maxLength: 12,
      })
      .map((parts) => Buffer.from(parts.join(''), 'latin1'));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200), { maxLength: 6 }), fc.boolean(), (bytes, cuts, counting) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        expect(frame(chunks, counting)).toEqual(frame([bytes], counting));
      }),
      { seed: 7, numRuns: 500 }
    );
  });
});
