import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, expectations, formatFiles, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { panos, reasons } from './parse.js';

describeDialect({
  dialect: panos,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    sensor: "the head's name or a serial number stands in where the device's own is cut off",
    time: 'the finer stamp stands near the end',
  },
});

/** Verdicts of every real line of the folder. */
const VERDICTS = {
  'beats__pan_inc_traffic_ietf.log': { ok: 100 },
  'crowdsechub__palo-alto-threat.log': { ok: 2 },
  'elastic__panw_panw-panos-config-sample.log': { 'not-traffic': 2 },
  'elastic__panw_panw-panos-correlated-events-sample.log': { 'not-traffic': 1 },
  'elastic__panw_panw-panos-decryption-sample.log': { 'not-traffic': 2 },
  // Three are in the columns of another form.
  'elastic__panw_panw-panos-globalprotect-sample.log': { 'not-traffic': 9, unclaimed: 3 },
  'elastic__panw_panw-panos-gtp-sample.log': { 'not-traffic': 1 },
  'elastic__panw_panw-panos-inc-threat-sample.log': { ok: 104 },
  'elastic__panw_panw-panos-inc-traffic-sample.log': { ok: 100 },
  'elastic__panw_panw-panos-ip-tag-sample.log': { 'not-traffic': 1 },
  'elastic__panw_panw-panos-sctp-sample.log': { 'not-traffic': 1 },
  'elastic__panw_panw-panos-traffic-sample.log': { ok: 201 },
  'elastic__panw_panw-panos-userid-sample.log': { 'not-traffic': 16 },
  'sc4s__palo_alto.log': { ok: 8, 'not-traffic': 10 },
  'sc4s__palo_alto_comments.log': { ok: 7, 'not-traffic': 9, unclaimed: 1 },
  // CEF, and JSON of Cortex; one has a port over 65535.
  'sekoia__paloalto-ngfw.log': { ok: 10, 'not-traffic': 35, 'bad-port': 1, unclaimed: 55 },
  // Digits and letters were made zeros and x.
  'wazuhruleset__paloalto.log': { 'time-range': 4 },
};

describe.skipIf(!hasFormats)(`panos: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = formatFiles('panos').map((file) => [file, verdicts(panos, 'panos', file)]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('addresses, ports and protocol are those expected', () => {
    const others = formatFiles('panos').flatMap((file) => disagreements(panos, 'panos', file));
    // Theirs has port 130000, which is none.
    expect(others.filter(({ line }) => !line.includes(',130000,53,'))).toEqual([]);
    expect(others.length).toBe(1);
  });

  test('what they take for allowed or denied, we do not take for the opposite', () => {
    const others = formatFiles('panos')
      .flatMap((file) => expectations('panos', file))
      .filter(({ line, allowed }) => {
        const { verdict, event } = parsed(panos, line);
        if (verdict !== 'ok' || allowed === undefined || event.action === 'unknown') return false;
        return allowed === (event.action === 'drop' || event.action === 'reject');
      });
    expect(others.map(({ line }) => line)).toEqual([]);
  });
});
