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

/** Numbers at and beyond the ends of every type, and what only looks like one. */
export const NUMBERS: readonly string[] = [
  ...['', '-', '0', '-0', '-1', '1.5', '.5', '5.', '00', '007', '0x10', '1e3', '1e309', 'NaN', 'Infinity', '٣'],
  ...['127', '128', '254', '255', '256', '32767', '32768', '65535', '65536', '2147483647', '2147483648'],
  ...['4294967295', '4294967296', '9007199254740991', '9007199254740992', '18446744073709551615'],
  ...['18446744073709551616', '9'.repeat(40), '4291747199', '4291747200', '1795316645', '1795316645678'],
].map(bytes);

/** Addresses that are some, that nearly are, and that only some programs take for such. */
export const ADDRESSES: readonly string[] = [
  ...['0.0.0.0', '255.255.255.255', '192.0.2.256', '192.0.2', '192.0.2.1.1', '010.0.0.1', '3221225985', '0x7f.1'],
  ...['::', '::1', '1::2::3', ':::', '::ffff:192.0.2.1', '::192.0.2.256', 'fe80::1%eth0', 'fe80::1%', '[::1]'],
  ...['2001:db8:0:0:0:0:0:0:1', '2001:db8::12345', '1092.168.10.12', '192.0.2.1/24', 'localhost', '192.0.2.1:'],
];

/** What has a meaning in one grammar or another. */
export const PIECES: readonly string[] = [
  ...WORDS,
  ...[' SRC=1092.168.10.12', ' SRC=::1', ' DST=fe80::1%eth0', ' DPT=65536', ' SPT=', ' PROTO=999', ' IN=x OUT=y'],
  ...[' [', '] ', ' in:a out:b', ', proto TCP (SYN), ', '->', ', NAT (', '[', ']', '(', ')', '{', '}', '<', '>', '|'],
  ...['-1', '99999999999999999999', '\u0000', '\r', '\t', '\u000b', ' ', '  ', ' kernel: ', '<999>', '<13>1 '],
  ...['message repeated 2 times: [ ', '2026-13-45T25:61:61Z ', 'Feb 30 24:00:00 ', 'Nov 22 03:04:05 ', bytes('\ufeff')],
  ...['"', '\\', "'", '""', '\\"', '\\\\', '\\n', '\\u0000', '\\ud800', '\\u00', ',', ',,', ';', '=', '==', ':', '::'],
  ...[
    '%',
    '%%',
    '#',
    '#fields\t',
    '** Alert 1.2:',
    'CEF:0|',
    'LEEF:2.0|',
    'rpz ',
    ' via ',
    '@cee:',
    '/',
    '//',
    '\u00a0',
  ],
];

/** JSON values that a reader must bear where it waits for another kind. */
export const VALUES: readonly string[] = [
  ...['null', 'true', '""', '{}', '[]', '[[]]', '{"a":{"a":{"a":1}}}', '"\\u0000"', '"\\ud83d\\ude00"', '"\\"'],
  ...['-1', '1e999', '65536', '4294967296', '"65536"', '"192.0.2.1"', '"::1"', '{"":0}', '[1,2,3', '"'],
  '['.repeat(200),
  '{"a":'.repeat(200),
];

const LENGTH = 64 * 1024;

/** Runs that make a careless scanner start over at each of their characters. */
const RUNS: readonly string[] = [
  ...[
    ' ',
    '[',
    ']',
    '(',
    ',',
    '"',
    '0',
    ':',
    'a',
    '\t',
    '|',
    ';',
    '=',
    '\\',
    '{',
    '%',
    '#',
    '-',
    '.',
    '\u0000',
    '\u00ff',
  ],
  ...['IN=', 'PHYSIN=', ' SRC=', ' OUT=', 'OPT ( ', ' in:', ': in:', ' out:', ' proto ', 'kernel: ', 'DESCR="'],
  ...['[a b="c"', 'x[1]: ', '->', '1.1.1.1.', '::', '{"a":', '[[', '"a":"', '\\u0061', '\\"', '"",', ' - - ', 'a=b '],
  ...[
    'a="b" ',
    'rpz ',
    ' via ',
    '/a',
    '(a) ',
    '; Rule: ',
    '%ASA-6-',
    'CEF:0|',
    '** Alert 1',
    'message repeated 2 times: [ ',
  ],
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
