import type { PeerCertificate } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { isLoopback, isNamed, namesOf, parseClientName } from './peer.js';

const HEX = 'ab'.repeat(32);
const COLONS = HEX.toUpperCase().match(/../g)?.join(':') ?? '';

const certificate = (subjectaltname: string | undefined, cn: string | string[] = 'common'): PeerCertificate =>
  ({ subjectaltname, subject: { CN: cn }, fingerprint256: COLONS }) as unknown as PeerCertificate;

describe('parseClientName', () => {
  test.each([HEX, COLONS, `SHA256:${COLONS}`, `sha-256:${HEX}`])('takes %s as a fingerprint', (text) => {
    expect(parseClientName(text)).toEqual({ kind: 'fingerprint', hex: HEX.toUpperCase() });
  });

  test.each(['fw1', 'FW1.example.net', '*.example.net', '192.0.2.1', '2001:db8::1', 'edge router 7'])(
    'takes %s as a name',
    (text) => expect(parseClientName(text)).toEqual({ kind: 'name', name: text.toLowerCase() })
  );

  test.each(['', '*', 'a.*.net', 'SHA256:AB:CD', 'sha1:00', `${'!'}x`])('refuses %j', (text) => {
    expect(() => parseClientName(text)).toThrow('is neither the name of a certificate nor its SHA-256 fingerprint');
  });
});

describe('isNamed', () => {
  const named = (name: string, some: PeerCertificate): boolean => isNamed(some, [parseClientName(name)]);

  test('takes alternative names, and the common name only where there are none', () => {
    expect(named('fw1.example.net', certificate('DNS:fw1.example.net, IP Address:192.0.2.1'))).toBe(true);
    expect(named('192.0.2.1', certificate('DNS:fw1.example.net, IP Address:192.0.2.1'))).toBe(true);
    expect(named('common', certificate('DNS:fw1.example.net'))).toBe(false);
    expect(named('common', certificate(undefined))).toBe(true);
  });

  test('* covers exactly one label', () => {
    expect(named('*.example.net', certificate('DNS:fw1.example.net'))).toBe(true);
    for (const name of ['example.net', 'a.b.example.net', 'fw1.example.net.evil', '.example.net']) {
      expect(named('*.example.net', certificate(`DNS:${name}`)), name).toBe(false);
    }
  });

  test('a wildcard of the certificate is a name, not a licence', () => {
    expect(named('fw1.example.net', certificate('DNS:*.example.net'))).toBe(false);
  });

  test('takes a fingerprint, whatever the names', () => {
    expect(named(HEX, certificate('DNS:other'))).toBe(true);
    expect(named('cd'.repeat(32), certificate('DNS:other'))).toBe(false);
  });

  test('a quoted alternative name, and a common name that is a list, name nobody', () => {
    expect(namesOf(certificate('DNS:"a, DNS:fw1"', ['x', 'y']))).not.toContain('fw1');
    expect(namesOf(certificate(undefined, ['x', 'y']))).toEqual([]);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.8.8', true],
  ['::1', true],
  ['*', false],
  ['0.0.0.0', false],
  ['::', false],
  ['127.0.0.1.example.net', false],
])('isLoopback(%s) is %s', (host, expected) => expect(isLoopback(host)).toBe(expected));
