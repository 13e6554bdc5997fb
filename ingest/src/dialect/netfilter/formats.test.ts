import { describe, expect, test } from 'vitest';
import { asserted } from '../asserts.case.js';
import { expectations, formatFiles, formatLines, hasFormats, parsed, verdicts, WHERE } from '../formats.case.js';
import { protoName } from '../ip/proto.js';
import { netfilter } from './parse.js';

/** Verdicts of every real line of the folder. What is refused is said here, and why. */
const VERDICTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'beats__geo.log': { ok: 1 },
  'beats__iptables.log': { ok: 10 },
  'beats__ipv6.log': { ok: 11 },
  // Six lines are the second half of a split line.
  'beats__ubiquiti.log': { ok: 5, 'no-address': 6 },
  // One line has `XX=` for `IN=`.
  'crowdsechub__iptables-logs.log': { ok: 3, truncated: 1 },
  'crowdsechub__iptables-scan-multi-port.log': { ok: 49 },
  'crowdsechub__proxmox-iptables-logs.log': { ok: 10 },
  'cs456__ufw-iso.log': { ok: 1614 },
  'elastic__iptables_iptables-raw.log': { ok: 23 },
  'elastic__iptables_ubiquiti.log': { ok: 5, 'no-address': 6 },
  // The kernel's other talk.
  'ossecdocs__kernel.log': { unclaimed: 190 },
  'sc4s__ubiquiti_unifi_comments.log': { unclaimed: 4, ok: 1 },
  // One line has its target written as `...`.
  'transcribed__firewalld-and-honeynet-bridge.log': { 'bad-address': 1, ok: 4 },
  'transcribed__launchpad-inner-icmp.log': { ok: 7 },
  'transcribed__ufw-6in4-tunnel.log': { ok: 1 },
  'ufwingester__ufw.log': { ok: 1361 },
  'wazuhruleset__syslog.log': { unclaimed: 6 },
};

describe.skipIf(!hasFormats)(`netfilter: real lines${WHERE}`, () => {
  test('every line is read, or refused for the right reason', () => {
    const found = formatFiles('netfilter').map((file) => [file, verdicts(netfilter, 'netfilter', file)]);
    expect(Object.fromEntries(found)).toEqual(VERDICTS);
  });

  test("Elastic's and Beats' parses are agreed with", () => {
    const files = formatFiles('netfilter').filter((file) => /^(beats|elastic)__/.test(file));
    let agreed = 0;
    for (const file of files) {
      for (const want of expectations('netfilter', file)) {
        const { verdict, event } = parsed(netfilter, want.line);
        if (want.source === '') {
          // Theirs keeps ports and flags of a line that lost its addresses; no probe can be painted from it.
          expect([want.line, verdict]).toEqual([want.line, 'no-address']);
          continue;
        }
        expect([want.line, verdict]).toEqual([want.line, 'ok']);
        const got = {
          source: event.srcIp,
          target: event.dstIp,
          sourcePort: event.srcPort || undefined,
          targetPort: event.dstPort || undefined,
          proto: protoName(event.proto),
          allowed: event.action === 'unknown' ? undefined : event.action === 'allow',
        };
        const { source, target, sourcePort, targetPort, proto } = want;
        // Theirs reads the letter of `[NAME-1234-A]` only where no space follows; ours wherever it stands.
        const allowed = want.line.includes('[SOMETHING-1234-A] IN=') ? true : want.allowed;
        expect(got).toEqual({ source, target, sourcePort, targetPort, proto, allowed });
        agreed++;
      }
    }
    expect(agreed).toBe(55);
  });

  test("CrowdSec's parses are agreed with", () => {
    let agreed = 0;
    for (const file of ['crowdsechub__iptables-logs.log', 'crowdsechub__proxmox-iptables-logs.log']) {
      const lines = asserted('netfilter', file, formatLines('netfilter', file));
      for (const { line, success, parsed: want } of lines) {
        const { verdict, event } = parsed(netfilter, line);
        if (!success) {
          // Theirs leaves out what was accepted, went out, or has no verdict; ours reads those, but not `XX=`.
          const reason = /ACCEPT:|-OUT |GROUP-/.test(line) ? 'ok' : 'truncated';
          expect([line, verdict]).toEqual([line, reason]);
          continue;
        }
        expect([line, verdict]).toEqual([line, 'ok']);
        expect(event.srcIp).toBe(want.get('src_ip'));
        expect(event.dstIp).toBe(want.get('dst_ip'));
        expect(String(event.srcPort)).toBe(want.get('src_port'));
        expect(String(event.dstPort)).toBe(want.get('dst_port'));
        expect(protoName(event.proto)).toBe(want.get('proto')?.toLowerCase());
        expect(String(event.ttl)).toBe(want.get('ttl') ?? String(event.ttl));
        const action = want.get('action');
        if (action !== undefined) expect(event.action).toBe(action.replace('PVEFW-', '').toLowerCase());
        agreed++;
      }
    }
    expect(agreed).toBe(8);
  });
});
