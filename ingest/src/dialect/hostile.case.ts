import fc from 'fast-check';

const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** Names that somebody hostile, or merely foreign, gives to hosts and interfaces; one character a byte. */
export const WORDS: readonly string[] = [
  '<img/src=x>'.replace('=', ':'),
  "x';DROP-TABLE-events;--",
  '\u001b[31mred\u001b[0m',
  'nul\u0000inside',
  bytes('näs-ø-日本'),
  bytes('à'),
  '\u00ff\u00fe\u0080',
  '${jndi:ldap}',
  '{{constructor}}',
  '__proto__',
  '`id`',
  '../../etc/passwd',
];

const PIECES: readonly string[] = [
  ...WORDS,
  ' SRC=1092.168.10.12',
  ' SRC=::1',
  ' DST=fe80::1%eth0',
  ' DPT=65536',
  ' SPT=',
  ' PROTO=999',
  ' IN=x OUT=y',
  ' [',
  '] ',
  ' in:a out:b',
  ', proto TCP (SYN), ',
  '->',
  ', NAT (',
  '-1',
  '99999999999999999999',
  '\u0000',
  '\r',
  ' kernel: ',
  'message repeated 2 times: [ ',
  '<999>',
  '2026-13-45T25:61:61Z ',
  'Feb 30 24:00:00 ',
  '\ufeff',
  '"',
  '\\',
];

/** One change of a line: a piece put in, a stretch taken out or doubled, a character replaced, or the tail of another. */
function change(lines: readonly string[]): fc.Arbitrary<(line: string) => string> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const at = (line: string, share: number): number => Math.floor(share * line.length);
  return fc.oneof(
    fc.tuple(place, fc.constantFrom(...PIECES)).map(([p, piece]) => (line: string) => {
      return line.slice(0, at(line, p)) + piece + line.slice(at(line, p));
    }),
    fc.tuple(place, fc.nat(40)).map(([p, length]) => (line: string) => {
      return line.slice(0, at(line, p)) + line.slice(at(line, p) + length);
    }),
    fc.tuple(place, fc.nat(40)).map(([p, length]) => (line: string) => {
      return line.slice(0, at(line, p) + length) + line.slice(at(line, p));
    }),
    fc.tuple(place, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })).map(([p, c]) => (line: string) => {
      return line.slice(0, at(line, p)) + c + line.slice(at(line, p) + 1);
    }),
    fc.tuple(place, place, fc.constantFrom(...lines)).map(([p, q, other]) => (line: string) => {
      return line.slice(0, at(line, p)) + other.slice(at(other, q));
    })
  );
}

/** A line with one to four changes. */
export function mutated(lines: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...lines), fc.array(change(lines), { minLength: 1, maxLength: 4 }))
    .map(([line, changes]) => changes.reduce((changed, each) => each(changed), line));
}

const LENGTH = 64 * 1024;

/** Runs that make a careless scanner start over at each of their characters. */
const RUNS: readonly string[] = [
  ' ',
  '[',
  ']',
  '(',
  ',',
  '"',
  '0',
  ':',
  'a',
  'IN=',
  'PHYSIN=',
  ' SRC=',
  ' OUT=',
  'OPT ( ',
  ' in:',
  ': in:',
  ' out:',
  ' proto ',
  'kernel: ',
  'DESCR="',
  '[a b="c"',
  'x[1]: ',
  '->',
  '1.1.1.1.',
  '::',
];

/** Each run, alone, before, inside and behind a sample. */
export function hostileLines(samples: readonly string[]): readonly string[] {
  const lines: string[] = [];
  RUNS.forEach((run, index) => {
    const long = run.repeat(Math.ceil(LENGTH / run.length)).slice(0, LENGTH);
    const sample = samples[index % samples.length] ?? '';
    const middle = Math.floor(sample.length / 2);
    lines.push(long, long + sample, sample + long, sample.slice(0, middle) + long + sample.slice(middle));
    lines.push(`<13>1 - - - - - ${long}`, `Nov 22 00:00:00 fw kernel: ${long}`, `firewall,info ${long}`);
  });
  return lines;
}
