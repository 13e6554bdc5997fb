import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { pf, reasons } from './parse.js';

describeDialect({
  dialect: pf,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    icmpCode: 'tcpdump says "host unreachable" first, and behind it why',
    tcpFlags: 'OpenBSD\'s tcpdump says "ack" behind the other flags',
    tcpWindow: '"win 1024" may end the line',
  },
});

describe.skipIf(!hasFormats)(`pf: real lines${WHERE}`, () => {
  test.each([
    ['filterlog', 'crowdsechub__pfsense-rfc5424-filterlog.log', { ok: 4 }],
    ['filterlog', 'elastic__pfsense_pfsense-bsd.log', { ok: 19 }],
    ['filterlog', 'elastic__pfsense_pfsense-unbound.log', { unclaimed: 2 }],
    ['filterlog', 'sc4s__pfsense.log', { truncated: 1, unclaimed: 2 }],
    ['extras', 'ossecdocs__pf.log', { ok: 30 }],
  ] as const)('%s/%s: %o', (folder, file, counts) => {
    expect(verdicts(pf, folder, file)).toEqual(counts);
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(disagreements(pf, 'filterlog', 'elastic__pfsense_pfsense-bsd.log')).toEqual([]);
  });
});
