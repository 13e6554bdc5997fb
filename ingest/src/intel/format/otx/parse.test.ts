import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { otx } from './parse.js';

const PAGE = JSON.stringify({
  count: 1,
  next: null,
  results: [
    {
      name: 'Telnet bots',
      created: '2026-11-01T10:00:00.000000',
      modified: '2026-11-02T10:00:00',
      tags: ['telnet', 'telnet'],
      indicators: [
        {
          indicator: '198.51.100.7',
          type: 'IPv4',
          created: '2026-11-01T11:00:00',
          is_active: 1,
          expiration: '2026-12-01T00:00:00',
        },
        { indicator: '2001:db8::/48', type: 'CIDR' },
        { indicator: 'Bad.Example.', type: 'hostname' },
        { indicator: '203.0.113.9', type: 'IPv4', is_active: 0 },
        { indicator: 'd41d8cd98f00b204e9800998ecf8427e', type: 'FileHash-MD5' },
        { indicator: '198.51.100.777', type: 'IPv4' },
      ],
    },
  ],
});

describe('otx', () => {
  test('reads a page of pulses; hashes and what is inactive are ignored, broken addresses are bad', () => {
    expect(found(otx, PAGE)).toEqual(['198.51.100.7', '2001:db8::/48', 'bad.example']);
    expect(counts(otx.parse([PAGE], {}))).toEqual([1, 2, undefined]);
    expect(otx.parse([PAGE], {}).bad).toEqual([{ at: 6, text: '198.51.100.777' }]);
  });

  test('keeps name, tags and times, which are UTC', () => {
    expect(otx.parse([PAGE], {}).indicators[0]).toMatchObject({
      tags: ['telnet'],
      comment: 'Telnet bots',
      firstSeen: Date.UTC(2026, 10, 1, 11),
      lastSeen: Date.UTC(2026, 10, 2, 10),
      expires: Date.UTC(2026, 11, 1),
    });
  });

  test('reads one pulse, an array of them, several pages, and an indicator a line', () => {
    const pulse = '{"indicators":[{"type":"IPv4","indicator":"192.0.2.1"}]}';
    expect(found(otx, pulse)).toEqual(['192.0.2.1']);
    expect(found(otx, `[${pulse},${pulse}]`)).toHaveLength(2);
    expect(otx.parse([PAGE, pulse], {}).indicators).toHaveLength(4);
    const line = '{"type":"IPv6","indicator":"2001:db8::1"}';
    expect(found(otx, `${line}\n${line}\n`)).toEqual(['2001:db8::1', '2001:db8::1']);
  });

  test('throws SyntaxError on a page that is cut', () => {
    expect(() => otx.parse([PAGE.slice(0, -3)], {})).toThrow(SyntaxError);
  });

  test('holds on any text', () => holdsOnAnyText(otx, PAGE));
});
