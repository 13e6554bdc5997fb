import { expect, test } from 'vitest';
import { byName } from '../index.js';
import { judge } from './judge.case.js';
import { checkRow } from './row.case.js';
import { newEvent } from '../../event/event.js';

const V6 = 'IN=x OUT= SRC=fe80::1 DST=fe80::2 LEN=216 TC=0 HOPLIMIT=64 FLOWLBL=0 PROTO=ICMPv6 TYPE=1 CODE=2';

/** Lines that broke a dialect's contract once, as the fuzz found them, made shorter. */
test.each([
  ['netfilter', 'a port that ends the line, beyond its type, of a protocol without ports', `DROP ${V6} DPT=65536`],
  ['netfilter', 'the same of the source', `DROP ${V6} SPT=x`],
])('%s bears %s', (name, _, line) => {
  expect(judge(byName(name)!, line)).toBe('ok');
});

test.each([
  ['a port beyond its type', { dstPort: 65_536 }, 'dst_port 65536 is stored as 0'],
  ['a port that is none', { srcPort: -1 }, 'src_port -1 is stored as 65535'],
  ['a number with a fraction', { length: 1.5 }, 'length 1.5 is stored as 1'],
  ['a name of characters that are no bytes', { rule: '\u0141' }, 'rule '],
])('what is stored is held against what was read: %s is noticed', (_, wrong, complaint) => {
  const event = { ...newEvent(), time: 1_795_316_645_000, srcIp: '192.0.2.1', dstIp: '2001:db8::1', proto: 6 };
  expect(() => checkRow(event, 'line')).not.toThrow();
  expect(() => checkRow({ ...event, ...wrong }, 'line')).toThrow(complaint);
});
