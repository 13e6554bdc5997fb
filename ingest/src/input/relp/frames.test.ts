import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameError, Frames } from './frames.js';

const LIMIT = 16;

/** What a stream cut into these chunks comes out as; the head of long data is marked with a `…` behind it. */
function read(chunks: readonly Buffer[], stopAt = Number.POSITIVE_INFINITY): string[] {
  const out: string[] = [];
  const frames = new Frames(LIMIT, {
    frame: (txnr, command, bytes, start, end, cut) => {
      out.push(`${txnr} ${command} ${bytes.toString('latin1', start, end)}${cut ? '…' : ''}`);
      return out.length < stopAt;
    },
  });
  try {
    for (const chunk of chunks) frames.push(chunk);
  } catch (error) {
    expect(error).toBeInstanceOf(FrameError);
    out.push(`! ${(error as Error).message}`);
  }
  return out;
}

const long = 'x'.repeat(40);

const STREAMS: readonly [string, string, readonly string[]][] = [
  ['messages', '2 syslog 6 <14>on\n3 syslog 7 <14>two\n', ['2 syslog <14>on', '3 syslog <14>two']],
  ['no data', '9 close 0\n', ['9 close ']],
  ['no data, with a space', '9 close 0 \n', ['9 close ']],
  ['line feeds in the data', '2 syslog 4 a\n\nb\n3 syslog 1 c\n', ['2 syslog a\n\nb', '3 syslog c']],
  ['an unknown command', '2 reboot 1 x\n', ['2 other x']],
  ['a command that begins like a known one', '2 syslogs 0\n2 sys 0\n', ['2 other ', '2 other ']],
  ['the last transaction', '999999999 syslog 1 x\n1 syslog 1 y\n', ['999999999 syslog x', '1 syslog y']],
  ['data of the limit', `2 syslog 16 ${'y'.repeat(16)}\n`, [`2 syslog ${'y'.repeat(16)}`]],
  ['data over the limit', `2 syslog 40 ${long}\n3 syslog 1 z\n`, [`2 syslog ${'x'.repeat(16)}…`, '3 syslog z']],
  ['bytes of any kind', '2 syslog 4 \0\xff\r\x1b\n', ['2 syslog \0\xff\r\x1b']],
  ['no RELP', '<14>one\n', ['! "<" stands where a transaction number was due']],
  ['a number too long', '1234567890 syslog', ['! "0" stands where a transaction number was due']],
  ['no command', '1  0\n', ['! " " stands where the name of a command was due']],
  ['a command with digits', '1 sys1og 0\n', ['! "1" stands where the name of a command was due']],
  ['a command without end', `1 ${'a'.repeat(40)}`, ['! "a" stands where the name of a command was due']],
  ['no length', '1 syslog x', ['! "x" stands where a length was due']],
  ['a length that is cut', '1 syslog 5\n', ['! "\\n" stands where a length was due']],
  [
    'a forged length',
    '1 syslog 999999999 x',
    ['! a message of 999999999 bytes was announced, and 16777216 are the most'],
  ],
  ['a length that is too short', '1 syslog 2 abc\n', ['! "c" stands where a frame of 2 bytes was due to end']],
];

describe('Frames', () => {
  test.each(STREAMS)('reads %s', (_, text, expected) => {
    expect(read([Buffer.from(text, 'latin1')])).toEqual(expected);
  });

  test.each(STREAMS)('reads %s, cut at every byte', (_, text, expected) => {
    const bytes = Buffer.from(text, 'latin1');
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(read([bytes.subarray(0, cut), bytes.subarray(cut)]), `cut at ${cut}`).toEqual(expected);
    }
    expect(read(Array.from(bytes, (code) => Buffer.of(code)))).toEqual(expected);
  });

  test('reads no further when it is told so', () => {
    expect(read([Buffer.from('1 close 0\n2 syslog 1 x\n'), Buffer.from('nonsense')], 1)).toEqual(['1 close ']);
  });

  test('comes to the same frames however any stream is cut', () => {
    const part = fc.oneof(
      fc.stringMatching(/^[ -~\n]{0,30}$/).map((text) => `2 syslog ${text.length} ${text}\n`),
      fc.constantFrom('3 close 0\n', '1 ', 'open 3 ', 'abc', '\n', '0 x 0 \n')
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(200), { maxLength: 6 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''), 'latin1');
        const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
        expect(read(at.slice(1).map((end, i) => bytes.subarray(at[i], end)))).toEqual(read([bytes]));
      }),
      { seed: 7, numRuns: 500 }
    );
  });
});
