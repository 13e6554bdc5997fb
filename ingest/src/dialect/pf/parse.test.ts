import { describe, expect, it } from 'vitest';
import { protoName } from '../ip/proto.js';
import { expectations, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { pf } from './parse.js';

describe.skipIf(!hasFormats)(`pf: real lines${WHERE}`, () => {
  it.each([
    ['filterlog', 'crowdsechub__pfsense-rfc5424-filterlog.log', { ok: 4 }],
    ['filterlog', 'elastic__pfsense_pfsense-bsd.log', { ok: 19 }],
    ['filterlog', 'elastic__pfsense_pfsense-unbound.log', { unclaimed: 2 }],
    ['filterlog', 'sc4s__pfsense.log', { truncated: 1, unclaimed: 2 }],
    ['extras', 'ossecdocs__pf.log', { ok: 30 }],
  ] as const)('%s/%s: %o', (folder, file, counts) => {
    expect(verdicts(pf, folder, file)).toEqual(counts);
  });

  it('agrees with the expected parses on addresses, ports and protocol', () => {
    const file = 'elastic__pfsense_pfsense-bsd.log';
    const checked = expectations('filterlog', file);
    expect(checked).toHaveLength(19);
    for (const want of checked) {
      const { event } = parsed(pf, want.line);
      expect.soft({ ...want, source: event.srcIp, target: event.dstIp }, want.line).toEqual(want);
      expect.soft(event.srcPort || undefined, want.line).toBe(want.sourcePort);
      expect.soft(event.dstPort || undefined, want.line).toBe(want.targetPort);
      expect.soft(protoName(event.proto), want.line).toBe(want.proto);
    }
  });
});
