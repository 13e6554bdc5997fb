import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { newEvent } from '../../event/event.js';
import { formatLines, hasFormats, parsed, TEST_CONTEXT, verdicts, WHERE } from '../formats.case.js';
import { reasons, windows } from './parse.js';

describeDialect({
  dialect: windows,
  reasons,
  url: import.meta.url,
  cutMayChange: { direction: 'the path stands last' },
});

test('a reader of a whole file passes over its head without refusing it', () => {
  const reader = windows.open!();
  const event = newEvent();
  for (const title of ['#Version: 1.5', '#Software: Microsoft Windows Firewall', '#Time Format: Local']) {
    expect(reader.claims(title)).toBe(true);
    expect(reader.parse(title, TEST_CONTEXT, event)).toBe('header');
  }
  const line = '2026-11-22 03:04:05 DROP UDP 198.51.100.23 203.0.113.9 2250 1900 250 - - - - - - - RECEIVE';
  expect(reader.parse(line, TEST_CONTEXT, event)).toBe('ok');
  expect(reader.parse('#Version: 1.0', TEST_CONTEXT, event)).toBe('unclaimed');
});

describe.skipIf(!hasFormats)(`windows: real lines${WHERE}`, () => {
  test.each([
    // Twenty sources were redacted to x.x.x.79.
    ['ossecdocs__windows_firewall.log', { ok: 201, 'not-traffic': 1, 'bad-address': 20 }],
    ['plaso__windows_firewall.log', { ok: 14, 'not-traffic': 5 }],
  ] as const)('%s: %o', (file, counts) => {
    expect(verdicts(windows, 'extras', file)).toEqual(counts);
  });

  test('the record that plaso reads is read alike', () => {
    const line = formatLines('extras', 'plaso__windows_firewall.log').find((each) => each.includes(' 80 1774 576 A '))!;
    expect(parsed(windows, line).event).toMatchObject({
      time: Date.UTC(2005, 3, 11, 8, 6, 26),
      srcIp: '123.45.78.90',
      srcPort: 80,
      dstIp: '123.156.78.90',
      dstPort: 1774,
      length: 576,
      tcpFlags: 16,
      tcpSeq: 123_456_789,
      tcpWindow: 12_345,
      attrs: { ack: '987654321' },
    });
  });
});
