import { describe, expect, test } from 'vitest';
import { describeDialect } from '../dialect.case.js';
import { disagreements, expectations, formatFiles, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { ciscoAsa, reasons } from './parse.js';
import { compile } from './template.js';

const ENDS_LINE = 'messages such as 710003 end with the target: digits cut off there leave no trace';

describeDialect({
  dialect: ciscoAsa,
  reasons,
  url: import.meta.url,
  cutMayChange: {
    dstIp: ENDS_LINE,
    dstPort: ENDS_LINE,
    ifaceIn: '"on interface outside" ends the line',
    action: 'what became of an intrusion stands at its end',
    bytes: 'a teardown may end with its bytes',
    rule: 'the name of an access group needs no quotes',
  },
});

/** Where others read a line otherwise: a part of the line, and why we keep to our reading. */
const OTHERWISE: readonly (readonly [part: string, why: string])[] = [
  [
    '302020: Built inbound ICMP connection for faddr 10.10.10.10/0',
    'inbound: the foreign end began (Sekoia reads it so)',
  ],
  ['faddr eth0_fw/', 'inbound: the foreign end, here a name, began'],
  ['icmp src OUTSIDE:2a02:cf40', 'ICMP over IPv6 is protocol 58'],
  ['192.168.2.2/514514', 'no such port'],
  ['192.168.2.2/123412', 'no such port'],
  ['SrcPort: 77777', 'no such port'],
];

describe.skipIf(!hasFormats)(`cisco-asa: real lines${WHERE}`, () => {
  test.each([
    [
      'elastic__cisco_asa_additional-messages.log',
      { ok: 45, 'not-traffic': 52, truncated: 1, 'bad-address': 2, 'bad-field': 1, 'bad-port': 3, 'no-address': 3 },
    ],
    ['elastic__cisco_asa_anyconnect-messages.log', { 'not-traffic': 13 }],
    ['elastic__cisco_asa_asa-fix.log', { ok: 14 }],
    ['elastic__cisco_asa_dap-records.log', { 'not-traffic': 1 }],
    ['elastic__cisco_asa_filtered.log', { ok: 1, 'not-traffic': 1, unclaimed: 1 }],
    ['elastic__cisco_asa_non-canonical.log', { ok: 12, 'not-traffic': 7, unclaimed: 2 }],
    ['elastic__cisco_asa_not-ip.log', { ok: 3 }],
    ['elastic__cisco_asa_sip.log', { 'not-traffic': 4 }],
    ['elastic__cisco_ftd_asa-fix.log', { ok: 6 }],
    ['elastic__cisco_ftd_filtered.log', { 'not-traffic': 1, unclaimed: 1 }],
    ['elastic__cisco_ftd_firepower-management.log', { unclaimed: 34 }],
    ['elastic__cisco_ftd_ftd-inbound-outbound.log', { ok: 4 }],
    ['elastic__cisco_ftd_not-ip.log', { ok: 3 }],
    ['elastic__cisco_ftd_security-connection.log', { ok: 14 }],
    ['elastic__cisco_ftd_security-file-malware.log', { ok: 11 }],
    ['logstashgrok__firewalls.log', { ok: 12, 'bad-port': 1, 'not-traffic': 3, unclaimed: 18 }],
    ['sc4s__cisco_firepower.log', { ok: 1 }],
    ['sc4s__cisco_fwsm.log', { 'bad-field': 1 }],
    ['sc4s__cisco_fwsm_comments.log', { 'bad-field': 1 }],
    ['sc4s__cisco_pix.log', { 'bad-field': 1 }],
    ['sc4s__cisco_pix_comments.log', { 'bad-field': 1 }],
    ['sekoia__cisco-secure-firewall.log', { ok: 24, 'not-traffic': 44, 'no-address': 1, 'bad-port': 1, unclaimed: 13 }],
    ['wazuhruleset__cisco_asa.log', { ok: 31, 'not-traffic': 53, 'no-address': 1, 'bad-field': 2 }],
  ] as const)('%s: %o', (file, counts) => {
    expect(verdicts(ciscoAsa, 'ciscoasa', file)).toEqual(counts);
  });

  test('addresses, ports and protocol are those expected, save where there is a reason', () => {
    const others = formatFiles('ciscoasa').flatMap((file) => disagreements(ciscoAsa, 'ciscoasa', file));
    const unknown = others.filter(({ line }) => !OTHERWISE.some(([part]) => line.includes(part)));
    expect(unknown).toEqual([]);
    expect(OTHERWISE.filter(([part]) => !others.some(({ line }) => line.includes(part)))).toEqual([]);
  });

  test('messages that others read addresses from, and that are no traffic, are these', () => {
    const ids = formatFiles('ciscoasa')
      .flatMap((file) => expectations('ciscoasa', file))
      .filter(({ line, source, target }) => source && target && parsed(ciscoAsa, line).verdict === 'not-traffic')
      .map(({ line }) => /%\w+-\d-(\d{6})/.exec(line)?.[1]);
    expect([...new Set(ids)].sort()).toEqual([
      '113005', // a login through a AAA server
      '303002', // a file over an FTP connection already told of
      '304001', // a URL, the same
      '305011', // a translation, the same
      '305012',
      '434004', // inspection passed over
      '602303', // VPN
      '602304',
      '605004', // logins
      '605005',
      '607001', // SIP, expected only
      '750002', // VPN
      '750003',
      '750006',
      '805001', // a connection handed to the network card
      '805002',
      '852001', // a connection handed to inspection
    ]);
  });
});

describe('cisco-asa: templates', () => {
  test('a field that is none, or a bracket left open or shut, is refused when the program starts', () => {
    expect(() => compile('from <A> to <nobody>')).toThrow('No such field');
    expect(() => compile('from <A>] to <B>')).toThrow('Unbalanced');
  });
});
