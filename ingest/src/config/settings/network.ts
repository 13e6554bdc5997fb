import { parseEndpoint } from '../../input/endpoint.js';
import type { Endpoint } from '../../input/endpoint.js';
import { parseClientName } from '../../input/tls/peer.js';
import { many, one, oneOf, wholeNumber } from '../setting.js';

const LOOPBACK = '127.0.0.1';
const OFF = 'off';
const ON_OFF = ['on', 'off'] as const;

const plain = (text: string): string => text;
const off = (): Endpoint | undefined => undefined;
const endpointOrOff = (text: string): Endpoint | undefined =>
  text === OFF ? undefined : parseEndpoint(text, LOOPBACK);

/** Inputs over TLS, RELP and HTTP. What they need together is checked by network-inputs.ts. */
export const NETWORK_SETTINGS = {
  maxPerSender: one(
    {
      variable: 'FIREPLOT_MAX_PER_SENDER',
      path: 'syslog.max_per_sender',
      about: 'connections of one sender at once, an input',
    },
    () => 128,
    (text) => wholeNumber(text, 1, 100_000, 'connections')
  ),
  tls: one(
    {
      flags: '--tls <[address:]port>',
      variable: 'FIREPLOT_TLS',
      path: 'tls.listen',
      offable: true,
      about: 'syslog over TLS; 6514 is the usual port',
      fallbackWords: OFF,
    },
    off,
    endpointOrOff
  ),
  tlsCert: one(
    {
      variable: 'FIREPLOT_TLS_CERT',
      path: 'tls.cert',
      folder: true,
      credential: 'tls-cert',
      about: "PEM file of this server's certificate and those up to its CA",
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  tlsKey: one(
    {
      variable: 'FIREPLOT_TLS_KEY',
      path: 'tls.key',
      folder: true,
      credential: 'tls-key',
      about: "PEM file of that certificate's key",
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  tlsClientCa: one(
    {
      variable: 'FIREPLOT_TLS_CLIENT_CA',
      path: 'tls.client_ca',
      folder: true,
      about: 'PEM file of the CAs that sign the certificates senders must show',
      fallbackWords: 'none: senders need no certificate',
    },
    () => '',
    plain
  ),
  tlsClientNames: many(
    {
      variable: 'FIREPLOT_TLS_CLIENT_NAMES',
      path: 'tls.client_names',
      about: 'names or SHA-256 fingerprints of the certificates that may send',
    },
    parseClientName
  ),
  relp: one(
    {
      flags: '--relp <[address:]port>',
      variable: 'FIREPLOT_RELP',
      path: 'relp.listen',
      offable: true,
      about: "syslog over RELP, which loses nothing (rsyslog's omrelp); 2514 is a usual port",
      fallbackWords: OFF,
    },
    off,
    endpointOrOff
  ),
  relpTls: one(
    {
      variable: 'FIREPLOT_RELP_TLS',
      path: 'relp.tls',
      about: 'RELP over TLS, with the files of tls: on or off',
    },
    () => 'off' as const,
    (text) => oneOf(text, ON_OFF)
  ),
  httpInput: one(
    {
      flags: '--http-input <[address:]port>',
      variable: 'FIREPLOT_HTTP_INPUT',
      path: 'http_input.listen',
      offable: true,
      about: 'lines by POST /v1/events',
      fallbackWords: OFF,
    },
    off,
    endpointOrOff
  ),
  httpToken: one(
    {
      variable: 'FIREPLOT_HTTP_INPUT_TOKEN',
      path: 'http_input.token',
      secret: true,
      about: 'bearer token that requests must carry',
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  httpTokenFile: one(
    {
      variable: 'FIREPLOT_HTTP_INPUT_TOKEN_FILE',
      path: 'http_input.token_file',
      folder: true,
      credential: 'http-token',
      about: 'file that holds the token, read again when it changes',
      fallbackWords: 'none',
    },
    () => '',
    plain
  ),
  httpTls: one(
    {
      variable: 'FIREPLOT_HTTP_INPUT_TLS',
      path: 'http_input.tls',
      about: 'HTTPS, with the files of tls: on or off',
    },
    () => 'off' as const,
    (text) => oneOf(text, ON_OFF)
  ),
  httpMaxMegabytes: one(
    {
      variable: 'FIREPLOT_HTTP_INPUT_MAX_MB',
      path: 'http_input.max_megabytes',
      about: 'longest body of a request, unpacked',
    },
    () => 16,
    (text) => wholeNumber(text, 1, 256, 'megabytes')
  ),
};
