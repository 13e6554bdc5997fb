import { describe, expect, test } from 'vitest';
import { UserError } from '../error.js';
import { resolveSettings } from '../resolve.js';
import { networkInputs } from './network-inputs.js';
import type { NetworkInputs } from './network-inputs.js';

const inputs = (env: Record<string, string>): NetworkInputs =>
  networkInputs(resolveSettings({ options: {}, env, cwd: '/nowhere' }));

const TLS = { FIREPLOT_TLS: '6514', FIREPLOT_TLS_CERT: 'a.pem', FIREPLOT_TLS_KEY: 'a.key' };
const FINGERPRINT = `SHA256:${'AB:'.repeat(31)}AB`;

describe('networkInputs', () => {
  test('are all off by default', () => {
    expect(inputs({})).toEqual({ tls: undefined, relp: undefined, http: undefined });
  });

  test('are as set, on loopback where no address is given', () => {
    const { tls, relp, http } = inputs({
      ...TLS,
      FIREPLOT_RELP: '2514',
      FIREPLOT_RELP_TLS: 'on',
      FIREPLOT_HTTP_INPUT: '8088',
      FIREPLOT_MAX_PER_SENDER: '7',
      FIREPLOT_HTTP_INPUT_MAX_MB: '2',
    });
    const files = { cert: '/nowhere/a.pem', key: '/nowhere/a.key', clientCa: '', clientNames: [] };
    expect(tls).toMatchObject({
      listen: { host: '127.0.0.1', port: 6514 },
      maxPerSender: 7,
      maxConnections: 512,
      files,
    });
    expect(relp).toMatchObject({ listen: { port: 2514 }, files });
    expect(http).toMatchObject({ listen: { port: 8088 }, files: undefined, maxBytes: 2 * 1024 * 1024, token: '' });
  });

  test.each([
    ['TLS without a certificate', { FIREPLOT_TLS: '6514' }, 'tls.listen needs a certificate'],
    ['TLS without a key', { ...TLS, FIREPLOT_TLS_KEY: '' }, 'tls.listen needs a certificate'],
    ['RELP over TLS without one', { FIREPLOT_RELP: '2514', FIREPLOT_RELP_TLS: 'on' }, 'relp.tls needs a certificate'],
    ['names without a CA', { ...TLS, FIREPLOT_TLS_CLIENT_NAMES: 'fw1' }, 'the name "fw1" proves nothing without a CA'],
    ['a name that is none', { ...TLS, FIREPLOT_TLS_CLIENT_NAMES: '*' }, 'is neither the name of a certificate'],
    ['HTTP for others without a token', { FIREPLOT_HTTP_INPUT: '0.0.0.0:8088' }, 'others could write events'],
    ['HTTP for all without a token', { FIREPLOT_HTTP_INPUT: '*:8088' }, 'others could write events'],
    [
      'two tokens',
      { FIREPLOT_HTTP_INPUT: '8088', FIREPLOT_HTTP_INPUT_TOKEN: 'a', FIREPLOT_HTTP_INPUT_TOKEN_FILE: 'b' },
      'are both given',
    ],
  ])('refuse %s in one sentence', (_, env, words) => {
    expect(() => inputs(env)).toThrow(UserError);
    expect(() => inputs(env)).toThrow(words);
    expect(() => inputs(env)).toThrow(/^[^\n]+\.$/);
  });

  test.each([
    ['fingerprints without a CA', { ...TLS, FIREPLOT_TLS_CLIENT_NAMES: FINGERPRINT }],
    ['a name with a CA', { ...TLS, FIREPLOT_TLS_CLIENT_NAMES: 'fw1', FIREPLOT_TLS_CLIENT_CA: 'ca.pem' }],
    ['HTTP for others with a token', { FIREPLOT_HTTP_INPUT: '*:8088', FIREPLOT_HTTP_INPUT_TOKEN: 'a' }],
    ['HTTP on another loopback address', { FIREPLOT_HTTP_INPUT: '[::1]:8088' }],
  ])('take %s', (_, env) => expect(() => inputs(env)).not.toThrow());
});
