import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { hasFormats, verdicts, WHERE } from '../formats.case.js';
import { ipfw, reasons } from './parse.js';

describeDialect({
  dialect: ipfw,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    ifaceIn: 'the interface ends the line',
    ifaceOut: 'the same',
    srcIp: 'in stealth mode the source ends the line',
    srcPort: 'the same',
  },
});

describe.skipIf(!hasFormats)(`ipfw: real lines${WHERE}`, () => {
  test('ossecdocs__ipfw.log: all', () => {
    expect(verdicts(ipfw, 'extras', 'ossecdocs__ipfw.log')).toEqual({ ok: 17 });
  });
});
