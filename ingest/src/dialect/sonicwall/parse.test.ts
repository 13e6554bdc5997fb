import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { reasons, sonicwall } from './parse.js';

describeDialect({
  dialect: sonicwall,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    icmpCode: 'older releases end the line with it',
    icmpType: 'the same',
    action: 'fw_action stands at the end, and decides over the words before it',
    bytes: 'the totals may end the line',
    packets: 'the same',
    durationMs: 'the same',
  },
});

describe.skipIf(!hasFormats)(`sonicwall: real lines${WHERE}`, () => {
  test.each([
    ['beats__general.log', { ok: 17, 'not-traffic': 4 }],
    ['elastic__sonicwall_firewall_drizzthacker.log', { ok: 12, 'no-address': 1, 'not-traffic': 19 }],
    ['elastic__sonicwall_firewall_nat.log', { ok: 4 }],
    ['sc4s__dell_sonicwall.log', { ok: 1 }],
    // CEF is the CEF dialect's; two lines were anonymised with their ports.
    ['sekoia__sonicwall-fw.log', { truncated: 2, unclaimed: 7 }],
  ] as const)('%s: %o', (file, counts) => {
    expect(verdicts(sonicwall, 'extras', file)).toEqual(counts);
  });

  test('addresses, ports and protocol are those expected', () => {
    const files = ['beats__general.log', ...formatFiles('extras', 'sonicwall')];
    const others = files.flatMap((file) => disagreements(sonicwall, 'extras', file));
    expect(others.filter(({ line }) => !line.includes('src=1.2.3.4 dst=192.0.2.1 proto=tcp/https'))).toEqual([]);
    expect(others).toHaveLength(2);
  });
});
