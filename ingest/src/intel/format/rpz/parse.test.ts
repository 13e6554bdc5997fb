import { describe, expect, test } from 'vitest';
import { counts, found, holdsOnAnyText } from '../format.case.js';
import { rpz } from './parse.js';
import { clientTrigger } from './trigger.js';

const ZONE = `$TTL 300
@ IN SOA localhost. root.localhost. (
    2026112501 ; serial
    3600 600 86400 300 )
  IN NS localhost.
32.7.100.51.198.rpz-client-ip CNAME rpz-drop.
24.0.2.0.192.rpz-ip 60 IN CNAME .
48.zz.5.db8.2001.rpz-client-ip CNAME *.
32.53.2.0.192.rpz-client-ip CNAME rpz-passthru.
bad.example CNAME . ; comment
*.bad.example A 192.0.2.80
  AAAA 2001:db8::80
32.1.2.0.192.rpz-nsip CNAME .
33.1.2.0.192.rpz-client-ip CNAME .
`;

describe('rpz', () => {
  test('reads client, response and name triggers; PASSTHRU allows', () => {
    expect(found(rpz, ZONE)).toEqual([
      ...['198.51.100.7', '192.0.2.0/24', '2001:db8:5::/48', '+192.0.2.53', 'bad.example', '*.bad.example'],
    ]);
    expect(counts(rpz.parse([ZONE], {}))).toEqual([1, 1, undefined]);
    expect(rpz.parse([ZONE], {}).indicators.map(({ tags }) => tags[0])).toEqual([
      ...['rpz-drop', 'rpz-nxdomain', 'rpz-nodata', 'rpz-passthru', 'rpz-nxdomain', 'rpz-local-data'],
    ]);
  });

  const SOA = 'rpz.example. 60 IN SOA localhost. root.localhost. 1 2 3 4 5';
  const TRANSFER = `; <<>> DiG 9.18 <<>> axfr rpz.example\n${SOA}\n32.7.100.51.198.rpz-client-ip.rpz.example. 60 IN CNAME .\n`;

  test('reads a transfer, whose names are whole', () => {
    expect(found(rpz, `${TRANSFER}${SOA}\n`)).toEqual(['198.51.100.7']);
    expect(rpz.parse([`${TRANSFER}${SOA}\n`], {}).truncated).toBeUndefined();
  });

  test('sees that a transfer or a zone is cut', () => {
    expect(rpz.parse([TRANSFER], {}).truncated).toBe('the transfer lacks the SOA record at its end');
    expect(rpz.parse([ZONE.slice(0, 70)], {}).truncated).toMatch(
      /^a bracket that opens before line \d is never closed$/
    );
  });

  test.each(['198.51.100.7', '198.51.100.0/24', '2001:db8::1', '2001:db8::/32', '::1', '2001:db8:1:2:3:4:5:6'])(
    'the trigger of %s is read as it was written',
    (text) => {
      expect(found(rpz, `${clientTrigger(text)} CNAME .`)).toEqual([text]);
    }
  );

  test('holds on any text', () => holdsOnAnyText(rpz, ZONE));
});
