import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { juniper, reasons } from './parse.js';

describeDialect({
  dialect: juniper,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    action: 'why a session was denied, and whether it was rejected, stands behind it',
    dstPort: "a filter's line may end with the port, where the kernel writes it",
    icmpCode: 'the same',
    direction: 'the outgoing interface stands at the end',
  },
});

describe.skipIf(!hasFormats)(`juniper: real lines${WHERE}`, () => {
  test.each([
    ['elastic__juniper_srx_flow.log', { ok: 29 }],
    ['elastic__juniper_srx_idp.log', { ok: 7 }],
    ['elastic__juniper_srx_secintel.log', { ok: 2 }],
    ['elastic__juniper_srx_system.log', { ok: 3, unclaimed: 14 }],
    ['sc4s__juniper_junos_rfc3164.log', { ok: 3, 'not-traffic': 2, unclaimed: 6 }],
    ['sc4s__juniper_junos_rfc3164_comments.log', { ok: 2, 'not-traffic': 2, unclaimed: 2 }],
    ['sc4s__juniper_junos_rfc5424_comments.log', { ok: 2, 'bad-address': 1, unclaimed: 2 }],
    ['sc4s__juniper_legacy_comments.log', { ok: 1, unclaimed: 1 }],
    // Made for a pattern, and without the protocol that every device prints.
    ['logstashgrok__junos.log', { truncated: 3 }],
  ] as const)('%s: %o', (file, counts) => {
    expect(verdicts(juniper, 'extras', file)).toEqual(counts);
  });

  test('addresses, ports and protocol are those expected', () => {
    const others = formatFiles('extras', 'juniper').flatMap((file) => disagreements(juniper, 'extras', file));
    expect(others).toEqual([]);
  });
});
