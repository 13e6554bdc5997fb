import type { HttpOptions } from '../../input/http/http.js';
import type { RelpOptions } from '../../input/relp/relp.js';
import type { TlsFiles } from '../../input/tls/certificates.js';
import type { StreamOptions } from '../../input/tls/streams.js';
import type { TlsOptions } from '../../input/tls/tls.js';
import { isLoopback, parseClientName } from '../../input/tls/peer.js';
import { formatEndpoint } from '../../input/endpoint.js';
import type { Endpoint } from '../../input/endpoint.js';
import { UserError } from '../error.js';
import type { Settings } from '../settings.js';

/** What the inputs over the network are opened with; plain data. One that is off is undefined. */
export interface NetworkInputs {
  readonly tls: TlsOptions | undefined;
  readonly relp: RelpOptions | undefined;
  readonly http: HttpOptions | undefined;
}

/**
 * What the settings say of TLS, RELP and HTTP, as far as they belong together.
 * @throws UserError with one sentence when one needs what another does not give
 */
export function networkInputs(settings: Settings): NetworkInputs {
  const { tls, relp, relpTls, httpInput } = settings;
  return {
    tls: tls && { ...streams(settings, tls), files: tlsFiles(settings, 'tls.listen') },
    relp: relp && { ...streams(settings, relp), files: relpTls === 'on' ? tlsFiles(settings, 'relp.tls') : undefined },
    http: httpInput && http(settings, httpInput),
  };
}

function streams(settings: Settings, listen: Endpoint): StreamOptions {
  const { lineLimit, maxConnections, maxPerSender, idleSeconds } = settings;
  return { listen, lineLimit, maxConnections, maxPerSender, idleMs: idleSeconds * 1000 };
}

function tlsFiles(settings: Settings, path: string): TlsFiles {
  const { tlsCert: cert, tlsKey: key, tlsClientCa: clientCa, tlsClientNames: clientNames } = settings;
  if (cert === '' || key === '') {
    throw new UserError(`${path} needs a certificate: name its PEM files by tls.cert and tls.key.`);
  }
  const named = clientNames.find((name) => parseClientName(name).kind === 'name');
  if (clientCa === '' && named !== undefined) {
    throw new UserError(
      `tls.client_names: the name "${named}" proves nothing without a CA: give tls.client_ca, or the certificate's fingerprint.`
    );
  }
  return { cert, key, clientCa, clientNames };
}

function http(settings: Settings, listen: Endpoint): HttpOptions {
  const { httpToken: token, httpTokenFile: tokenFile, httpTls, httpMaxMegabytes } = settings;
  if (token !== '' && tokenFile !== '') {
    throw new UserError('http_input.token and http_input.token_file are both given: keep one of them.');
  }
  if (token === '' && tokenFile === '' && !isLoopback(listen.host)) {
    throw new UserError(
      `http_input.listen: on ${formatEndpoint(listen)} others could write events: ` +
        'give http_input.token or http_input.token_file, or listen on 127.0.0.1.'
    );
  }
  return {
    ...streams(settings, listen),
    token,
    tokenFile,
    files: httpTls === 'on' ? tlsFiles(settings, 'http_input.tls') : undefined,
    maxBytes: httpMaxMegabytes * 1024 * 1024,
  };
}
