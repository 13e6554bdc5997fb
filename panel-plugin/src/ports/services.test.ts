// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { serviceName } from './services';

describe('serviceName', () => {
  it.each([
    [22, 'tcp', 'ssh'],
    [53, 'udp', 'domain'],
    [123, 'udp', 'ntp'],
    [3306, 'tcp', 'mysql'],
    [5060, 'udp', 'sip'],
    [3389, 'tcp', 'ms-wbt-server (RDP)'],
    [49151, 'tcp', ''],
    [65535, 'tcp', ''],
  ] as const)('port %i over %s is %j', (port, transport, name) => expect(serviceName(port, transport)).toBe(name));

  it('tells tcp from udp where IANA does', () => {
    expect([serviceName(514, 'tcp'), serviceName(514, 'udp')]).toEqual(['shell', 'syslog']);
    expect([serviceName(512, 'tcp'), serviceName(512, 'udp')]).toEqual(['exec', 'biff']);
  });

  it('takes either when the transport is not known', () => {
    expect(serviceName(514)).toBe('shell');
    expect(serviceName(6881)).toBe('BitTorrent');
  });
});
