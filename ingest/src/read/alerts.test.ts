import { describe, expect, test } from 'vitest';
import { Batcher } from './batcher.js';
import { newInterpreter } from './dialects.js';
import { newSender } from './interpreter.js';
import { OPTIONS } from './lines.case.js';

const ALERT = [
  '** Alert 1795316645.60385: mail  - syslog,sshd,',
  '2026 Nov 22 03:04:05 gate->/var/log/secure',
  "Rule: 5712 (level 10) -> 'SSHD brute force'",
  'Src IP: 198.51.100.23',
];
const MATCHED =
  'Nov 22 03:04:05 gate kernel: DROP IN=x OUT= SRC=192.0.2.9 DST=192.0.2.2 LEN=40 PROTO=UDP SPT=1 DPT=2 LEN=20';

/** Reads lines as one file; counts of rows and of refused lines. */
function count(lines: readonly string[]): { events: number; rows: number; refused: number; bytes: Buffer } {
  const batcher = new Batcher(newInterpreter(OPTIONS, { live: false }), undefined);
  batcher.begin(new Uint8Array(8));
  const sender = newSender('f');
  let events = 0;
  lines.forEach((line, seq) => {
    const bytes = Buffer.from(line, 'latin1');
    if (batcher.line(bytes, 0, bytes.length, sender, seq, 0, 0)) events++;
  });
  const { rows, refused } = batcher;
  return { events, rows: rows.count, refused: refused.count, bytes: Buffer.from(rows.takeCopy()) };
}

describe('an alert of several lines', () => {
  test('counts as one event, whose message is the line that the rule matched; nothing of it is refused', () => {
    const found = count([...ALERT, MATCHED, MATCHED, '', ...ALERT, MATCHED]);
    expect(found).toMatchObject({ events: 2, rows: 2, refused: 0 });
    expect(found.bytes.includes(MATCHED)).toBe(true);
    expect(found.bytes.includes('198.51.100.23')).toBe(false);
    expect(found.bytes.includes('ossec')).toBe(true);
  });

  test('ends at an empty line: what follows is read by its own words', () => {
    const found = count([...ALERT, MATCHED, '', MATCHED]);
    expect(found).toMatchObject({ events: 2, refused: 0 });
    expect(found.bytes.includes('netfilter')).toBe(true);
    expect(count([...ALERT, MATCHED, MATCHED])).toMatchObject({ events: 1, refused: 0 });
  });

  test('that breaks off leaves the lines behind it to others', () => {
    expect(count([ALERT[0]!, ALERT[1]!, MATCHED])).toMatchObject({ events: 1, refused: 0 });
    expect(count([...ALERT, '', MATCHED])).toMatchObject({ events: 1, refused: 0 });
    expect(count([ALERT[0]!, 'x'])).toMatchObject({ events: 0, refused: 1 });
  });
});
