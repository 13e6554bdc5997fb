import { expect, test } from 'vitest';
import { mayLead } from './lead.js';

const leads = (head: string): boolean => mayLead(`${head}TAG: text`, head.length);

test.each([
  '',
  '<134>',
  '<134> ',
  '<134>Nov 22 03:04:05 ',
  'Nov  2 03:04:05 gate ',
  'Nov 22 2026 03:04:05 gate : ',
  'Nov 22 03:04:05 192.0.2.1 Nov 22 2026 03:04:05 gate : ',
  'Sun Nov 22 03:04:05 2026 gate ',
  '2026-11-22T03:04:05.123456+01:00 gate ',
  '2026-11-22 03:04:05,123 +0100 gate relay ',
  '<134>1 2026-11-22T03:04:05Z gate ',
  '<134>1 2026-11-22T03:04:05Z gate app 811 ID - ',
  '1 2026-11-22T03:04:05Z gate ',
  '<134>1 - - - - - [meta sequenceId="7" note="a \\"b\\" ] c"] ',
  '[  12.345678] ',
  "Nov 22 03:04:05 x';DROP-TABLE-events;-- ",
  'Nov 22 03:04:05 ${jndi:ldap} ',
  'gate ',
  '\u00ef\u00bb\u00bf<134>Nov 22 03:04:05 gate ',
])('%j may stand before a message', (head) => {
  expect(leads(head)).toBe(true);
});

test.each([
  ['another program with a process id', 'Nov 22 03:04:05 gate sshd[811]: Invalid user '],
  ['another program', 'Nov 22 03:04:05 gate su: '],
  ['JSON', '{"message":"'],
  ['JSON behind a head', 'Nov 22 03:04:05 gate suricata[1]: {"message":"x '],
  ['pairs', '<189>date=2026-11-22 time=03:04:05 url="http://x/ '],
  ['columns', '<14>Nov 22 03:04:05 gate 1,2026/11/22,007,TRAFFIC,end, '],
  ['words of CEF', 'Nov 22 03:04:05 gate CEF:0|A|B|1|2|name|5|msg=x '],
  ['a sentence', 'Nov 22 03:04:05 gate the quick brown fox jumps '],
  ['a sentence without a stamp', 'no such '],
  ['a bracket left open', '<134>1 - - - - - [meta sequenceId="7" '],
  ['more than any head', `Nov 22 03:04:05 ${'g'.repeat(600)} `],
])('%s does not: %j', (_, head) => {
  expect(leads(head)).toBe(false);
});
