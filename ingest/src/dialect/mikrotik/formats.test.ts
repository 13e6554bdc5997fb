import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { asserted } from '../asserts.case.js';
import { formatFiles, formatLines, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { protoName } from '../ip/proto.js';
import { mikrotik } from './parse.js';

/** Verdicts of every real line of the folder. What is refused is said here, and why. */
const VERDICTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // Logins.
  'crowdsechub__mikrotik-bf.log': { 'not-traffic': 8 },
  'crowdsechub__mikrotik-logs.log': { ok: 6, 'not-traffic': 1 },
  'crowdsechub__mikrotik-scan-multi_ports.log': { ok: 19 },
  'sc4s__mikrotik.log': { ok: 1 },
  'transcribed__bras-cgnat.log': { ok: 4 },
  // An address 1092.168.10.12; logins and DHCP, three of them without the topics by which they could be known.
  'transcribed__issues-and-forums.log': { ok: 15, 'bad-address': 1, 'not-traffic': 4, unclaimed: 3 },
};

interface Cgnat {
  readonly line: string;
  readonly expected: {
    readonly private_ip: string;
    readonly private_port: number;
    readonly public_ip: string;
    readonly public_port: number;
    readonly dest_ip: string;
    readonly dest_port: number;
    readonly protocol: string;
    readonly subscriber: string;
  };
}

const CGNAT = new URL(
  '../../../../../shared/data/formats/mikrotik/transcribed__bras-cgnat.expected.json',
  import.meta.url
);

describe.skipIf(!hasFormats)(`mikrotik: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = formatFiles('mikrotik').map((file) => [file, verdicts(mikrotik, 'mikrotik', file)]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test('the parses of carrier-grade NAT are agreed with', () => {
    const cases = JSON.parse(readFileSync(CGNAT, 'utf8')) as readonly Cgnat[];
    expect(cases).toHaveLength(4);
    for (const { line, expected: want } of cases) {
      const { verdict, event } = parsed(mikrotik, line);
      expect(verdict).toBe('ok');
      expect([event.srcIp, event.srcPort]).toEqual([want.private_ip, want.private_port]);
      expect([event.natSrcIp, event.natSrcPort]).toEqual([want.public_ip, want.public_port]);
      expect([event.dstIp, event.dstPort]).toEqual([want.dest_ip, want.dest_port]);
      expect(protoName(event.proto)).toBe(want.protocol.toLowerCase());
      expect(event.ifaceIn).toBe(`<pppoe-${want.subscriber}>`);
    }
  });

  test("CrowdSec's parses are agreed with", () => {
    const file = 'crowdsechub__mikrotik-logs.log';
    let agreed = 0;
    for (const { line, success, parsed: want } of asserted('mikrotik', file, formatLines('mikrotik', file))) {
      const { verdict, event } = parsed(mikrotik, line);
      expect(success).toBe(true);
      if (want.has('invalid_user')) {
        // Theirs also reads logins, which are no packets.
        expect(verdict).toBe('not-traffic');
        continue;
      }
      expect([line, verdict]).toEqual([line, 'ok']);
      expect(event.srcIp).toBe(want.get('source_ip'));
      expect(event.dstIp).toBe(want.get('dst_ip'));
      expect(String(event.srcPort)).toBe(want.get('src_port'));
      expect(String(event.dstPort)).toBe(want.get('dst_port'));
      expect(protoName(event.proto)).toBe(want.get('proto')?.toLowerCase());
      expect(event.ifaceIn).toBe(want.get('if_in'));
      expect(event.ifaceOut).toBe(want.get('if_out')?.replace('(unknown 0)', ''));
      expect(event.attrs?.['state']).toBe(want.get('connection_state'));
      expect(event.attrs?.['mac']).toBe(want.get('src_mac'));
      expect(String(event.length)).toBe(want.get('length'));
      expect(event.rule).toBe(want.get('tag') ?? want.get('chain'));
      agreed++;
    }
    expect(agreed).toBe(6);
  });
});
