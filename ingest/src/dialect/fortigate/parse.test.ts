import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, expectations, formatFiles, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { fortigate, reasons } from './parse.js';

describeDialect({
  dialect: fortigate,
  reasons,
  url: import.meta.url,
  cutMayChange: { rule: "a policy's number comes before its name" },
});

/** Verdicts of every real line of the folder. */
const VERDICTS = {
  'crowdsechub__fortinet-vpn-bf.log': { 'not-traffic': 9 },
  // A line of another program's.
  'elastic__fortinet_fortigate_fortinet.log': { ok: 22, 'not-traffic': 24, unclaimed: 1 },
  // A proxy's lines, not a FortiGate's.
  'sc4s__fortinet_ngfw.log': { ok: 4, 'not-traffic': 3, unclaimed: 1 },
  'sc4s__fortinet_ngfw_comments.log': { ok: 4, unclaimed: 1 },
  // Names in place of addresses, from making lines anonymous; the unclaimed ones are CEF.
  'sekoia__fortigate.log': { ok: 31, 'not-traffic': 28, 'bad-address': 3, unclaimed: 34 },
  'tenzir__fortigate.log': { ok: 34, 'not-traffic': 24 },
};

describe.skipIf(!hasFormats)(`fortigate: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = formatFiles('fortigate').map((file) => [file, verdicts(fortigate, 'fortigate', file)]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(formatFiles('fortigate').flatMap((file) => disagreements(fortigate, 'fortigate', file))).toEqual([]);
  });

  test('what they take for allowed or denied, we do not take for the opposite', () => {
    const others = formatFiles('fortigate')
      .flatMap((file) => expectations('fortigate', file))
      .filter(({ line, allowed }) => {
        const { verdict, event } = parsed(fortigate, line);
        if (verdict !== 'ok' || allowed === undefined || event.action === 'unknown') return false;
        return allowed === (event.action === 'drop' || event.action === 'reject');
      });
    // The policy let the session through; what a security profile blocked in it has a line of its own.
    expect(
      others.filter(({ line }) => !line.includes('action="close"') || !line.includes('utmaction="block"'))
    ).toEqual([]);
    expect(others.length).toBe(1);
  });
});
