import { describe, expect, test } from 'vitest';
import { newEvent, reset } from '../../event/event.js';
import { describeDialect } from '../dialect.case.js';
import type { Reader } from '../dialect.js';
import { formatFiles, formatLines, hasFormats, TEST_CONTEXT, verdicts, WHERE } from '../formats.case.js';
import { described } from '../samples.case.js';
import { ossec, reasons } from './parse.js';

describeDialect({
  dialect: ossec,
  reasons,
  url: import.meta.url,
  cutMayChange: { rule: "a rule's number ends the line of a script" },
});

const opened = (): Reader => ossec.open!();

/** Verdicts of lines in their order, read by one reader, '' for an empty line; with the event where there is one. */
function readAll(reader: Reader, lines: readonly string[]): readonly unknown[] {
  const event = newEvent();
  return lines.map((line) => {
    if (line === '') return reader.blank?.() ?? '';
    if (!reader.claims(line)) return 'unclaimed';
    reset(event);
    const verdict = reader.parse(line, TEST_CONTEXT, event);
    return verdict === 'ok' ? described(event) : verdict;
  });
}

const TITLE = '** Alert 1795316645.60385: mail  - syslog,sshd,';
const PLACE = '2026 Nov 22 04:04:05 (gate) 203.0.113.9->/var/log/secure';
const RULE = "Rule: 5712 (level 10) -> 'SSHD brute force: it's 'on''";
const LINE = 'Nov 22 04:04:05 gate sshd[811]: Invalid user x from 198.51.100.23';
const EVENT = {
  time: '2026-11-22T03:04:05.000Z',
  sensor: 'gate',
  action: 'alert',
  proto: 'hopopt',
  srcIp: '198.51.100.23',
  rule: '5712',
  signature: "SSHD brute force: it's 'on'",
  severity: 10,
  attrs: { file: '/var/log/secure', user: 'root' },
};

describe('ossec: alerts.log', () => {
  test('an alert is an event at the line that its rule matched; its other lines are neither events nor refused', () => {
    const lines = [TITLE, PLACE, RULE, 'Src IP: 198.51.100.23', 'User: root', LINE, LINE, '', TITLE];
    expect(readAll(opened(), lines)).toEqual([
      ...Array.from({ length: 5 }, () => 'header'),
      EVENT,
      'header',
      '',
      'header',
    ]);
  });

  test('a file of several, the last without an empty line behind it, loses none', () => {
    const alert = [TITLE, PLACE, RULE, 'Src IP: 198.51.100.23', 'User: root', LINE];
    const found = readAll(opened(), [...alert, '', ...alert, ...alert]).filter((each) => typeof each === 'object');
    expect(found).toEqual([EVENT, EVENT, EVENT]);
  });

  test('ports and a target are read where the alert has them, carriage returns or not', () => {
    const lines = [
      TITLE,
      PLACE,
      RULE,
      'Src IP: 198.51.100.23',
      'Src Port: 40112',
      'Dst IP: 203.0.113.9',
      'Dst Port: 22',
    ];
    const found = readAll(
      opened(),
      [...lines, LINE].map((line) => `${line}\r`)
    ).at(-1);
    expect(found).toMatchObject({ srcPort: 40112, dstIp: '203.0.113.9', dstPort: 22, proto: 'tcp' });
    expect(found).toMatchObject({ sensor: 'gate', attrs: { file: '/var/log/secure' } });
  });

  test.each([
    ['without a source', ['User: root'], 'not-traffic'],
    ['whose source is none', ['Src IP: (none)'], 'not-traffic'],
    ['whose source is a name', ['Src IP: evil.example'], 'bad-address'],
    ['whose port is none', ['Src IP: 198.51.100.23', 'Src Port: 99999'], 'bad-port'],
    ['with a target alone', ['Dst IP: 198.51.100.23'], 'no-address'],
  ])('an alert %s is refused once', (_, fields, reason) => {
    expect(readAll(opened(), [TITLE, PLACE, RULE, ...fields, LINE, LINE]).slice(3 + fields.length)).toEqual([
      reason,
      'header',
    ]);
  });

  test('a field that the matched line repeats is no field', () => {
    const lines = [TITLE, PLACE, RULE, 'Src IP: 198.51.100.23', 'Src IP: 203.0.113.66', 'User: (none)'];
    const found = readAll(opened(), lines);
    expect(found[4]).toEqual({ ...EVENT, attrs: { file: '/var/log/secure' } });
    expect(found[5]).toBe('header');
  });

  test('lines that do not follow each other as in an alert are left to others', () => {
    expect(readAll(opened(), [PLACE, RULE, LINE])).toEqual(['unclaimed', 'unclaimed', 'unclaimed']);
    expect(readAll(opened(), [TITLE, LINE, RULE])).toEqual(['header', 'unclaimed', 'unclaimed']);
    expect(readAll(opened(), [TITLE, PLACE, LINE, ''])).toEqual(['header', 'header', 'unclaimed', '']);
    expect(readAll(opened(), [TITLE, PLACE, RULE, '', LINE]).at(-1)).toBe('unclaimed');
  });

  test('a title that is forged does not silence its sender for long', () => {
    const lines = [TITLE, PLACE, RULE, 'Src IP: 198.51.100.23', ...Array.from({ length: 40 }, () => LINE)];
    expect(readAll(opened(), lines).filter((verdict) => verdict === 'unclaimed')).toHaveLength(7);
  });

  test('what one sender said is not believed of another', () => {
    readAll(opened(), [TITLE, PLACE, RULE]);
    expect(readAll(opened(), [LINE])).toEqual(['unclaimed']);
  });
});

/** Verdicts of every real file with an alert, read as a file. None of these alerts names a source, but two of a manual. */
const VERDICTS = {
  'ossecdocs__alerts-json.log': { 'not-traffic': 9 },
  'ossecdocs__alerts.log': { header: 13, 'not-traffic': 4 },
  'sc4s__ossec.log': { 'not-traffic': 4 },
  'transcribed__wazuh-alerts-json.log': { 'not-traffic': 5 },
  'wazuhruleset__ossec.log': { ok: 2, 'not-traffic': 2, unclaimed: 1 },
};

describe.skipIf(!hasFormats)(`ossec: real lines${WHERE}`, () => {
  test('every file is read, or refused for the right reason', () => {
    const found = Object.keys(VERDICTS).map((file) => {
      const counts: Record<string, number> = {};
      for (const verdict of readAll(opened(), formatLines('ossec', file))) {
        const key = typeof verdict === 'string' ? verdict : 'ok';
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return [file, counts];
    });
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('a line of theirs is claimed only in those files', () => {
    const claimed = formatFiles('ossec').filter((file) => 'unclaimed' in verdicts(ossec, 'ossec', file) === false);
    for (const file of claimed) expect(Object.keys(VERDICTS)).toContain(file);
  });
});
