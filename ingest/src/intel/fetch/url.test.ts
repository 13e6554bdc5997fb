import { describe, expect, test } from 'vitest';
import { userAgent } from './agent.js';
import { isInner } from './inner.js';
import { credentialOf, readKey, without } from './secret.js';
import { feedUrl, protocolOf } from './url.js';

describe('the URL of a feed', () => {
  test.each([
    'https://user:geheim@feeds.example/x',
    'https://geheim@feeds.example/x',
    'https://feeds.example/x?apikey=geheim',
    'https://feeds.example/x?a=1&Access_Token=geheim',
    'https://feeds.example/x?auth-key=geheim',
  ])('%s is refused: it says where the secret goes, and not the secret', (text) => {
    const refuse = (): URL => feedUrl(text);
    expect(refuse).toThrow(/--key-file, --key-env or --key-credential/);
    expect(refuse).not.toThrow(/geheim/);
  });

  test.each(['ftp://feeds.example/x', 'file:///etc/passwd', 'https://['])('%s is refused', (text) => {
    expect(() => feedUrl(text)).toThrow(/http/);
  });

  test('with other parameters is taken, without its fragment', () => {
    expect(feedUrl('https://feeds.example/x?limit=50&monkey=1#top').href).toBe(
      'https://feeds.example/x?limit=50&monkey=1'
    );
  });

  test.each([
    ['otx', 'https://otx.alienvault.com/api/v1/pulses/subscribed', 'otx'],
    ['otx', 'https://feeds.example/pulses.json', 'document'],
    ['stix', 'https://feeds.example/api/collections/1/', 'taxii'],
    ['stix', 'https://feeds.example/api/collections/1/objects', 'taxii'],
    ['stix', 'https://feeds.example/bundle.json', 'document'],
    ['misp', 'https://feeds.example/feed/', 'misp'],
    ['misp', 'https://feeds.example/feed/manifest.json', 'misp'],
    ['misp', 'https://feeds.example/event.json', 'document'],
    ['plain', 'https://feeds.example/', 'document'],
  ])('of format %s, %s, is asked as %s', (format, url, protocol) => {
    expect(protocolOf(format, new URL(url))).toBe(protocol);
  });
});

describe('a key', () => {
  const url = new URL('https://feeds.example/');

  test('is read from the environment or a credential, and never stands in a complaint', () => {
    expect(readKey({ env: 'A' }, { A: 'geheim\n' })).toBe('geheim');
    expect(() => readKey({ env: 'A' }, {})).toThrow('The environment variable A');
    expect(() => readKey({ env: 'A' }, { A: 'geh\neim' })).toThrow('more than one line');
    expect(() => readKey({ env: 'A' }, { A: 'geh\neim' })).not.toThrow('eim');
    expect(() => readKey({ credential: 'a' }, {})).toThrow('LoadCredential=a');
    expect(() => readKey({ credential: '../a' }, { CREDENTIALS_DIRECTORY: '/tmp' })).toThrow('no systemd credential');
    expect(() => readKey({ file: '/nowhere' }, {})).toThrow('does not exist');
  });

  test.each([
    ['otx', undefined, { header: 'X-OTX-API-KEY'.toLowerCase(), value: 'a:b' }],
    ['misp', undefined, { header: 'authorization', value: 'a:b' }],
    ['taxii', undefined, { header: 'authorization', value: 'Basic YTpi' }],
    ['taxii', 'bearer', { header: 'authorization', value: 'Bearer a:b' }],
    ['document', undefined, { header: 'authorization', value: 'Bearer a:b' }],
    ['document', 'X-Api-Key', { header: 'x-api-key', value: 'a:b' }],
  ] as const)('of %s, sent as %s', (protocol, way, header) => {
    expect(credentialOf(url, protocol, 'a:b', way)).toEqual(header);
  });

  test('does not cross the internet unencrypted', () => {
    expect(() => credentialOf(new URL('http://feeds.example/'), 'otx', 'geheim', undefined)).toThrow('unencrypted');
    expect(credentialOf(new URL('http://10.0.0.1/'), 'otx', 'geheim', undefined).value).toBe('geheim');
  });

  test('is taken out of what a server says', () => {
    expect(without('a/b', 'a%2Fb a/b YS9i')).toBe('(hidden) (hidden) (hidden)');
    expect(without(undefined, 'a')).toBe('a');
  });
});

test.each([
  ['feeds.dshield.org', 'noc@example.org', 'fireplot (noc@example.org)'],
  ['feeds.dshield.org', '', 'fireplot'],
  ['notdshield.org', 'noc@example.org', 'fireplot'],
])('%s is told of %j: %s', (host, contact, agent) => expect(userAgent(host, contact)).toBe(agent));

test.each([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['169.254.169.254', true],
  ['[::1]', true],
  ['[fd00::1]', true],
  ['[::ffff:10.0.0.1]', true],
  ['localhost', true],
  ['a.localhost', true],
  ['198.51.100.1', false],
  ['[2001:db8::1]', false],
  ['feeds.example', false],
])('whether %s lies within: %s', (host, inner) => expect(isInner(host)).toBe(inner));
