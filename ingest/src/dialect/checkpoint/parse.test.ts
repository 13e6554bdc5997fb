import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { checkpoint, reasons } from './parse.js';

describeDialect({
  dialect: checkpoint,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    rule: "the rule's name stands behind its number",
    srcIp: 'the generic form, sorted by name, may end with the source',
  },
});

describe.skipIf(!hasFormats)(`checkpoint: real lines${WHERE}`, () => {
  test.each([
    ['elastic__checkpoint_r80x.log', { 'not-traffic': 2 }],
    ['elastic__checkpoint_trailing-space.log', { ok: 1 }],
    ['ossecdocs__checkpoint.log', { ok: 275 }],
    ['sc4s__checkpoint_syslog_rfc5424.log', { ok: 3, 'not-traffic': 8 }],
    ['sc4s__checkpoint_syslog_rfc5424_comments.log', { ok: 3, 'not-traffic': 4, truncated: 1 }],
    // Sixteen lines of CEF are the CEF dialect's.
    ['sekoia__checkpoint.log', { ok: 6, 'not-traffic': 1, unclaimed: 16 }],
    ['tenzir__checkpoint-syslog.log', { ok: 2 }],
    // Most were shortened to their action, with dots.
    ['wazuhruleset__checkpoint_smart1.log', { ok: 2, 'not-traffic': 3, truncated: 13 }],
  ] as const)('%s: %o', (file, counts) => {
    expect(verdicts(checkpoint, 'extras', file)).toEqual(counts);
  });

  test('addresses, ports and protocol are those expected', () => {
    const others = formatFiles('extras', 'heckpoint').flatMap((file) => disagreements(checkpoint, 'extras', file));
    expect(others).toEqual([]);
  });
});
