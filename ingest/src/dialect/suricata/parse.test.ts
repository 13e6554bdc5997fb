import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, formatFiles, hasFormats, verdicts, WHERE } from '../formats.case.js';
import { reasons, suricata } from './parse.js';

describeDialect({ dialect: suricata, reasons, url: import.meta.url });

/** Verdicts of every real line of the folder; what is unclaimed is in another form (fast.log), or one object over many lines. */
const VERDICTS = {
  'beats__eve-6.0.log': { ok: 1 },
  'beats__eve-alerts.log': { ok: 21, 'not-traffic': 1 },
  'crowdsechub__suricata-eve-detect.log': { ok: 4 },
  'crowdsechub__suricata-logs-evelog.log': { ok: 6, 'not-traffic': 2 },
  'crowdsechub__suricata-logs-fastlog.log': { unclaimed: 4 },
  'elastic__suricata_eve-6-0.log': { ok: 1 },
  'elastic__suricata_eve-alerts.log': { ok: 21, 'not-traffic': 1 },
  'elastic__suricata_eve-small.log': { ok: 2, 'not-traffic': 10 },
  'plaso__suricata_alert_fast.log': { unclaimed: 5 },
  'sc4s__suricata.log': { ok: 1, 'not-traffic': 5 },
  'sc4s__suricata_comments.log': { ok: 1, 'not-traffic': 5 },
  'tenzir__alert.log': { unclaimed: 320 },
  'tenzir__flow.log': { unclaimed: 262 },
  'transcribed__eve-drop.log': { ok: 2 },
};

describe.skipIf(!hasFormats)(`suricata: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = formatFiles('suricata').map((file) => [file, verdicts(suricata, 'suricata', file)]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('addresses, ports and protocol are those expected', () => {
    expect(formatFiles('suricata').flatMap((file) => disagreements(suricata, 'suricata', file))).toEqual([]);
  });
});
