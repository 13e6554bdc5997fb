import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { leef, reasons } from './parse.js';

describeDialect({ dialect: leef, reasons, url: import.meta.url });

describe.skipIf(!hasFormats)(`leef: real lines${WHERE}`, () => {
  test('are read, or refused for the right reason', () => {
    // Others of WatchGuard's lines are in a form of its own; what is no traffic is DHCP, or names no protocol.
    expect(verdicts(leef, 'extras', 'sekoia__watchguard-firebox.log')).toEqual({
      ok: 9,
      'not-traffic': 4,
      unclaimed: 8,
    });
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(disagreements(leef, 'extras', 'sekoia__watchguard-firebox.log')).toEqual([]);
  });
});
