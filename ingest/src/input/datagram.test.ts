import { expect, test } from 'vitest';
import { splitDatagram } from './datagram.js';

function split(text: string, limit = 20): string[] {
  const out: string[] = [];
  splitDatagram(Buffer.from(text, 'latin1'), limit, {
    line: (bytes, start, end) => void out.push(bytes.toString('latin1', start, end)),
    tooLong: (bytes, start, end) => void out.push(`${bytes.toString('latin1', start, end)}…`),
  });
  return out;
}

test.each([
  ['a line', '<14>one', ['<14>one']],
  ['a line with its end', '<14>one\n', ['<14>one']],
  ['a line with CRLF', '<14>one\r\n', ['<14>one']],
  ['a line with NUL behind it', '<14>one\0', ['<14>one']],
  ['a line with LF and NUL behind it', '<14>one\n\0', ['<14>one']],
  ['several lines', '<14>one\n<14>two\n\n<14>three', ['<14>one', '<14>two', '<14>three']],
  ['NUL inside a line', 'a\0b\n\0c', ['a\0b', '\0c']],
  ['a line of the limit', 'x'.repeat(20), ['x'.repeat(20)]],
  ['a line over the limit', `${'x'.repeat(21)}\ny`, [`${'x'.repeat(20)}…`, 'y']],
  ['nothing', '', []],
  ['NULs alone', '\0\0', []],
])('a datagram may be %s', (_, text, expected) => {
  expect(split(text)).toEqual(expected);
});
